import { describe, expect, test } from 'vitest';
import { changeNotice, NOT_RECORDED, tamperingByHand, tamperingNotice } from '../../../checks/predicates/notices.ts';
import { exampleEvent } from '../activity/example-event.ts';

const EVENT = { eventSource: 'ec2.amazonaws.com', eventName: 'CreateRoute', requestParameters: { routeTableId: 'rtb-1' } };
const REFUSED = { ...EVENT, errorCode: 'Client.UnauthorizedOperation' };
const FAILED = { ...EVENT, errorCode: 'Client.InvalidParameterValue' };
const DRY_RUN = { ...EVENT, errorCode: 'Client.DryRunOperation' };
const CHANGE = { service: 'ec2.amazonaws.com', what: 'rtb-1', evidence: { routeTableId: 'rtb-1' } };
const notice = (example: Parameters<typeof exampleEvent>[0], more: object = {}) =>
  changeNotice(exampleEvent(example), { ...CHANGE, ...more });

describe('a change', () => {
  test('that somebody made is as severe as its check, with its evidence', () => {
    const told = notice(EVENT);
    expect(told).toMatchObject({ evidence: { routeTableId: 'rtb-1' } });
    expect(told).not.toHaveProperty('severity');
    expect(told).not.toHaveProperty('evidence.errorCode');
  });

  test.each([
    ['that was refused', REFUSED, {}],
    ['that failed', FAILED, {}],
    ['that is ordinary', EVENT, { routine: 'with its subnet' }],
    ['in another service', { ...EVENT, eventSource: 'elasticloadbalancing.amazonaws.com' }, {}],
  ])('%s is LOW', (_, example, more) => {
    expect(notice(example, more)).toMatchObject({ severity: 'LOW' });
  });

  test('that did not come about says why', () => {
    expect(notice(REFUSED)).toMatchObject({ evidence: { routeTableId: 'rtb-1', errorCode: 'Client.UnauthorizedOperation' } });
    const long = notice({ ...EVENT, errorCode: 'X'.repeat(300) });
    expect(long).toMatchObject({ evidence: { errorCode: 'X'.repeat(256) } });
  });

  test('that was tried on dry land is none', () => {
    expect(notice(DRY_RUN)).toBeUndefined();
  });

  test('is told once of the same thing by the same hand, and once more of another', () => {
    const keyOf = (example: object, more: object = {}) => notice({ ...EVENT, ...example }, more)?.once?.key;
    expect(keyOf({})).toBe(keyOf({}));
    expect(notice(EVENT)?.once?.minutes).toBe(5);
    const keys = [
      keyOf({}),
      keyOf({}, { what: 'rtb-2' }),
      keyOf({ eventName: 'DeleteRoute' }),
      keyOf({ awsRegion: 'us-east-1' }),
      keyOf({ recipientAccountId: '444455556666' }),
      keyOf({ errorCode: 'Client.UnauthorizedOperation' }),
      keyOf({ userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/bob', accountId: '111122223333', userName: 'bob' } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('tampering', () => {
  test.each([
    ['that was done', EVENT, {}, undefined],
    ['that was done, of a severity of its own', EVENT, { severity: 'MEDIUM' }, 'MEDIUM'],
    ['that was refused, which is as severe', REFUSED, { severity: 'MEDIUM' }, 'MEDIUM'],
    ['that failed', FAILED, { severity: 'MEDIUM' }, 'LOW'],
    ['that was refused, and perhaps asked for nothing of the kind', REFUSED, { how: NOT_RECORDED }, 'LOW'],
  ] as const)('%s', (_, example, tampering, severity) => {
    expect(tamperingNotice(exampleEvent(example), tampering)?.severity).toBe(severity);
  });

  test('that was refused says how', () => {
    expect(tamperingNotice(exampleEvent(REFUSED), { evidence: { routeTableId: 'rtb-1' } })?.evidence).toEqual({
      routeTableId: 'rtb-1',
      errorCode: 'Client.UnauthorizedOperation',
    });
    expect(tamperingNotice(exampleEvent(EVENT), { evidence: { routeTableId: 'rtb-1' } })?.evidence).toEqual({ routeTableId: 'rtb-1' });
  });

  test('that was tried on dry land is none', () => {
    expect(tamperingNotice(exampleEvent(DRY_RUN))).toBeUndefined();
  });

  test('by a service that does it all day long is LOW', () => {
    const byService = { ...EVENT, userIdentity: { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' } };
    expect(tamperingByHand(exampleEvent(byService), { severity: 'HIGH' })).toMatchObject({ severity: 'LOW' });
    expect(tamperingByHand(exampleEvent(EVENT), { severity: 'HIGH' })).toMatchObject({ severity: 'HIGH' });
  });
});
