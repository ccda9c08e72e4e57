import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import type { Ledger } from '../../findings/audit-store.ts';
import { openAuditStore } from '../../findings/dynamodb-audit-store.ts';
import { openDynamoDbStore } from '../../findings/dynamodb-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { findingId } from '../../findings/finding.ts';
import type { Message } from '../../findings/message.ts';
import { type Notifier, notifyChange, tellUntold } from '../../findings/notify.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { memoryLedger } from './memory-ledger.ts';
import { ACCOUNT, adminPorts, at, CHECK, collect, entry, finding, group } from './samples.ts';
import { story, tellingWorld } from './telling-world.ts';
import { temporaryFile } from './temporary-file.ts';

/** Whatever happens in a finding's life and to those who tell it. */
async function tellsEachStepOnce(store: FindingStore, openLedger: () => Ledger, numRuns: number): Promise<void> {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const resourceId = `sg-${(runs += 1)}`;
      const world = tellingWorld(resourceId, store, openLedger, told);
      await world.play();
      expect(Object.fromEntries(world.published)).toEqual(Object.fromEntries(world.deserved.map((id) => [id, 1])));
      expect((await store.finding(findingId(CHECK, group(resourceId).arn)))?.unannounced ?? false).toBe(false);
    }),
    { numRuns },
  );
}

describe('each urgent step is told once and the finding ends announced, whoever dies wherever', () => {
  test('with stores that answer at once', async () => {
    const store = await openSqliteStore(temporaryFile('findings.db'));
    await tellsEachStepOnce(store, memoryLedger().open, 300);
    await store.close();
  }, 120_000);

  test('in DynamoDB', async () => {
    const aws = await startLocalAws();
    onTestFinished(() => aws.stop());
    Object.assign(process.env, aws.environment());
    await new DynamoDBClient(aws.client(undefined, 'eu-west-1')).send(new CreateTableCommand(tableDefinition('posture')));
    const where = { table: 'posture', region: 'eu-west-1' };
    const store = await openDynamoDbStore(where);
    const ledgers = await Promise.all([openAuditStore(where), openAuditStore(where), openAuditStore(where)]);
    let opened = 0;
    const [first, ...others] = ledgers;
    await tellsEachStepOnce(store, () => ledgers[(opened += 1) % ledgers.length] ?? first, 12);
    await Promise.all([store, first, ...others].map((each) => each.close()));
  }, 240_000);
});

describe('a change', () => {
  let store: FindingStore;
  let sent: Message[];
  let ledger: ReturnType<typeof memoryLedger>;
  let clock: string;
  let refuse: (message: Message) => boolean;
  beforeEach(async () => {
    store = await openSqliteStore(temporaryFile('findings.db'));
    [sent, ledger, clock, refuse] = [[], memoryLedger(), at(2), () => false];
    return () => store.close();
  });
  const notifier = (): Notifier & { readonly store: FindingStore } => ({
    ledger: ledger.open(),
    publisher: {
      async publish(message) {
        if (refuse(message)) throw new Error('the topic is gone');
        sent.push(message);
      },
    },
    store,
    checks: [adminPorts],
    now: () => new Date(clock),
    wait: async () => undefined,
  });
  const untold = (id: string, change: Parameters<typeof finding>[1] = {}) => finding(id, { unannounced: true, ...change });

  test('is told with its check, and marked', async () => {
    await store.save(untold('sg-1'));
    expect(await notifyChange(untold('sg-1'), notifier())).toBe('published');
    expect(sent).toMatchObject([{ deduplicationId: `${finding('sg-1').id}-1`, json: { check: { title: adminPorts.title } } }]);
    expect((await store.finding(finding('sg-1').id))?.unannounced).toBe(false);
  });

  test('of a check that is no longer known is told too', async () => {
    await store.save(untold('sg-1'));
    expect(await notifyChange(untold('sg-1'), { ...notifier(), checks: [] })).toBe('published');
    expect(sent).toMatchObject([{ json: { check: null } }]);
  });

  test('that is announced is not told', async () => {
    expect(await notifyChange(finding('sg-1'), notifier())).toBe('nothing to tell');
    expect(sent).toEqual([]);
  });

  test('without an urgent step is marked and not told', async () => {
    const quiet = untold('sg-1', { severity: 'LOW' });
    await store.save(quiet);
    expect(await notifyChange(quiet, notifier())).toBe('nothing to tell');
    expect((await store.finding(quiet.id))?.unannounced).toBe(false);
  });

  test('that came after an urgent step tells that step, once', async () => {
    const history = [entry('opened', 1), entry('changed', 2), entry('changed', 3)];
    for (const version of [1, 2, 3]) {
      const shown = untold('sg-1', { version, history: history.slice(0, version) });
      expect(await notifyChange(shown, notifier())).toBe(version === 1 ? 'published' : 'told before');
    }
    expect(sent.map(({ deduplicationId }) => deduplicationId)).toEqual([`${finding('sg-1').id}-1`]);
  });

  describe('that nobody told in time', () => {
    test('is told', async () => {
      await store.save(untold('sg-1'));
      await store.save(untold('sg-2'));
      await store.save(finding('sg-3'));
      expect(await tellUntold([ACCOUNT], notifier())).toBe(2);
      expect(await tellUntold([ACCOUNT], notifier())).toBe(0);
      expect(sent).toHaveLength(2);
    });

    test.each([
      [14, 0],
      [15, 1],
    ])('is told when it is old enough: %i minutes', async (minutes, published) => {
      clock = new Date(Date.parse(at(1)) + minutes * 60_000).toISOString();
      await store.save(untold('sg-1'));
      expect(await tellUntold([ACCOUNT], notifier())).toBe(published);
    });

    test('is not told again when its record of the stream is taken after all', async () => {
      await store.save(untold('sg-1'));
      await tellUntold([ACCOUNT], notifier());
      expect(await notifyChange(untold('sg-1'), notifier())).toBe('told before');
    });

    test('ends with its newest step, though the stream is still behind at an earlier one', async () => {
      const history = [entry('opened', 1), entry('resolved', 1)];
      await store.save(untold('sg-1'));
      await store.save(untold('sg-1', { version: 2, state: 'resolved', history }));
      expect(await tellUntold([ACCOUNT], notifier())).toBe(1);
      expect(await notifyChange(untold('sg-1'), notifier())).toBe('told before');
      expect(sent.map(({ attributes }) => attributes.event)).toEqual(['resolved']);
    });

    test('is read again, because the list may lag', async () => {
      await store.save(finding('sg-1'));
      const lagging = {
        ...store,
        async *unannounced() {
          yield untold('sg-1');
          yield untold('sg-gone');
        },
      };
      expect(await tellUntold([ACCOUNT], { ...notifier(), store: lagging })).toBe(0);
      expect(sent).toEqual([]);
    });

    test('is told even if another one is refused, and the refusal is thrown', async () => {
      for (let n = 0; n < 20; n += 1) await store.save(untold(`sg-${n}`));
      refuse = ({ thread }) => thread === finding('sg-3').id;
      await expect(tellUntold([ACCOUNT], notifier())).rejects.toThrow('the topic is gone');
      expect(sent).toHaveLength(19);
      expect((await collect(store.unannounced(ACCOUNT))).map(({ resource }) => resource.id)).toEqual(['sg-3']);
    });

    test('is told even if one of another account is refused', async () => {
      const other = '444455556666';
      await store.save(untold('sg-1'));
      await store.save(untold('sg-2', { scope: { accountId: other, region: 'eu-west-1' } }));
      refuse = ({ thread }) => thread === finding('sg-1').id;
      await expect(tellUntold([ACCOUNT, other], notifier())).rejects.toThrow('the topic is gone');
      expect(sent.map(({ thread }) => thread)).toEqual([finding('sg-2').id]);
    });
  });
});
