import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exception } from '../../findings/exception.ts';
import { reviewExceptions } from '../../findings/exception-review.ts';
import { exceptionFor, toExceptions } from '../../findings/exceptions.ts';
import { patternOf } from '../../findings/pattern.ts';
import { ACCOUNT, CHECK, group } from './samples.ts';

const TERMS = { owner: 'web@example.com', reason: 'it moves in June', ticket: 'OPS-1' };

function exception(change: Partial<Exception> = {}): Exception {
  return { check: CHECK, resource: '*', tags: {}, expires: '2026-12-31', ...TERMS, ...change };
}

function find(exceptions: readonly Exception[], now: string, resource = group('sg-1', { team: 'web' })) {
  return exceptionFor({ checkId: CHECK, resource }, toExceptions(exceptions), now);
}

describe('an exception is in force', () => {
  test.each([
    ['long before its last day', '2026-01-01T00:00:00.000Z', true],
    ['to the last moment of its last day, UTC', '2026-12-31T23:59:59.999Z', true],
    ['not a moment longer', '2027-01-01T00:00:00.000Z', false],
    ['by UTC, whatever the zone of the clock', '2026-12-31T20:00:00-05:00', false],
  ])('%s', (_when, now, expected) => {
    expect(find([exception()], now) !== undefined).toBe(expected);
  });
});

describe('an exception covers', () => {
  test.each<[string, Partial<Exception>, boolean]>([
    ['its check alone', { check: 'another-check' }, false],
    ['what its pattern fits', { resource: `arn:aws:ec2:*:${ACCOUNT}:security-group/sg-?` }, true],
    ['nothing of which the pattern fits only a part', { resource: 'arn:aws:ec2:*:security-group' }, false],
    ['what is written as it is', { resource: group('sg-1').arn.toUpperCase() }, false],
    ['what has all of its tags', { tags: { team: 'web', env: 'test' } }, false],
    ['what has the tag, with that value', { tags: { team: 'web' } }, true],
    ['what has the tag with another value, not', { tags: { team: 'Web' } }, false],
    ['no tag that every object inherits', { tags: { constructor: 'x' } }, false],
    ['what is in one of its accounts', { accounts: ['444455556666', ACCOUNT] }, true],
    ['what is in another account, not', { accounts: ['444455556666'] }, false],
  ])('%s', (_what, change, expected) => {
    expect(find([exception(change)], '2026-06-01T00:00:00Z') !== undefined).toBe(expected);
  });
});

test('of several that fit, the one that ends last counts, and of those the first', () => {
  const [short, long, other] = [exception(), exception({ expires: '2027-01-31' }), exception({ expires: '2027-01-31', owner: 'other' })];
  expect(find([short, long, other], '2026-06-01T00:00:00Z')).toBe(long);
  expect(find([other, short, long], '2026-06-01T00:00:00Z')).toBe(other);
});

/** The plainest way to say it, exponential if it must: a star takes nothing, or one character more. */
function fits(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*') return fits(rest, text) || (text.length > 0 && fits(pattern, text.slice(1)));
  return text.length > 0 && (first === '?' || first === text[0]) && fits(rest, text.slice(1));
}

describe('whatever is written', () => {
  const letters = fc.constantFrom('a', 'b', '/', ':', '🙂', '.', '\n');
  const texts = fc.array(letters, { maxLength: 8 });
  const patterns = fc.array(fc.oneof(letters, fc.constantFrom('*', '*', '?')), { maxLength: 7 });

  test('a pattern fits what the definition says', () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        expect(patternOf(pattern.join(''))(text.join(''))).toBe(fits(pattern, text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a pattern made of the text fits it', () => {
    const made = texts.chain((text) =>
      fc.tuple(fc.constant(text), fc.array(fc.constantFrom('keep', 'one', 'any'), { minLength: text.length, maxLength: text.length })),
    );
    fc.assert(
      fc.property(made, ([text, how]) => {
        const pattern = text.map((letter, index) => ({ keep: letter, one: '?', any: '*' })[how[index] ?? 'keep']);
        expect(patternOf(pattern.join(''))(text.join(''))).toBe(true);
      }),
    );
  });

  test('the exception found is the one that a look at all of them finds', () => {
    const days = fc.constantFrom('2026-05-31', '2026-06-01', '2026-06-02', '2026-12-31');
    const some = fc.record({
      check: fc.constantFrom(CHECK, 'another-check'),
      resource: patterns.map((pattern) => pattern.join('')),
      tags: fc.dictionary(fc.constantFrom('team', 'env'), fc.constantFrom('web', 'test'), { maxKeys: 2 }),
      accounts: fc.option(fc.subarray([ACCOUNT, '444455556666']), { nil: undefined }),
      expires: days,
    });
    const resources = fc.record({ arn: texts, tags: fc.dictionary(fc.constantFrom('team', 'env'), fc.constantFrom('web', 'test')) });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 6 }),
        resources,
        days,
        fc.constantFrom('00:00:00.000', '23:59:59.999'),
        (all, resource, day, hour) => {
          const exceptions = all.map((each) => exception(each));
          const candidates = exceptions
            .filter(({ check, expires }) => check === CHECK && Date.parse(`${day}T${hour}Z`) < Date.parse(expires) + 86_400_000)
            .filter(({ resource: pattern = '*' }) => fits([...pattern], resource.arn))
            .filter(({ tags = {} }) => Object.keys(tags).every((key) => resource.tags[key] === tags[key]))
            .filter(({ accounts }) => accounts === undefined || accounts.includes(ACCOUNT));
          const latest = candidates
            .map(({ expires }) => expires)
            .sort()
            .at(-1);
          const found = exceptionFor(
            { checkId: CHECK, resource: { arn: resource.arn.join(''), tags: resource.tags, accountId: ACCOUNT } },
            toExceptions(exceptions),
            `${day}T${hour}Z`,
          );
          expect(found).toBe(candidates.find(({ expires }) => expires === latest));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a pattern of many stars comes to its end', () => {
    expect(patternOf(`${'*a'.repeat(1_000)}b?`)(`${'a'.repeat(5_000)}c`)).toBe(false);
  });
});

describe('an exception is to be looked at again', () => {
  const NOW = '2026-06-01T12:00:00.000Z';
  const findings = Array.from({ length: 21 }, (_, n) => ({ checkId: CHECK, resource: group(`sg-${n}`) }));
  const flagsOf = (change: Partial<Exception>, kept: typeof findings | undefined = findings.slice(0, 20)) =>
    reviewExceptions([exception(change)], kept, NOW)[0]?.flags;

  test.each<[string, Partial<Exception>, readonly string[]]>([
    ['never, as long as nothing is wrong', {}, []],
    ['when it matches nothing', { resource: 'arn:aws:s3:::nothing' }, ['matches nothing']],
    ['when it ends in 14 days', { expires: '2026-06-15' }, ['ends within 14 days']],
    ['not when it ends in 15 days', { expires: '2026-06-16' }, []],
    ['on its last day', { expires: '2026-06-01' }, ['ends within 14 days']],
    ['when it has ended, and says what it would cover', { expires: '2026-05-31' }, ['ended']],
  ])('%s', (_when, change, flags) => {
    expect(flagsOf(change)).toEqual(flags);
  });

  test('when it matches more than 20', () => {
    expect(flagsOf({}, findings)).toEqual(['matches more than 20']);
  });

  test('without findings, only by its day', () => {
    expect(reviewExceptions([exception({ expires: '2026-06-02' })], undefined, NOW)[0]).toMatchObject({
      findings: undefined,
      flags: ['ends within 14 days'],
    });
  });

  test('counts each finding for every exception that fits it', () => {
    const [all, one] = reviewExceptions([exception(), exception({ resource: group('sg-3').arn })], findings, NOW);
    expect([all?.findings, one?.findings]).toEqual([21, 1]);
  });
});
