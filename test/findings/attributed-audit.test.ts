import { AuthorizeSecurityGroupIngressCommand, DeleteSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import adminPortsClosed from '../../checks/ec2/security-group-admin-ports-closed.ts';
import { account } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { audit } from '../../findings/audit.ts';
import { ready } from '../../findings/evaluate.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import { changeLookup } from '../../inventory/events/lookup.ts';
import { sources } from '../../inventory/registry.ts';
import { openSession } from '../../inventory/session.ts';
import { record } from '../inventory/events/records.ts';
import { temporaryFile } from './temporary-file.ts';

const REGION = 'eu-west-1';
const SSH = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const START = Date.parse('2026-11-21T06:00:00Z');
const HOUR = 60 * 60 * 1000;

const aws = await startLocalAws({ regions: [REGION, 'us-east-1'] });
vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.stop();
});

/** An account with a security group, of which there is an audit an hour. */
async function audited(accountId: string, ingress: readonly string[] = []) {
  const idOf = await aws.seed(account(accountId, { now: new Date(START), region: REGION }).securityGroup('web', { ingress }));
  const groupId = idOf('security-group', 'web');
  const store = await openSqliteStore(temporaryFile('findings.db'));
  onTestFinished(() => store.close());
  let hours = 0;
  return {
    store,
    async open() {
      const command = new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [SSH] });
      await new EC2Client(aws.client(accountId, REGION)).send(command);
    },
    async remove() {
      await new EC2Client(aws.client(accountId, REGION)).send(new DeleteSecurityGroupCommand({ GroupId: groupId }));
    },
    /** CloudTrail logs it in the half hour after the last audit. */
    log(eventName: string) {
      const eventTime = new Date(START + (hours + 0.5) * HOUR).toISOString();
      const given = { eventID: eventName, eventName, eventTime, requestParameters: { groupId } };
      aws.log(accountId, { record: record(given), resources: [groupId] });
    },
    /** What became of the group's findings. */
    async steps() {
      hours += 1;
      const now = new Date(START + hours * HOUR);
      const { transitions, coverage } = await audit({
        session: await openSession({ credentials: aws.client(accountId).credentials, maxAttempts: 1 }),
        ...{ sources, store, topic: true, lookUp: changeLookup(sources) },
        scopes: [{ accountId, region: REGION }],
        checks: [ready(adminPortsClosed, now)],
        ...{ runId: `run-${hours}`, startedAt: now, now: () => now, regionsNotEnabled: [], regionsLeftOut: [] },
      });
      const ofGroup = transitions.filter(({ finding }) => finding.resource.id === groupId);
      return {
        gaps: coverage.gaps,
        steps: ofGroup.map(({ kind, finding }) => ({ kind, id: finding.id, cause: finding.history.at(-1)?.cause })),
      };
    },
  };
}

test('what an audit finds changed has the event behind it, and says that it was looked up', async () => {
  const { store, open, log, steps } = await audited('111122223333');
  expect((await steps()).steps).toEqual([]);
  await open();
  log('AuthorizeSecurityGroupIngress');
  const [opened] = (await steps()).steps;
  const cause = { found: 'lookup', eventId: 'AuthorizeSecurityGroupIngress', at: '2026-11-21T07:30:00.000Z', actor: { name: 'ana' } };
  expect(opened).toMatchObject({ kind: 'opened', cause });
  expect((await store.finding(opened?.id ?? ''))?.history.at(-1)?.cause).toMatchObject(cause);
});

test('a resource that is gone has its deletion', async () => {
  const { remove, log, steps } = await audited('222233334444', ['tcp 22 0.0.0.0/0']);
  await steps();
  await remove();
  log('DeleteSecurityGroup');
  expect((await steps()).steps).toMatchObject([{ kind: 'resolved', cause: { found: 'lookup', eventId: 'DeleteSecurityGroup' } }]);
});

test('the first look at a scope asks for no history: nothing has changed yet', async () => {
  const { log, steps } = await audited('333344445555', ['tcp 22 0.0.0.0/0']);
  log('AuthorizeSecurityGroupIngress');
  const before = aws.calls.count({ operation: 'LookupEvents' });
  expect((await steps()).steps).toMatchObject([{ kind: 'opened', cause: undefined }]);
  expect(aws.calls.count({ operation: 'LookupEvents' })).toEqual(before);
});

test('a refusal leaves the step without a cause, and is no gap of the audit', async () => {
  const { open, log, steps } = await audited('444455556666');
  await steps();
  await open();
  log('AuthorizeSecurityGroupIngress');
  aws.faults.add({ service: 'cloudtrail', operation: 'LookupEvents', kind: 'access-denied' });
  onTestFinished(() => aws.faults.clear());
  expect(await steps()).toMatchObject({ steps: [{ kind: 'opened', cause: undefined }], gaps: [] });
});
