import { isDeepStrictEqual } from 'node:util';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../checks/check.ts';
import { auditItem, bookmarkItem, ledgerItem, postureItem, turnItem } from '../../findings/audit-items.ts';
import { findingItem, type Item, runItem, scopeItem } from '../../findings/dynamodb-items.ts';
import { toBoundedEvidence, toFacts } from '../../findings/facts.ts';
import type { Finding } from '../../findings/finding.ts';
import { perSeverity } from '../../findings/posture.ts';
import { activityItem, heartbeatItem, lookItem } from '../../findings/reaction-items.ts';
import { findingOfImage, untoldActivityOfImage } from '../../findings/stream-record.ts';
import { kept } from './activity-samples.ts';
import { audit } from './audit-store-contract.ts';
import { ACCOUNT, at, entry, fails, finding, group, run, SCOPE } from './samples.ts';

/** An image as a Lambda function is handed it: JSON, with binaries in base64. */
function toImage(item: Item): unknown {
  const image = marshall(item, { removeUndefinedValues: true });
  return JSON.parse(
    JSON.stringify(image, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)),
  );
}

const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '__proto__', 'constructor', '\u0000', '\ud83d', '#pk', ':v', '🙂'));
const { evidence: value } = fc.letrec((tie) => ({
  evidence: fc.oneof(
    { maxDepth: 4 },
    odd,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.array(tie('evidence'), { maxLength: 4 }),
    fc.dictionary(odd, tie('evidence'), { maxKeys: 4 }),
  ),
}));
const evidence = fc.dictionary(odd, value, { maxKeys: 6 });

const anyFinding = fc
  .record({
    evidence,
    reason: odd,
    tags: fc.dictionary(odd, odd, { maxKeys: 5 }),
    severity: fc.constantFrom(...SEVERITIES),
    state: fc.constantFrom('open' as const, 'resolved' as const),
    unannounced: fc.boolean(),
    version: fc.nat(10_000),
    steps: fc.nat(5),
  })
  .map(({ evidence: seen, reason, tags, severity, state, steps, ...rest }): Finding => {
    const wellFormed = Object.fromEntries(Object.entries(tags).map(([key, tag]) => [key.toWellFormed(), tag.toWellFormed()]));
    const resource = group('sg-1', wellFormed);
    const facts = toFacts({ ...fails(resource, severity, reason), evidence: JSON.parse(JSON.stringify(seen)) });
    const history = Array.from({ length: steps }, (_, n) => ({ ...entry('changed', n, severity), reason: facts.reason }));
    return finding('sg-1', { ...rest, ...facts, resource, state, history, resolvedAt: state === 'resolved' ? at(5) : undefined });
  });

test('a finding comes out of the stream exactly as it went into the table', () => {
  fc.assert(
    fc.property(anyFinding, (saved) => {
      // Not toStrictEqual, which stumbles over evidence that is called `constructor`.
      expect(isDeepStrictEqual(findingOfImage(toImage(findingItem(saved))), saved)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe('no finding is', () => {
  const job = { ...SCOPE, runId: 'run-1', startedAt: at(1), regions: [], round: 1 };
  const sight = {
    resources: 0,
    evaluations: 0,
    unknown: 0,
    crashed: 0,
    incompleteTypes: [],
    gaps: [],
    usage: { calls: 0, throttles: 0, milliseconds: 0 },
  };
  const none = { open: 0, excepted: 0, opened: 0, reopened: 0, lapsed: 0, resolved: 0 };
  test.each([
    ['a run', runItem(run(1))],
    ['a scope record', scopeItem({ ...SCOPE, runId: 'run-1', seenAt: at(1), blindSince: {}, sight })],
    ['an audit', auditItem(audit(1))],
    ['a turn', turnItem({ runId: 'run-1', executionArn: 'arn' })],
    ['a bookmark', bookmarkItem(job, { startedAt: at(1), done: [], judgedUpTo: {}, blind: [], sight })],
    [
      'a day',
      postureItem({
        accountId: ACCOUNT,
        day: '2026-11-21',
        runId: 'r',
        counts: { ...none, bySeverity: perSeverity(() => none) },
        resources: 0,
        evaluations: 0,
        unknown: 0,
      }),
    ],
    ['an activity', activityItem(kept('a', 8))],
    ['a look', lookItem('thing', at(1))],
    ['a heartbeat', heartbeatItem(SCOPE, at(1))],
    ['a claim', ledgerItem('x-1', { state: 'claimed', claimedAt: at(1), claimToken: 't' })],
    ['a stranger', { pk: 'x', sk: 'y' }],
  ])('%s', (_what, item) => {
    expect(findingOfImage(toImage(item))).toBeUndefined();
  });

  test.each([undefined, null, '', 1, [], {}, { pk: null }, { pk: 'FINDING#x' }, { pk: { N: '1' } }])('%j', (image) => {
    expect(findingOfImage(image)).toBeUndefined();
  });
});

describe('a finding', () => {
  test('of a newer version is not guessed at', () => {
    expect(() => findingOfImage(toImage({ ...findingItem(finding('sg-1')), schema: 2 }))).toThrow(/stream was written by a newer version/);
  });

  test.each([
    ['without a state', { state: undefined }],
    ['whose evidence is no JSON', { evidence: '{' }],
  ])('%s is named', (_what, change) => {
    const image = toImage({ ...findingItem(finding('sg-1')), ...change });
    expect(() => findingOfImage(image)).toThrow(/holds the item FINDING#.* which is not ours/);
  });
});

describe('an activity', () => {
  test('comes out of the stream exactly as it went into the table', () => {
    fc.assert(
      fc.property(evidence, odd, fc.boolean(), (seen, reason, unsure) => {
        const saved = kept('a', 8, {
          evidence: toBoundedEvidence(JSON.parse(JSON.stringify(seen))),
          reason: reason.toWellFormed(),
          unsure,
        });
        expect(isDeepStrictEqual(untoldActivityOfImage(toImage(activityItem(saved))), saved)).toBe(true);
      }),
    );
  });

  test.each([
    ['that is not urgent', activityItem(kept('a', 8, { severity: 'MEDIUM' }))],
    ['that was told', { ...activityItem(kept('a', 8)), unannounced: false }],
    ['that is a finding', findingItem(finding('sg-1', { unannounced: true }))],
  ])('%s is not to be told', (_what, item) => {
    expect(untoldActivityOfImage(toImage(item))).toBeUndefined();
  });

  test('of a newer version is not guessed at', () => {
    expect(() => untoldActivityOfImage(toImage({ ...activityItem(kept('a', 8)), schema: 2 }))).toThrow(/newer version/);
  });
});
