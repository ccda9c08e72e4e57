import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../findings/audit-store.ts';
import { ConfigError } from '../../findings/config-error.ts';
import type { Message } from '../../findings/message.ts';
import { toMessage } from '../../findings/message.ts';
import { type Teller, tellOnce } from '../../findings/tell-once.ts';
import { memoryLedger } from './memory-ledger.ts';
import { adminPorts, entry, finding } from './samples.ts';

const MINUTE = 60_000;
const message = toMessage(finding('sg-1'), entry('opened', 1), adminPorts);
const { deduplicationId } = message;

let clock: number;
let waits: number[];
let sent: Message[];
let ledger: Ledger;
let other: Ledger;
let publish: (message: Message) => Promise<void>;
beforeEach(() => {
  [clock, waits, sent] = [Date.UTC(2026, 10, 21), [], []];
  const kept = memoryLedger();
  [ledger, other] = [kept.open(), kept.open()];
  publish = async (each) => void sent.push(each);
});

const now = (): Date => new Date(clock);
const teller = (): Teller => ({
  ledger,
  publisher: { publish: (each) => publish(each) },
  now,
  wait: async (milliseconds) => {
    waits.push(milliseconds);
    clock += milliseconds;
  },
});
const failing = (fault: object) => async () => {
  throw Object.assign(new Error('refused'), fault);
};

test('publishes what nobody told, once', async () => {
  expect(await tellOnce(message, teller())).toBe('published');
  expect(await tellOnce(message, teller())).toBe('told before');
  expect(sent).toEqual([message]);
  expect(waits).toEqual([]);
});

test('says nothing of what somebody else told', async () => {
  await other.markTold(deduplicationId, now());
  expect(await tellOnce(message, teller())).toBe('told before');
  expect(sent).toEqual([]);
});

describe('a claim of somebody else', () => {
  beforeEach(async () => {
    await other.claim(deduplicationId, now(), MINUTE);
    clock += 12_000;
  });

  test('is waited for, and followed when nothing came of it', async () => {
    expect(await tellOnce(message, teller())).toBe('published');
    expect(waits).toEqual([48_000]);
    expect(sent).toHaveLength(1);
  });

  test('is believed when the message was handed back meanwhile', async () => {
    const patient = teller();
    const outcome = await tellOnce(message, {
      ...patient,
      wait: async (milliseconds) => {
        await other.markTold(deduplicationId, now());
        await patient.wait(milliseconds);
      },
    });
    expect(outcome).toBe('told before');
    expect(sent).toEqual([]);
  });

  test('is waited for again when a third one was quicker to take it over', async () => {
    const patient = teller();
    let taken = false;
    const outcome = await tellOnce(message, {
      ...patient,
      wait: async (milliseconds) => {
        await patient.wait(milliseconds);
        if (!taken) await other.claim(deduplicationId, now(), MINUTE);
        taken = true;
      },
    });
    expect(outcome).toBe('published');
    expect(waits).toEqual([48_000, MINUTE]);
  });
});

describe('a refusal', () => {
  test.each([
    ['denied', { name: 'AuthorizationErrorException', $metadata: { httpStatusCode: 403, attempts: 1 } }],
    ['throttled', { name: 'ThrottledException', $metadata: { httpStatusCode: 429, attempts: 1 } }],
    ['that the message is wrong', { name: 'InvalidParameterException', $metadata: { httpStatusCode: 400 } }],
  ])('that is certain (%s) lets the next attempt claim at once', async (_what, fault) => {
    publish = failing(fault);
    await expect(tellOnce(message, teller())).rejects.toMatchObject({ name: fault.name });
    expect(await other.claim(deduplicationId, now(), MINUTE)).toBe('claimed');
  });

  test('that is certain is recognised behind an error of ours', async () => {
    publish = async () => {
      throw new ConfigError('no topic', { cause: Object.assign(new Error('gone'), { $metadata: { httpStatusCode: 404, attempts: 1 } }) });
    };
    await expect(tellOnce(message, teller())).rejects.toThrow('no topic');
    expect(await other.claim(deduplicationId, now(), MINUTE)).toBe('claimed');
  });

  test.each([
    ['a server error', { name: 'InternalErrorException', $metadata: { httpStatusCode: 500, attempts: 1 } }],
    ['too busy a server', { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503, attempts: 1 } }],
    ['a request that took too long', { name: 'RequestTimeout', $metadata: { httpStatusCode: 408, attempts: 1 } }],
    ['no answer', { name: 'TimeoutError', $metadata: { attempts: 1 } }],
    ['a broken connection', { code: 'ECONNRESET' }],
    ['metadata that make no sense', { $metadata: 'x' }],
    ['a refusal of the second attempt', { name: 'ThrottledException', $metadata: { httpStatusCode: 429, attempts: 2 } }],
  ])('that is not certain (%s) keeps the claim', async (_what, fault) => {
    publish = failing(fault);
    await expect(tellOnce(message, teller())).rejects.toThrow('refused');
    expect(await other.claim(deduplicationId, now(), MINUTE)).toBe(0);
    publish = async (each) => void sent.push(each);
    expect(await tellOnce(message, teller())).toBe('published');
    expect(waits).toEqual([MINUTE]);
  });

  test('by something that is no error keeps the claim', async () => {
    publish = () => Promise.reject('no');
    await expect(tellOnce(message, teller())).rejects.toBe('no');
    expect(await other.claim(deduplicationId, now(), MINUTE)).toBe(0);
  });
});

test('a claim that took too long to get is given back and made anew', async () => {
  let claims = 0;
  const slow: Ledger = {
    ...ledger,
    async claim(...given) {
      claims += 1;
      const outcome = await ledger.claim(...given);
      if (claims === 1) clock += 15_001;
      return outcome;
    },
  };
  expect(await tellOnce(message, { ...teller(), ledger: slow })).toBe('published');
  expect(claims).toBe(2);
  expect(sent).toHaveLength(1);
});

/** `lost`: the answer to the publisher. `refused`: by the topic, for certain. A number: dies before (even) or after (odd) its nth operation. */
const fate = fc.oneof(fc.constant('lives' as const), fc.constantFrom('lost' as const, 'refused' as const), fc.nat(9));

test('several at once, some of whom die anywhere, publish once between them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 5 }), fc.scheduler(), async (fates, scheduler) => {
      const { open, told } = memoryLedger();
      const published: string[] = [];
      const waiting: { readonly until: number; readonly wake: () => void }[] = [];

      function process(ends: (typeof fates)[number]): Teller {
        let operations = 0;
        const own = open();
        async function operate<Result>(work: () => Promise<Result>): Promise<Result> {
          const nth = operations++;
          await scheduler.schedule(Promise.resolve());
          if (ends === nth * 2) return dead();
          const result = await work();
          await scheduler.schedule(Promise.resolve());
          return ends === nth * 2 + 1 ? dead() : result;
        }
        return {
          now: () => new Date(clock),
          wait: (milliseconds) => new Promise<void>((wake) => waiting.push({ until: clock + milliseconds, wake })),
          ledger: {
            claim: (...given) => operate(() => own.claim(...given)),
            markTold: (...given) => operate(() => own.markTold(...given)),
            release: (...given) => operate(() => own.release(...given)),
          },
          publisher: {
            publish: ({ deduplicationId: id }) =>
              operate(async () => {
                if (ends === 'refused') throw Object.assign(new Error('no'), { $metadata: { httpStatusCode: 403, attempts: 1 } });
                published.push(id);
                // The topic hands back what it took, at some time before the claim is stale.
                void scheduler.schedule(Promise.resolve()).then(() => own.markTold(id, new Date(clock)));
                if (ends === 'lost') throw new Error('socket hang up');
              }),
          },
        };
      }

      const tell = (ends: (typeof fates)[number]) => tellOnce(message, process(ends)).catch((error: Error) => error.message);
      for (const each of fates) void tell(each);
      let last: unknown;
      let isLast = false;
      for (;;) {
        await new Promise(setImmediate);
        if (scheduler.count() > 0) await scheduler.waitOne();
        else if (waiting.length > 0) passTime();
        else if (isLast) break;
        else {
          isLast = true;
          void tell('lives').then((outcome) => (last = outcome));
        }
      }
      expect(['published', 'told before']).toContain(last);
      expect(published).toEqual([deduplicationId]);
      expect(told()).toEqual([deduplicationId]);

      /** Time passes only while nobody does anything. */
      function passTime(): void {
        const [next] = waiting.sort((a, b) => a.until - b.until).splice(0, 1);
        clock = Math.max(clock, next?.until ?? clock);
        next?.wake();
      }
    }),
    { numRuns: 400 },
  );
}, 120_000);

function dead<Result>(): Promise<Result> {
  return new Promise(() => undefined);
}
