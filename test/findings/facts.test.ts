import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EvidenceValue } from '../../checks/check.ts';
import { isSameFacts, toBoundedEvidence, toFacts } from '../../findings/facts.ts';
import { fails, group } from './samples.ts';

const value = fc.letrec<{ value: EvidenceValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary', maxLength: 3_000 }),
    fc.double(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 80 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 10 }),
  ),
})).value;
const evidence = fc.dictionary(fc.string(), value, { maxKeys: 30 });

test('evidence is never larger than what a store takes', () => {
  fc.assert(
    fc.property(evidence, (observed) => {
      expect(Buffer.byteLength(JSON.stringify(toBoundedEvidence(observed)))).toBeLessThanOrEqual(8_000);
    }),
  );
});

test('facts that were stored and read again are still the same', () => {
  fc.assert(
    fc.property(evidence, fc.string({ unit: 'binary' }), (observed, reason) => {
      const sg = group('sg-1');
      const facts = toFacts({ checkId: 'a-check', resource: sg, status: 'FAIL', severity: 'HIGH', reason, evidence: observed });
      const stored = {
        ...facts,
        reason: Buffer.from(facts.reason).toString(),
        evidence: JSON.parse(Buffer.from(JSON.stringify(facts.evidence)).toString()),
      };
      expect(isSameFacts(facts, stored)).toBe(true);
    }),
  );
});

test('evidence that was cut says so', () => {
  expect(toBoundedEvidence({ statement: 'x'.repeat(20_000) })).toEqual({ statement: `${'x'.repeat(999)}…`, cut: 'shortened from 21 kB' });
  expect(toBoundedEvidence({ rules: Array.from({ length: 4_000 }, (_, port) => port) })).toMatchObject({ cut: 'shortened from 19 kB' });
});

test('evidence that fits is left as it is', () => {
  const evaluation = fails(group('sg-1'));
  expect(toFacts(evaluation).evidence).toEqual(evaluation.evidence);
});
