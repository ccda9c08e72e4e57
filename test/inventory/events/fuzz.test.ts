import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudTrailEvent } from '../../../inventory/events/event.ts';
import type { Field } from '../../../inventory/events/field.ts';
import { toEvent } from '../../../inventory/events/to-event.ts';
import { corpusRecords, type Raw } from './corpus.ts';
import { shapes } from './records.ts';

const records = [...shapes, ...corpusRecords()];
const CASES = Number(process.env.POSTURE_FUZZ_CASES ?? 2_000);

/** In place of what is at a random path: nothing, another kind of thing, the same a level deeper, or a part of it. */
type Break = (value: unknown) => unknown;
const BREAKS: readonly Break[] = [
  () => undefined,
  () => null,
  () => '',
  () => 0,
  () => -1.5,
  () => true,
  () => [],
  () => ({}),
  () => [''],
  () => [null],
  () => ({ omitted: true, reason: 'too large', originalSize: 200_000 }),
  () => 'x'.repeat(20_000),
  () => JSON.parse('{"__proto__": {"a": 1}, "constructor": {}, "toString": 5}'),
  (value) => [value, value],
  (value) => ({ value }),
  (value) => ({ items: value }),
  (value) => ({ item: [value] }),
  (value) => ({ tag: 1, content: value }),
  (value) => JSON.stringify(value)?.slice(0, 20),
  (value) => JSON.stringify(value),
  (value) => encodeURIComponent(JSON.stringify(value) ?? ''),
];

/** A copy with one thing broken: at each step down one member is chosen, until the way ends or is long enough. */
function broken(value: unknown, steps: readonly number[], breaks: Break): unknown {
  const [step, ...further] = steps;
  if (step === undefined || typeof value !== 'object' || value === null) return breaks(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return breaks(value);
  const chosen = step % entries.length;
  const copied = entries.map(([name, inner], index) => [name, index === chosen ? broken(inner, further, breaks) : inner] as const);
  return Array.isArray(value) ? copied.map(([, inner]) => inner) : Object.fromEntries(copied.filter(([, inner]) => inner !== undefined));
}

const brokenRecord = fc
  .record({
    base: fc.constantFrom(...records),
    damage: fc.array(fc.record({ steps: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), kind: fc.constantFrom(...BREAKS) }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ base, damage }) => damage.reduce<unknown>((value, { steps, kind }) => broken(value, steps, kind), base));

const { stackTraceLimit } = Error;
/** Hundreds are thrown for each record, and nobody looks where. */
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const asked = ['ipPermissions', 'policyDocument', 'sessionContext'];

/** Only `Unread` may be thrown: anything else is a bug. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'Unread') return undefined;
    throw error;
  }
}

function readAll(field: Field, depth: number): void {
  for (const read of [() => field.exists, () => field.text, () => field.number, () => field.flag, () => field.json, () => field.policy])
    attempt(read);
  const names = attempt(() => field.names) ?? [];
  if (depth === 0) return;
  for (const name of [...names.slice(0, 5), ...asked]) readAll(field.at(name), depth - 1);
  for (const element of (attempt(() => field.list) ?? []).slice(0, 3)) readAll(element, depth - 1);
}

function readEvent(event: CloudTrailEvent): void {
  const { id, name, source, at, accountId, region, type, outcome, actor, faults, resources } = event;
  expect([id, name, source, at, accountId, region, type, outcome].every((text) => typeof text === 'string')).toBe(true);
  expect(at === '' || at === new Date(at).toISOString()).toBe(true);
  expect(accountId).toMatch(/^(\d{12})?$/);
  expect(actor.name).not.toBe('');
  expect(event.byRoot).toBe(actor.kind === 'root');
  expect(Object.values(actor).every((value) => typeof value === 'boolean' || (typeof value === 'string' && value.length <= 1024))).toBe(
    true,
  );
  expect([...faults, ...resources.map(({ arn }) => arn)].every((text) => typeof text === 'string' && text !== '')).toBe(true);
  for (const part of [event.identity, event.request, event.response, event.additional, event.serviceDetails]) readAll(part, 2);
}

test('no record, however broken, makes anything throw but Unread where it is asked for what it has not', () => {
  fc.assert(
    fc.property(brokenRecord, (raw) => {
      const event = toEvent(raw);
      const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
      expect(event !== undefined).toBe(isObject);
      if (event) readEvent(event);
    }),
    { numRuns: CASES },
  );
});

test('nor does anything else that is JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'large' }), (value) => {
      const event = toEvent(value);
      if (event) readEvent(event);
      const nested: Raw = { userIdentity: value, requestParameters: value, responseElements: value, resources: value, eventTime: value };
      const around = toEvent(nested);
      if (around) readEvent(around);
    }),
  );
});

test('what is read twice is the same', () => {
  fc.assert(
    fc.property(brokenRecord, (raw) => {
      const [one, other] = [toEvent(raw), toEvent(structuredClone(raw))];
      expect(one?.actor).toEqual(other?.actor);
      expect(one?.actor).toBe(one?.actor);
      expect(one?.faults).toEqual(other?.faults);
      expect(one?.outcome).toBe(other?.outcome);
    }),
  );
});
