import { expect, test } from 'vitest';
import { secretsEvidence } from '../../../checks/predicates/user-data.ts';

test('the evidence says what the secrets seem to be and where', () => {
  const found = [
    { kind: 'AWS access key', line: 3 },
    { kind: 'private key', line: 12 },
  ];
  expect(secretsEvidence(found)).toEqual({ secrets: ['AWS access key on line 3', 'private key on line 12'] });
});
