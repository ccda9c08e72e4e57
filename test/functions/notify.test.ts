import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import type { Finding } from '../../findings/finding.ts';
import { kept } from '../findings/activity-samples.ts';
import { ACCOUNT, collect, entry, finding } from '../findings/samples.ts';
import { sequenceNumber, streamEvent } from './events.ts';
import { HUB, hubAccount, type LocalHub, openLocalHub, REGION } from './local-hub.ts';

const aws = await startLocalAws({ regions: [REGION] });
let hub: LocalHub;

beforeAll(async () => {
  await aws.seed(hubAccount());
  hub = await openLocalHub(aws, {});
});

beforeEach(async () => {
  aws.faults.clear();
  aws.calls.reset();
  await hub.restore([]);
});

afterAll(async () => {
  await hub?.stop();
  await aws.stop();
});

const untold = (id: string, change: Partial<Finding> = {}): Finding => finding(id, { unannounced: true, ...change });
const opened = untold('sg-1');
const resolved = untold('sg-1', { version: 2, state: 'resolved', history: [entry('opened', 1), entry('resolved', 2)] });

/** Saves findings, and hands the records of that to the function. */
async function notify(...findings: readonly Finding[]): Promise<unknown> {
  for (const each of findings) await hub.store.save(each);
  return hub.functions.notify.invoke(streamEvent(...findings));
}

async function told(): Promise<readonly string[]> {
  return (await hub.subscriber.empty()).map(({ Subject = '' }) => Subject.replace(/ .*? on /, ' … '));
}

function failures(...indexes: readonly number[]) {
  return { batchItemFailures: indexes.map((index) => ({ itemIdentifier: sequenceNumber(index) })) };
}

/** Published at the first call of these, counted from 1. */
const refuse = (operation: string, nth?: number) => aws.faults.add({ operation, kind: 'access-denied', nth });

describe('the records of a batch', () => {
  test('are told in their order', async () => {
    expect(await notify(opened, untold('sg-2'), resolved)).toEqual(failures());
    expect(await told()).toEqual([
      expect.stringMatching(/NEW.*sg-1/),
      expect.stringMatching(/NEW.*sg-2/),
      expect.stringMatching(/RESOLVED.*sg-1/),
    ]);
  });

  test('that are no findings are passed over', async () => {
    const image = { pk: { S: 'SCOPE' }, sk: { S: `${HUB}#${REGION}` } };
    const removed = { eventName: 'REMOVE', dynamodb: { SequenceNumber: '1', OldImage: image } };
    const Records = [removed, { eventName: 'INSERT', dynamodb: { SequenceNumber: '2', NewImage: image } }];
    expect(await hub.functions.notify.invoke({ Records })).toEqual(failures());
    expect(aws.calls.count({ callerArn: hub.callerOf('notify') })).toEqual({});
  });

  test('cost no other record anything when one of them cannot be told', async () => {
    refuse('Publish', 2);
    expect(await notify(opened, untold('sg-2'), untold('sg-3'))).toEqual(failures(1));
    expect(await told()).toEqual([expect.stringMatching(/sg-1/), expect.stringMatching(/sg-3/)]);
    const failed = hub.functions.notify
      .log()
      .map((line) => JSON.parse(line))
      .findLast(({ level }) => level === 'ERROR');
    expect(failed).toMatchObject({ message: 'notify', outcome: 'failed', finding: untold('sg-2').id, version: 1 });
  });

  test('wait for an older change of the same finding that could not be told', async () => {
    refuse('Publish', 1);
    expect(await notify(opened, untold('sg-2'), resolved)).toEqual(failures(0, 2));
    expect(await told()).toEqual([expect.stringMatching(/sg-2/)]);
    expect(await hub.functions.notify.invoke(streamEvent(opened, untold('sg-2'), resolved))).toEqual(failures());
    expect(await told()).toEqual([expect.stringMatching(/NEW.*sg-1/), expect.stringMatching(/RESOLVED.*sg-1/)]);
  });

  test('of which none could be told fail as a whole, so that Lambda counts it as an error', async () => {
    refuse('Publish');
    await expect(notify(opened, untold('sg-2'))).rejects.toMatchObject({ name: 'FullBatchFailureError' });
  });

  test('that make no sense fail alone, and say so', async () => {
    const { Records } = Object(streamEvent(opened));
    const odd = { dynamodb: { SequenceNumber: '7', NewImage: { pk: { S: 'FINDING#1' }, sk: { S: 'FINDING' }, schema: { N: '1' } } } };
    await hub.store.save(opened);
    expect(await hub.functions.notify.invoke({ Records: [odd, ...Records] })).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
    expect(await told()).toHaveLength(1);
  });
});

describe('an activity', () => {
  const ID = '0123456789abcdef0123456789abcdef';
  const activity = kept(ID, 8);

  test('is told once among findings, and marked', async () => {
    await hub.store.save(opened);
    await hub.reactions.saveActivity(activity);
    const event = streamEvent(opened, activity);
    expect(await hub.functions.notify.invoke(event)).toEqual(failures());
    expect(await hub.functions.notify.invoke(event)).toEqual(failures());
    expect((await hub.subscriber.empty()).map(({ Subject }) => Subject)).toEqual([
      expect.stringMatching(/NEW.*sg-1/),
      '[HIGH] Root signed in without MFA (111122223333, us-east-1)',
    ]);
    expect(await collect(hub.reactions.untoldActivities(ACCOUNT))).toEqual([]);
  });

  test('that was told, or is not urgent, is passed over', async () => {
    const [{ dynamodb, ...record }] = Object(streamEvent(activity)).Records;
    const marked = { ...record, dynamodb: { ...dynamodb, NewImage: { ...dynamodb.NewImage, unannounced: { BOOL: false } } } };
    expect(await hub.functions.notify.invoke({ Records: [marked] })).toEqual(failures());
    expect(await hub.functions.notify.invoke(streamEvent(kept(ID, 8, { severity: 'MEDIUM' })))).toEqual(failures());
    expect(await told()).toEqual([]);
  });

  test('that cannot be told comes again, alone', async () => {
    refuse('Publish', 1);
    await hub.store.save(opened);
    expect(await hub.functions.notify.invoke(streamEvent(activity, opened))).toEqual(failures(0));
    expect(await told()).toHaveLength(1);
  });
});

describe('Security Hub', () => {
  const imports = () => aws.calls.list({ operation: 'BatchImportFindings' }).length;

  test('gets the changes of a batch in one call', async () => {
    await notify(opened, untold('sg-2'), resolved);
    expect(imports()).toBe(1);
  });

  test('gets what is not told alone, too', async () => {
    expect(await notify(finding('sg-1', { severity: 'LOW' }))).toEqual(failures());
    expect(imports()).toBe(1);
    expect(await told()).toEqual([]);
  });

  test('is not asked about a finding that was only marked as told', async () => {
    const [record] = Object(streamEvent({ ...opened, unannounced: false })).Records;
    const [{ dynamodb }] = Object(streamEvent(opened)).Records;
    const marked = { ...record, eventName: 'MODIFY', dynamodb: { ...record.dynamodb, OldImage: dynamodb.NewImage } };
    expect(await hub.functions.notify.invoke({ Records: [marked] })).toEqual(failures());
    expect(imports()).toBe(0);
  });

  test('that refuses is asked again, and what was told is not told again', async () => {
    refuse('BatchImportFindings', 1);
    await expect(notify(opened)).rejects.toMatchObject({ name: 'FullBatchFailureError' });
    expect(await told()).toHaveLength(1);
    expect(await hub.functions.notify.invoke(streamEvent(opened))).toEqual(failures());
    expect(await told()).toEqual([]);
    expect(imports()).toBe(2);
  });

  test('that refuses keeps nobody from being told of what came next', async () => {
    refuse('BatchImportFindings');
    await expect(notify(opened, resolved)).rejects.toMatchObject({ name: 'FullBatchFailureError' });
    expect(await told()).toEqual([expect.stringMatching(/NEW.*sg-1/), expect.stringMatching(/RESOLVED.*sg-1/)]);
  });

  test('is left alone where the deployment does not want it', async () => {
    const without = await hub.start('notify', { POSTURE_SECURITY_HUB: 'off' });
    await hub.store.save(opened);
    expect(await without.invoke(streamEvent(opened))).toEqual(failures());
    expect(imports()).toBe(0);
    expect(await told()).toHaveLength(1);
  });
});
