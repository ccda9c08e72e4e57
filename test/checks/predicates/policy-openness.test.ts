import { describe, expect, test } from 'vitest';
import { failByOpenings, openingsBy } from '../../../checks/predicates/policy-openness.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const OWN = '111122223333';
const QUEUE = `arn:aws:sqs:eu-west-1:${OWN}:orders`;
const BEARER = {
  home: { accountId: OWN, trustedAccounts: ['777788889999'] },
  arns: [QUEUE],
  actions: { read: ['sqs:receivemessage'], write: ['sqs:sendmessage'], admin: ['sqs:setqueueattributes'] },
};
const DEEDS = { read: 'read from', write: 'send to' };
const EVERYONE = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: QUEUE };
const SOMETIMES = { ...EVERYONE, Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } };
const PARTNER = { ...EVERYONE, Principal: { AWS: '444455556666' } };

describe('the ways in', () => {
  test('are told worst first: everybody, everybody under conditions, and accounts that nobody trusts', () => {
    expect(openings(PARTNER, SOMETIMES, EVERYONE)).toMatchObject([
      { reason: 'its policy lets everyone send to it', evidence: { statement: 'statement 3', effect: 'Allow' } },
      { reason: 'its policy lets everyone send to it, under conditions', modifier: { severity: 'HIGH' } },
      { reason: 'its policy lets account 444455556666 send to it', modifier: { severity: 'MEDIUM' } },
    ]);
    expect(openings(EVERYONE)[0]).not.toHaveProperty('modifier');
  });

  test.each<[string, object, string]>([
    ['all that may be done', { Action: 'sqs:*' }, 'its policy lets everyone send to and read from it'],
    ['no more than a use, where it has no name', { Action: 'sqs:SetQueueAttributes' }, 'its policy lets everyone use it'],
  ])('say %s', (_, more, reason) => {
    expect(openings({ ...EVERYONE, ...more }).map((opening) => opening.reason)).toEqual([reason]);
  });

  test('are not those of trusted accounts', () => {
    expect(openings({ ...EVERYONE, Principal: { AWS: '777788889999' } })).toEqual([]);
  });

  test('are not those for everybody of which another check speaks', () => {
    const policy = toPolicyDocument({ Statement: [{ ...EVERYONE, Sid: 'Known' }, PARTNER] }, 'test');
    const left = openingsBy(policy, BEARER, DEEDS, ({ sid }) => sid === 'Known');
    expect(left.map(({ reason }) => reason)).toEqual(['its policy lets account 444455556666 send to it']);
  });
});

describe('the verdict', () => {
  test('of one way in has its statement, by its Sid where it has one', () => {
    expect(failByOpenings(openings({ ...EVERYONE, Sid: 'Open' }))).toMatchObject({
      evidence: { sid: 'Open', action: ['sqs:SendMessage'] },
    });
    expect(failByOpenings(openings({ ...EVERYONE, Sid: 'Open' }))?.evidence).not.toHaveProperty('statement');
    expect(failByOpenings(openings(EVERYONE))).toMatchObject({ evidence: { statement: 'statement 1' } });
  });

  test('of several is that of the worst, with all as evidence', () => {
    const verdict = failByOpenings(openings(PARTNER, SOMETIMES));
    expect(verdict).toMatchObject({
      reason: 'its policy lets everyone send to it, under conditions',
      severity: 'HIGH',
      evidence: {
        openings: [
          { reason: 'its policy lets everyone send to it, under conditions', statement: 'statement 2' },
          { reason: 'its policy lets account 444455556666 send to it', statement: 'statement 1' },
        ],
      },
    });
  });

  test('of none is none', () => {
    expect(failByOpenings([])).toBeUndefined();
  });
});

function openings(...Statement: readonly object[]) {
  return openingsBy(toPolicyDocument({ Statement }, 'test'), BEARER, DEEDS);
}
