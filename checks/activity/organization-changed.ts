import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { ORGANIZATION_EVENTS } from '../predicates/event-families.ts';
import { callsTo, REFUSED } from '../predicates/example-calls.ts';
import { changeNotice } from '../predicates/notices.ts';

const organizations = callsTo('organizations');
const MOVED = { accountId: '444455556666', sourceParentId: 'ou-exam-aaaaaaaa', destinationParentId: 'r-exam' };
const BY_CONTROL_TOWER = { userIdentity: { type: 'AWSService', invokedBy: 'controltower.amazonaws.com' } };
const NAMED = ['policyId', 'targetId', 'accountId', 'organizationalUnitId', 'handshakeId', 'accountName', 'name', 'servicePrincipal'];

/** The 18 names of the filter of CIS, and beside them what hands the organization's accounts to another account or service. */
export default defineActivityCheck({
  id: 'activity-organization-changed',
  title: 'The organization was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.15', 'CIS-AWS-5.0:4.15', 'CIS-AWS-3.0:4.15'],
  attack: ['T1484', 'T1666'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_aws_organizations_changes'] },
  risk: 'Accounts, their units, policies and delegated administrators decide what limits hold for every account.',
  remediation: {
    text: 'Ask who did it, and undo it in the management account.',
    cli: 'aws organizations list-delegated-administrators',
    cloudFormation: 'AWS::Organizations::Policy.TargetIds',
  },
  events: [
    {
      source: 'organizations.amazonaws.com',
      names: [
        ...ORGANIZATION_EVENTS,
        ...[
          'CancelHandshake',
          'CreateGovCloudAccount',
          'CreateOrganization',
          'DeregisterDelegatedAdministrator',
          'DisableAWSServiceAccess',
        ],
        ...['DeleteResourcePolicy', 'EnableAWSServiceAccess', 'EnableAllFeatures', 'PutResourcePolicy', 'RegisterDelegatedAdministrator'],
      ],
    },
    {
      source: 'iam.amazonaws.com',
      names: [
        ...['DisableOrganizationsRootCredentialsManagement', 'DisableOrganizationsRootSessions'],
        ...['EnableOrganizationsRootCredentialsManagement', 'EnableOrganizationsRootSessions'],
      ],
    },
  ],
  evaluate(event) {
    const evidence = factsOf(event.request, ...NAMED);
    const [what] = Object.values(evidence);
    return changeNotice(event, {
      service: event.source,
      what: typeof what === 'string' ? what : undefined,
      evidence,
    });
  },
  examples: {
    activity: {
      'an account moved to another unit': organizations('MoveAccount', MOVED),
      'a policy attached': organizations('AttachPolicy', { policyId: 'p-examplepolicy', targetId: '444455556666' }),
      'another account administers a service': organizations('RegisterDelegatedAdministrator', {
        accountId: '444455556666',
        servicePrincipal: 'guardduty.amazonaws.com',
      }),
      'root sessions in its accounts allowed': callsTo('iam')('EnableOrganizationsRootSessions'),
      'leaving refused': organizations('LeaveOrganization', null, REFUSED),
      'by Control Tower': organizations('CreateOrganizationalUnit', { name: 'Sandbox', parentId: 'r-exam' }, BY_CONTROL_TOWER),
    },
    quiet: {},
  },
});
