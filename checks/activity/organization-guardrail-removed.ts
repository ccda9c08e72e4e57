import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck, quiet } from '../activity.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { callsTo, REFUSED } from '../predicates/example-calls.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const organizations = callsTo('organizations');
function written(type: string) {
  return { responseElements: { policy: { policySummary: { id: 'p-examplepolicy', type } } } };
}

const GUARDRAIL = { policyId: 'p-examplepolicy', targetId: 'ou-exam-aaaaaaaa' };
const NAMED = ['policyId', 'targetId', 'accountId', 'servicePrincipal', 'policyType'];

/** These allow everything: without one an account may do less, never more. */
const FULL_ACCESS = new Set(['p-FullAWSAccess', 'p-RCPFullAWSAccess']);
/** Policies that protect nothing; the others forbid, or see to backups and detectors. */
const HARMLESS = new Set(['AISERVICES_OPT_OUT_POLICY', 'CHATBOT_POLICY', 'TAG_POLICY', 'UPGRADE_ROLLOUT_POLICY']);

/** `activity-organization-changed` tells every change; this one what takes away limits, and accounts out of our sight. */
export default defineActivityCheck({
  id: 'activity-organization-guardrail-removed',
  title: 'A limit of the organization was removed, or an account taken out of it',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.15'],
  attack: ['T1562', 'T1666'],
  equivalents: {},
  risk: 'An account without service control policies, or outside of the organization, may do what was forbidden and is seen by nobody.',
  remediation: {
    text: 'Attach the policy again, or invite the account back, and look at what was done in the account since.',
    cli: 'aws organizations attach-policy --policy-id <policy> --target-id <root, unit or account>',
    cloudFormation: 'AWS::Organizations::Policy.TargetIds',
  },
  events: [
    {
      source: 'organizations.amazonaws.com',
      names: [
        ...['DeleteOrganization', 'DeletePolicy', 'DeregisterDelegatedAdministrator', 'DetachPolicy', 'DisableAWSServiceAccess'],
        ...['DisablePolicyType', 'LeaveOrganization', 'RemoveAccountFromOrganization', 'UpdatePolicy'],
      ],
    },
  ],
  evaluate(event) {
    if (protectsNothing(event)) return quiet;
    const evidence = factsOf(event.request, ...NAMED);
    const [what] = Object.values(evidence);
    return tamperingNotice(event, { what: typeof what === 'string' ? what : undefined, evidence });
  },
  examples: {
    activity: {
      'a policy detached': organizations('DetachPolicy', GUARDRAIL),
      'a policy rewritten': organizations('UpdatePolicy', { policyId: 'p-examplepolicy' }, written('SERVICE_CONTROL_POLICY')),
      'leaving refused': organizations('LeaveOrganization', null, REFUSED),
      'an account removed': organizations('RemoveAccountFromOrganization', { accountId: '444455556666' }),
      'a type switched off': organizations('DisablePolicyType', { rootId: 'r-exam', policyType: 'SERVICE_CONTROL_POLICY' }),
    },
    quiet: {
      'the policy that allows everything': organizations('DetachPolicy', { ...GUARDRAIL, policyId: 'p-FullAWSAccess' }),
      'a tag policy rewritten': organizations('UpdatePolicy', { policyId: 'p-examplepolicy' }, written('TAG_POLICY')),
    },
  },
});

/** What the event does not tell is taken for a guardrail. */
function protectsNothing({ request, response }: CloudTrailEvent): boolean {
  if (FULL_ACCESS.has(factOf(request, 'policyId') ?? '')) return true;
  const type = factOf(request, 'policyType') ?? factOf(response, 'policy', 'policySummary', 'type');
  return type !== undefined && HARMLESS.has(type);
}
