import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { factOf } from '../predicates/event-facts.ts';
import { rootIdentity } from '../predicates/example-identities.ts';
import { onlyReads } from '../predicates/reads.ts';
import { isRootSignIn, rootCredentialChange } from '../predicates/root-events.ts';

/**
 * CIS 5.3 counts whatever the root user does itself. Of that, sign-ins are told by `activity-root-signed-in` and `activity-root-sign-in-failed`, its
 * credentials by `activity-root-credentials-changed`, all else here.
 */
export default defineActivityCheck({
  id: 'activity-root-used',
  title: 'The root user was used',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.3', 'CIS-AWS-5.0:4.3', 'CIS-AWS-3.0:4.3'],
  attack: ['T1078.004'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_root_usage'], securityHub: ['CloudWatch.1'] },
  risk: 'Nothing limits the root user. It can close the account, and no policy of the account stops it.',
  remediation: {
    text: 'Ask who signed in. If nobody did: change the password and MFA of root, delete its access keys, and look for what it has created.',
    cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root --region us-east-1',
  },
  events: [{ by: 'root' }],

  evaluate(event) {
    const { name, source, outcome, actor } = event;
    if (actor.kind !== 'root' || actor.invokedBy !== undefined || event.type === 'AwsServiceEvent') return quiet;
    if (isRootSignIn(event) || rootCredentialChange(event) !== undefined) return quiet;
    const byKey = actor.accessKeyId?.startsWith('AKIA') === true;
    const how = byKey ? ', with an access key of root' : '';
    const evidence = { call: `${source} ${name}`, mfa: actor.mfa, accessKeyId: actor.accessKeyId };
    const session = `root ${event.accountId} ${actor.accessKeyId ?? actor.from ?? ''}`;
    const lesser = byKey ? 'HIGH' : 'MEDIUM';
    if (onlyReads(name) || outcome === 'dry run' || isForwarded(event)) {
      const what = outcome === 'dry run' ? 'only asked whether it may' : 'looked around';
      return activity(`${what}: ${name}${how}`, evidence, { severity: lesser, once: { key: `${session} looks`, minutes: 60 } });
    }
    const once = { key: `${session} ${source} ${name} ${outcome}`, minutes: 5 };
    if (outcome !== 'succeeded') return activity(`tried ${name}, ${outcome}${how}`, evidence, { severity: lesser, once });
    if (name === 'CreateServiceLinkedRole') return activity(`${name}, which services ask for${how}`, evidence, { severity: 'LOW', once });
    return activity(`${name}${how}`, evidence, { severity: byKey ? 'CRITICAL' : 'HIGH', once });
  },

  examples: {
    activity: {
      'a change in the console': byRoot('s3', 'CreateBucket'),
      'a change with an access key': byRoot('s3', 'CreateBucket', { userIdentity: rootIdentity('AKIAEXAMPLEEXAMPLE01') }),
      'a change that the console makes for a person': byRoot('iam', 'CreateUser', {
        userIdentity: { ...rootIdentity('ASIAEXAMPLEEXAMPLE01'), invokedBy: 'signin.amazonaws.com' },
      }),
      'looking around': byRoot('ec2', 'DescribeInstances'),
      'a refused call': byRoot('ec2', 'RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
      'a role that a service asked for': byRoot('iam', 'CreateServiceLinkedRole'),
    },
    quiet: {
      'a service acts on': byRoot('kms', 'Decrypt', { userIdentity: { ...rootIdentity(), invokedBy: 'cloudtrail.amazonaws.com' } }),
      'an event of a service': byRoot('kms', 'RotateKey', { eventType: 'AwsServiceEvent' }),
      'a sign-in': byRoot('signin', 'ConsoleLogin'),
      'an access key of its own': byRoot('iam', 'CreateAccessKey'),
    },
    unsure: {
      'whose access key, was left out': byRoot('iam', 'CreateAccessKey', { requestParameters: { omitted: true } }),
    },
  },
});

function byRoot(service: string, eventName: string, more: Readonly<Record<string, unknown>> = {}) {
  return { eventSource: `${service}.amazonaws.com`, eventName, userIdentity: rootIdentity('ASIAEXAMPLEEXAMPLE01'), ...more };
}

/** The console has keys used in the name of whoever looks at what they encrypt. */
function isForwarded({ source, identity }: CloudTrailEvent): boolean {
  return source === 'kms.amazonaws.com' && factOf(identity, 'invokedBy') === 'AWS Internal';
}
