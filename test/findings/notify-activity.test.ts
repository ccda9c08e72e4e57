import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KeptActivity } from '../../findings/kept-activity.ts';
import type { Message } from '../../findings/message.ts';
import { type ActivityNotifier, notifyActivity, tellUntoldActivities } from '../../findings/notify-activity.ts';
import type { ReactionStore } from '../../findings/reaction-store.ts';
import { kept, rootSignIn } from './activity-samples.ts';
import { memoryLedger } from './memory-ledger.ts';
import { memoryReactionStore } from './memory-reaction-store.ts';
import { ACCOUNT, at, collect } from './samples.ts';

let reactions: ReactionStore;
let ledger: ReturnType<typeof memoryLedger>;
let sent: Message[];
let clock: number;
let refuse: (message: Message) => boolean;
beforeEach(() => {
  [reactions, ledger, sent, clock, refuse] = [memoryReactionStore(), memoryLedger(), [], Date.parse(at(9)), () => false];
});

const notifier = (): ActivityNotifier & { readonly reactions: ReactionStore } => ({
  ledger: ledger.open(),
  publisher: {
    async publish(message) {
      if (refuse(message)) throw new Error('the topic is gone');
      sent.push(message);
    },
  },
  reactions,
  activityChecks: [rootSignIn],
  now: () => new Date(clock),
  wait: async (milliseconds) => {
    clock += milliseconds;
  },
});
const untold = async () => (await collect(reactions.untoldActivities(ACCOUNT))).map(({ id }) => id);
const save = async (...activities: readonly KeptActivity[]): Promise<void> => {
  for (const each of activities) await reactions.saveActivity(each);
};

describe('an urgent activity', () => {
  test('is told with its check, and marked', async () => {
    await save(kept('a', 8));
    expect(await notifyActivity(kept('a', 8), notifier())).toBe('published');
    expect(sent).toMatchObject([{ deduplicationId: 'activity-a', json: { check: { title: rootSignIn.title } } }]);
    expect(await untold()).toEqual([]);
  });

  test('is told once, however often its record comes', async () => {
    await save(kept('a', 8));
    await notifyActivity(kept('a', 8), notifier());
    expect(await notifyActivity(kept('a', 8), notifier())).toBe('told before');
    expect(sent).toHaveLength(1);
  });

  test('of a check that is no longer known is told too', async () => {
    await notifyActivity(kept('a', 8, { checkId: 'activity-of-old' }), notifier());
    expect(sent).toMatchObject([{ json: { check: null } }]);
  });

  test('is not marked when it could not be told', async () => {
    await save(kept('a', 8));
    refuse = () => true;
    await expect(notifyActivity(kept('a', 8), notifier())).rejects.toThrow('the topic is gone');
    expect(await untold()).toEqual(['a']);
  });
});

describe('an activity whose record of the stream was lost', () => {
  test('is told, once', async () => {
    await save(kept('a', 8), kept('b', 8), kept('c', 8, { severity: 'MEDIUM' }));
    expect(await tellUntoldActivities([ACCOUNT], notifier())).toBe(2);
    expect(await tellUntoldActivities([ACCOUNT], notifier())).toBe(0);
    expect(sent.map(({ deduplicationId }) => deduplicationId)).toEqual(['activity-a', 'activity-b']);
  });

  test('is told whatever account it is of, and of none', async () => {
    const elsewhere = (id: string, accountId: string) => kept(id, 8, { event: { ...kept(id, 8).event, accountId } });
    await save(kept('a', 8), elsewhere('b', ''), elsewhere('c', '222233334444'));
    expect(await tellUntoldActivities([ACCOUNT, ''], notifier())).toBe(2);
  });

  test.each([
    [14, 0],
    [15, 1],
  ])('is told when it is old enough: %i minutes', async (minutes, published) => {
    await save(kept('a', 8, { seenAt: at(8) }));
    clock = Date.parse(at(8)) + minutes * 60_000;
    expect(await tellUntoldActivities([ACCOUNT], notifier())).toBe(published);
  });

  test('is not told again when its record is taken after all', async () => {
    await save(kept('a', 8));
    await tellUntoldActivities([ACCOUNT], notifier());
    expect(await notifyActivity(kept('a', 8), notifier())).toBe('told before');
  });

  test('costs no other anything when it cannot be told', async () => {
    await save(kept('a', 8), kept('b', 8));
    refuse = ({ deduplicationId }) => deduplicationId === 'activity-a';
    await expect(tellUntoldActivities([ACCOUNT], notifier())).rejects.toThrow('the topic is gone');
    expect(sent).toHaveLength(1);
    expect(await untold()).toEqual(['a']);
  });
});

test('an activity is told exactly once, wherever whoever tells it dies', async () => {
  const fate = fc.constantFrom('well', 'dies before', 'dies after');
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 8 }), async (fates) => {
      [reactions, ledger, sent, clock] = [memoryReactionStore(), memoryLedger(), [], Date.parse(at(9))];
      await save(kept('a', 8));
      const left = [...fates];
      const operate = async <Result>(work: () => Promise<Result>): Promise<Result> => {
        const next = left.shift() ?? 'well';
        if (next === 'dies before') throw new Error('dead');
        const result = await work();
        if (next === 'dies after') throw new Error('dead');
        return result;
      };
      const mortal = (): ActivityNotifier => {
        const { ledger: own, publisher, ...rest } = notifier();
        return {
          ...rest,
          ledger: {
            claim: (...given) => operate(() => own.claim(...given)),
            markTold: (...given) => operate(() => own.markTold(...given)),
            release: (...given) => operate(() => own.release(...given)),
          },
          publisher: {
            // The topic hands back what it took.
            publish: (message) =>
              operate(() => publisher.publish(message).then(() => ledger.open().markTold(message.deduplicationId, new Date(clock)))),
          },
          reactions: { markActivityTold: (key) => operate(() => reactions.markActivityTold(key)) },
        };
      };
      while ((await notifyActivity(kept('a', 8), mortal()).catch(() => 'failed')) === 'failed');
      expect(sent).toHaveLength(1);
      expect(await untold()).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
