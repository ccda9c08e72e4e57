import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { toRunId } from '../../findings/plan-audit.ts';
import { kept } from '../findings/activity-samples.ts';
import { collect, finding } from '../findings/samples.ts';
import { streamEvent, topicEvent } from './events.ts';
import { BUCKET, type FunctionName, HUB, hubAccount, type LocalHub, openLocalHub, REGION } from './local-hub.ts';

const CHECKS = ['ec2-security-group-admin-ports-closed', 'ec2-ebs-encryption-default', 'account-root-mfa-enabled'];
const SECRET = 'nobody else’s business';

const aws = await startLocalAws({ regions: [REGION] });
let hub: LocalHub;
let groupId: string;
let first: Audited;

interface Audited {
  readonly execution: { readonly id: string; readonly startTime: string };
  readonly plan: unknown;
  readonly scans: readonly unknown[];
  readonly next: unknown;
  readonly summary: unknown;
}

beforeAll(async () => {
  const idOf = await aws.seed(
    hubAccount()
      .root({ mfa: 'hardware' })
      .subnet('front', { public: true })
      .securityGroup('web', { tags: { note: SECRET } })
      .instance('web', { subnet: 'front', public: true, groups: ['web'] }),
  );
  groupId = idOf('security-group', 'web');
  hub = await openLocalHub(aws, { checks: Object.fromEntries(checks.map(({ id }) => [id, { enabled: CHECKS.includes(id) }])) });
  first = await audit('first');
});

afterAll(async () => {
  await hub?.stop();
  await aws.stop();
});

/** As the state machine does it. */
async function audit(name: string): Promise<Audited> {
  const { plan: toPlan, scan, summarize } = hub.functions;
  const execution = executionNamed(name);
  const plan = await toPlan.invoke({ execution, round: 0 });
  const scans = await Promise.all((await jobsOf(plan)).map((job) => scan.invoke(job)));
  const next = await toPlan.invoke({ execution, round: 1 });
  return { execution, plan, scans, next, summary: await summarize.invoke({ execution }) };
}

function executionNamed(name: string) {
  return { id: `arn:aws:states:${REGION}:${HUB}:execution:audit:${name}`, startTime: new Date().toISOString() };
}

async function jobsOf(plan: unknown): Promise<readonly Record<string, unknown>[]> {
  const { Body } = await hub.s3.send(new GetObjectCommand({ Bucket: Object(plan).jobs.bucket, Key: Object(plan).jobs.key }));
  return JSON.parse((await Body?.transformToString()) ?? '');
}

/** The lines of a function's log, without what every line has. */
function linesOf(name: FunctionName): readonly Record<string, unknown>[] {
  return hub.functions[name].log().map((line) => {
    const { level, timestamp, service, cold_start, sampling_rate, function_arn, function_memory_size, function_name, ...own } =
      JSON.parse(line);
    const { function_request_id: _, ...rest } = own;
    return rest;
  });
}

describe('an audit of the own account', () => {
  const job = { bucket: BUCKET, count: 2 };

  test('is planned, scanned, planned again and summed up', () => {
    const runId = toRunId(first.execution.startTime, first.execution.id);
    expect(first.plan).toMatchObject({ status: 'planned', runId, round: 0, jobs: { ...job, key: `runs/${runId}/jobs-0.json` } });
    expect(first.scans).toEqual([expect.objectContaining({ status: 'done' }), expect.objectContaining({ status: 'done' })]);
    expect(first.next).toMatchObject({ status: 'planned', round: 1, jobs: { count: 0 } });
    expect(first.summary).toMatchObject({ runId, accounts: 1, scopes: 2, scopesFailed: 0, digest: 'published' });
  });

  test('leaves one line in the log for each unit of work', () => {
    const [plan, next] = linesOf('plan');
    expect([plan, next]).toEqual([
      { message: 'plan', ...Object(first.plan) },
      { message: 'plan', ...Object(first.next) },
    ]);
    const scans = linesOf('scan').slice(0, 2);
    expect(scans.map(({ region }) => region).sort()).toEqual(['eu-west-1', 'global']);
    for (const scan of scans) expect(scan).toMatchObject({ message: 'scan', account: HUB, round: 0, status: 'done', unknown: 0 });
    expect(linesOf('summarize')[1]).toEqual({
      message: 'summarize',
      ...Object(first.summary),
      caughtUp: 0,
      refreshed: 1,
      refreshComplete: true,
    });
  });

  test('leaves metrics of the whole hub, with no dimension that costs', () => {
    const [{ _aws, ...values } = {}] = linesOf('summarize');
    expect(Object(_aws).CloudWatchMetrics).toEqual([
      {
        Namespace: 'CloudPosture',
        Dimensions: [['service']],
        Metrics: expect.arrayContaining([
          { Name: 'OpenCritical', Unit: 'Count' },
          { Name: 'UnknownShare', Unit: 'Percent' },
          { Name: 'AuditSeconds', Unit: 'Seconds' },
        ]),
      },
    ]);
    expect(values).toEqual({
      ...{ OpenCritical: 0, OpenHigh: 0, OpenOther: 1, UnknownShare: 0, ScopesFailed: 0, AccountsRefused: 0 },
      ...{ ApiCalls: Object(first.summary).calls, AuditSeconds: Object(first.summary).durationSeconds },
    });
  });

  test('leaves no job file and no turn behind', async () => {
    const { items, files } = await hub.kept();
    expect(files).toEqual([]);
    expect(items.filter(({ pk }) => pk?.S === 'TURN')).toEqual([]);
  });
});

describe('an audit while another one is running', () => {
  test('is skipped, and says so', async () => {
    const sfn = new SFNClient(aws.client(HUB, REGION));
    const definition = JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 1, End: true } } });
    const machine = await sfn.send(
      new CreateStateMachineCommand({ name: 'audit', definition, roleArn: `arn:aws:iam::${HUB}:role/function` }),
    );
    const running = await sfn.send(new StartExecutionCommand({ stateMachineArn: machine.stateMachineArn, name: 'running', input: '{}' }));
    const executionArn = running.executionArn ?? '';
    await hub.audits.takeTurn({ runId: 'before', executionArn });
    const plan = await hub.functions.plan.invoke({ execution: executionNamed('overlapping'), round: 0 });
    expect(plan).toMatchObject({ status: 'skipped', because: `the audit before is still running: ${executionArn}` });
    const [line, metrics] = linesOf('plan').slice(-2);
    expect(line).toMatchObject({ message: 'plan', status: 'skipped' });
    expect(metrics).toMatchObject({ AuditsSkipped: 1 });
    await hub.audits.releaseTurn(executionArn);
  });
});

describe('a scan', () => {
  test('that has too little time to begin anything is given up by name', async () => {
    const execution = executionNamed('hurried');
    const plan = await hub.functions.plan.invoke({ execution, round: 0 });
    const [job] = await jobsOf(plan);
    await expect(hub.functions.scan.invoke(job, { remainingMs: 49_000 })).rejects.toMatchObject({ name: 'NoProgress' });
    await hub.audits.releaseTurn(execution.id);
  });
});

describe('a summary', () => {
  test('leaves its metrics even if what nobody told in time cannot be told now either', async () => {
    const execution = executionNamed('untellable');
    await hub.functions.plan.invoke({ execution, round: 0 });
    const scope = { accountId: HUB, region: REGION };
    await hub.store.save(finding('sg-untold', { scope, checkId: 'of-another-time', unannounced: true }));
    const mend = aws.faults.add({ operation: 'Publish', kind: 'access-denied', nth: 2 });
    await expect(hub.functions.summarize.invoke({ execution })).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    expect(linesOf('summarize').at(-1)).toMatchObject({ AuditSeconds: expect.any(Number) });
    mend();
    expect(await hub.functions.summarize.invoke({ execution })).toMatchObject({ accounts: 1, digest: 'told before' });
    expect(linesOf('summarize').at(-1)).toMatchObject({ message: 'summarize', caughtUp: 1 });
  });

  test('tells the activity that nobody told in time', async () => {
    await hub.subscriber.empty();
    const execution = executionNamed('late');
    await hub.functions.plan.invoke({ execution, round: 0 });
    await hub.reactions.saveActivity(kept('late', 1, { event: { ...kept('late', 1).event, accountId: HUB } }));
    await hub.functions.summarize.invoke({ execution });
    expect(linesOf('summarize').at(-1)).toMatchObject({ message: 'summarize', caughtUp: 1 });
    expect((await hub.subscriber.empty()).map(({ Subject }) => Subject)).toContainEqual(expect.stringMatching(/^\[HIGH\] Root signed in/));
    expect(await collect(hub.reactions.untoldActivities(HUB))).toEqual([]);
  });
});

describe('an urgent change', () => {
  test('is told once, is confirmed, and nothing of it but ids is in the log', async () => {
    await hub.subscriber.empty();
    const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: SECRET }] };
    await new EC2Client(aws.client(HUB, REGION)).send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [open] }),
    );
    await audit('second');
    await hub.subscriber.empty();
    const [finding] = await collect(hub.store.unannounced(HUB));
    if (!finding) throw new Error('nothing is unannounced');
    const event = streamEvent(finding);
    expect(await hub.functions.notify.invoke(event)).toEqual({ batchItemFailures: [] });
    expect(await hub.functions.notify.invoke(event)).toEqual({ batchItemFailures: [] });
    const messages = await hub.subscriber.empty();
    expect(messages.map(({ Subject }) => Subject)).toEqual([expect.stringContaining('[NEW] SSH (22) open to the internet on ')]);
    expect(await collect(hub.store.unannounced(HUB))).toEqual([]);
    await hub.functions.confirm.invoke(topicEvent(...messages));

    const unit = { finding: finding.id, version: 1, check: finding.checkId };
    expect(linesOf('notify')).toEqual([
      { message: 'notify', ...unit, outcome: 'published' },
      { message: 'notify', ...unit, outcome: 'told before' },
    ]);
    expect(linesOf('confirm')).toEqual([{ message: 'confirm', outcome: 'told', deduplicationId: `${finding.id}-1` }]);
    const everything = Object.values(hub.functions).flatMap((lambda) => lambda.log());
    expect(everything.filter((line) => line.includes(SECRET) || line.includes(groupId))).toEqual([]);
  });
});
