import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { BY_CLOUDFORMATION, callsTo, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';
import { trustOpenings } from '../predicates/trust.ts';

const TRUSTED: readonly string[] = [];
const iam = callsTo('iam');
const ROLE = { roleName: 'deploy' };
const OUR_ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
const WITH_EXTERNAL_ID = { StringEquals: { 'sts:ExternalId': 'tenant-4711' } };

function trust(principal: unknown, condition: object = {}): string {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: condition };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function updated(policyDocument: string, more: object = {}) {
  return iam('UpdateAssumeRolePolicy', { ...ROLE, policyDocument }, more);
}

function created(assumeRolePolicyDocument: string, more: object = {}) {
  return iam('CreateRole', { ...ROLE, assumeRolePolicyDocument }, more);
}

export default defineActivityCheck({
  id: 'activity-iam-trust-opened',
  title: 'A role was opened to strangers',
  severity: 'HIGH',
  controls: [],
  attack: ['T1098.003', 'T1484.002'],
  equivalents: {},
  risk: 'Whoever may assume a role has all that it may do from an account of his own, with no credential of yours left to take away.',
  remediation: {
    text: 'Put the earlier trust policy back, revoke the sessions of the role, and look for what it has done since. Accounts of your own go into trustedAccounts.',
    cli: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json',
    cloudFormation: 'AWS::IAM::Role.AssumeRolePolicyDocument',
  },
  events: [{ source: 'iam.amazonaws.com', names: ['CreateRole', 'UpdateAssumeRolePolicy'] }],
  params: { trustedAccounts: TRUSTED },
  evaluate: (event, { trustedAccounts }) =>
    judgeDeed(event, 'change whom a role trusts', () => {
      const { request, accountId } = event;
      const member = event.name === 'CreateRole' ? 'assumeRolePolicyDocument' : 'policyDocument';
      const policy = request.at(member).policy ?? refuseWithout(event, member);
      const [worst] = trustOpenings(policy, { accountId, trustedAccounts });
      if (worst === undefined) return undefined;
      const role = named('role', request, 'roleName');
      return {
        done: `${role}: ${worst.reason}`,
        attempt: `open ${role} to strangers`,
        severity: worst.severity,
        evidence: { ...factsOf(request, 'roleName'), principal: worst.evidence.principal, grant: worst.evidence.statement },
      };
    }),
  examples: {
    activity: {
      'another account may assume it': updated(trust({ AWS: 'arn:aws:iam::444455556666:root' })),
      'anybody may': created(trust({ AWS: '*' })),
      'anybody may, by CloudFormation': created(trust('*'), BY_CLOUDFORMATION),
      refused: updated(trust({ AWS: '444455556666' }), REFUSED),
    },
    quiet: {
      'a service': created(trust({ Service: 'ec2.amazonaws.com' })),
      'our own account': updated(trust({ AWS: '111122223333' })),
      'anybody of our organization': updated(trust('*', OUR_ORGANIZATION)),
      'a third party with an external id': updated(trust({ AWS: '444455556666' }, WITH_EXTERNAL_ID)),
    },
    unsure: { 'no document': iam('UpdateAssumeRolePolicy', ROLE), 'a document that is none': updated('{}') },
  },
});
