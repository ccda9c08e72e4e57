import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { toDeed } from '../predicates/deeds.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { OWN_CALLS } from '../predicates/own-deployment.ts';
import { isForStack, nameOfOwn, ownThing } from '../predicates/own-thing.ts';

const ROLE = { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1', requestParameters: { roleName: 'cloud-posture-audit' } };
const FOR_A_STACK = { type: 'AssumedRole', accountId: '111122223333', invokedBy: 'cloudformation.amazonaws.com' };
const NO_IDS: readonly string[] = [];

/** They let somebody listen, or end what begins again by itself: nothing is blind after them. */
const LESSER = new Set(['StopExecution', 'Subscribe']);

/**
 * What CloudFormation does for a stack is told by the call on the stack; since a stack of somebody else's may touch what is ours too, it is LOW and told
 * once an hour for each account and region. So is what StackSets does to the stacks of a set: the call on the set is told where it was made.
 */
export default defineActivityCheck({
  id: 'activity-own-deployment-tampered',
  title: 'cloud-posture itself was touched',
  severity: 'CRITICAL',
  controls: [],
  attack: ['T1562.001', 'T1562.008'],
  equivalents: {},
  risk: 'What was touched may no longer see, keep or tell what happens: silence is no good sign from now on.',
  remediation: {
    text: 'If this was no deployment of yours, deploy again, run an audit, and see docs/runbook.md, section Tampering.',
    cli: 'npm run diff && npm run deploy',
  },
  events: OWN_CALLS.map(({ service, calls }) => ({ source: `${service}.amazonaws.com`, names: calls })),
  params: { roleName: 'cloud-posture-audit', ids: NO_IDS },
  evaluate(event, named) {
    if (event.outcome === 'dry run') return quiet;
    const thing = ownThing(event, named);
    if (thing === undefined) return quiet;
    const toReason = (how?: string) => toDeed(event, nameOfOwn(thing), how);
    const evidence = {
      thing: thing.slice(0, 256),
      ...factsOf(event.request, 'attributeName', 'policyArn', 'reservedConcurrentExecutions', 'state'),
    };
    if (isForStack(event))
      return activity(toReason('by CloudFormation'), evidence, {
        severity: 'LOW',
        once: { key: `${event.accountId} ${event.region}`, minutes: 60 },
      });
    if (event.outcome === 'failed') return activity(toReason(), evidence, { severity: 'LOW' });
    const isStack = event.source === 'cloudformation.amazonaws.com' && event.outcome === 'succeeded';
    const isLesser = isStack || event.outcome === 'refused' || LESSER.has(event.name);
    return activity(toReason(isStack ? 'perhaps a deployment' : undefined), evidence, isLesser ? { severity: 'HIGH' } : {});
  },
  examples: {
    activity: {
      'the audit role deleted': { ...ROLE, eventName: 'DeleteRole' },
      'refused, and the request not recorded': {
        ...ROLE,
        eventName: 'PutRolePolicy',
        errorCode: 'AccessDenied',
        errorMessage:
          'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: iam:PutRolePolicy on resource: role cloud-posture-scan',
        requestParameters: null,
      },
      'a function kept from running': {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'PutFunctionConcurrency20171031',
        requestParameters: { functionName: 'cloud-posture-react', reservedConcurrentExecutions: 0 },
      },
      'a stack set updated': {
        eventSource: 'cloudformation.amazonaws.com',
        eventName: 'UpdateStackSet',
        requestParameters: { stackSetName: 'cloud-posture-region' },
      },
      'by CloudFormation, for whatever stack': { ...ROLE, eventName: 'AttachRolePolicy', userIdentity: FOR_A_STACK },
    },
    quiet: {
      'a role of others': { ...ROLE, eventName: 'DeleteRole', requestParameters: { roleName: 'app' } },
    },
    unsure: { 'nobody can tell which': { ...ROLE, eventName: 'DeleteRole', requestParameters: null } },
  },
});
