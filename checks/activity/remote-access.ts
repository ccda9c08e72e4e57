import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { callerKey } from '../predicates/callers.ts';
import { actingService } from '../predicates/deeds.ts';
import { factOf, factsIn, factsOf } from '../predicates/event-facts.ts';
import { callsTo, OMITTED, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';

const A_DAY = 24 * 60;
const connect = callsTo('ec2-instance-connect');
const ssm = callsTo('ssm');
const BY_SYSTEMS_MANAGER = { userIdentity: { type: 'AWSService', invokedBy: 'ssm.amazonaws.com' } };
const INSTANCE = 'i-0123456789abcdef0';

const WAYS: Readonly<Record<string, readonly [done: string, attempt: string]>> = {
  OpenTunnel: ['tunnel opened to', 'open a tunnel to'],
  ResumeSession: ['session resumed on', 'resume a session on'],
  SendCommand: ['command sent to', 'send a command to'],
  SendSSHPublicKey: ['SSH key sent to', 'send an SSH key to'],
  SendSerialConsoleSSHPublicKey: ['key for the serial console sent to', 'send a key for the serial console to'],
  StartSession: ['session started on', 'start a session on'],
};

/** Operators do this every day: told once a day for each of them and each instance. What a service does for itself, such as maintenance windows, is not. */
export default defineActivityCheck({
  id: 'activity-remote-access',
  title: 'Somebody opened a shell on an instance through AWS',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1021.007', 'T1651'],
  equivalents: {},
  risk: 'These ways into an instance need no open port and no password, only permissions: a stolen session is enough to run anything there.',
  remediation: {
    text: 'Ask who it was. End the session, and let only those open one who must, with a tag condition on the instances.',
    cli: 'aws ssm terminate-session --session-id <session>',
  },
  events: [
    { source: 'ec2-instance-connect.amazonaws.com', names: ['OpenTunnel', 'SendSSHPublicKey', 'SendSerialConsoleSSHPublicKey'] },
    { source: 'ssm.amazonaws.com', names: ['ResumeSession', 'SendCommand', 'StartSession'] },
  ],
  evaluate: (event) =>
    judgeDeed(event, 'open a shell on an instance', () => {
      if (actingService(event) !== undefined) return undefined;
      const [done = '', attempt = ''] = WAYS[event.name] ?? [];
      const targets = targetsOf(event);
      const where = targets.length > 1 ? `${targets.length} instances` : (targets[0] ?? 'instances');
      return {
        done: `${done} ${where}`,
        attempt: `${attempt} ${where}`,
        refused: 'LOW',
        evidence: { targets, ...factsOf(event.request, 'instanceOSUser', 'documentName', 'remotePort', 'instanceConnectEndpointId') },
        once: { key: [event.accountId, callerKey(event), ...targets].join(' '), minutes: A_DAY },
      };
    }),
  examples: {
    activity: {
      'a key for a minute': connect('SendSSHPublicKey', { instanceId: INSTANCE, instanceOSUser: 'ec2-user' }),
      'a session of Session Manager': ssm('StartSession', { target: INSTANCE }),
      'a command for several': ssm('SendCommand', { instanceIds: [INSTANCE, 'i-0123456789abcdef1'], documentName: 'AWS-RunShellScript' }),
      'a command for whatever has a tag': ssm('SendCommand', { targets: [{ key: 'tag:role', values: ['web'] }] }),
      refused: connect('SendSerialConsoleSSHPublicKey', { instanceId: INSTANCE, serialPort: 0 }, REFUSED),
    },
    quiet: { 'a maintenance window': ssm('SendCommand', { instanceIds: [INSTANCE] }, BY_SYSTEMS_MANAGER) },
    unsure: { 'where, was left out': ssm('SendCommand', OMITTED) },
  },
});

/** Instances by their ids or, for commands, the tags that pick them; a session that goes on by its own id. */
function targetsOf({ request }: CloudTrailEvent): readonly string[] {
  const [single] = ['instanceId', 'target', 'sessionId', 'instanceConnectEndpointId'].flatMap((name) => factOf(request, name) ?? []);
  if (single !== undefined) return [single];
  const tags = request.at('targets').list.map((target) => `${factOf(target, 'key') ?? '?'}=${factsIn(target, 'values').join(',')}`);
  return [...factsIn(request, 'instanceIds'), ...tags].toSorted();
}
