import { describe, expect, test } from 'vitest';
import { actingService, isThrottled, nameIn, toDeed } from '../../../checks/predicates/deeds.ts';
import { exampleEvent } from '../activity/example-event.ts';

test.each([
  ['LeaveOrganization', 'organization left'],
  ['RemoveAccountFromOrganization', 'account removed from organization'],
  ['DisassociateFromAdministratorAccount', 'disassociated from administrator account'],
  ['InviteAccountToOrganization', 'account invited to organization'],
  ['PutBucketAcl', 'bucket ACL set'],
  ['StopLogging', 'logging stopped'],
  ['DeleteDBInstance', 'DB instance deleted'],
  ['DetachVpcEndpoint2', 'VPC endpoint 2 detached'],
  ['ScheduleKeyDeletion', 'key deletion scheduled'],
  ['BatchDisableStandards', 'standards disabled'],
])('%s is told as: %s', (name, told) => {
  expect(toDeed({ name, outcome: 'succeeded' })).toBe(told);
});

test('what did not come about is told as tried', () => {
  expect(toDeed({ name: 'LeaveOrganization', outcome: 'refused' })).toBe('tried to leave organization, refused');
});

test('what it was done to is named, and how; a long name is cut', () => {
  const name = 'DeleteRouteTable';
  expect(toDeed({ name, outcome: 'succeeded' }, 'rtb-1')).toBe('route table deleted: rtb-1');
  expect(toDeed({ name, outcome: 'succeeded' }, 'rtb-1', 'the last')).toBe('route table deleted: rtb-1, the last');
  expect(toDeed({ name, outcome: 'succeeded' }, undefined, 'the last')).toBe('route table deleted: the last');
  expect(toDeed({ name, outcome: 'refused' }, 'rtb-1')).toBe('tried to delete route table: rtb-1, refused');
  expect(toDeed({ name: 'PutBucketAcl', outcome: 'refused' })).toBe('tried to set bucket ACL, refused');
  expect(toDeed({ name, outcome: 'succeeded' }, 'x'.repeat(80))).toBe(`route table deleted: ${'x'.repeat(80)}`);
  expect(toDeed({ name, outcome: 'succeeded' }, 'x'.repeat(81))).toBe(`route table deleted: ${'x'.repeat(80)}…`);
});

test.each([
  ['arn:aws:iam::111122223333:role/ci/deploy', 'deploy'],
  ['arn:aws:sns:eu-west-1:111122223333:alarms', 'alarms'],
  ['arn:aws:s3:::', 'arn:aws:s3:::'],
  ['a/b:c', 'a/b:c'],
])('%s is called %s', (text, name) => {
  expect(nameIn(text)).toBe(name);
});

describe('the service that acted', () => {
  const user = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ana', accountId: '111122223333', userName: 'ana' };
  const session = (role: string) => ({
    ...{ type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/x/y', accountId: '111122223333' },
    sessionContext: { sessionIssuer: { type: 'Role', arn: `arn:aws:iam::111122223333:role/${role}`, userName: 'x' } },
  });

  test.each<[string, object, string | undefined]>([
    ['for somebody', { ...user, invokedBy: 'cloudformation.amazonaws.com' }, 'cloudformation.amazonaws.com'],
    ['by itself', { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }, 'autoscaling.amazonaws.com'],
    ['by its linked role', session('aws-service-role/rds.amazonaws.com/x'), 'rds.amazonaws.com'],
    ['not by a role of the team', session('app/x'), undefined],
    ['not by a person', user, undefined],
  ])('%s', (_, userIdentity, expected) => {
    expect(actingService(exampleEvent({ eventSource: 'ec2.amazonaws.com', eventName: 'X', userIdentity }))).toBe(expected);
  });
});

test.each([
  ['ThrottlingException', true],
  ['RequestLimitExceeded', true],
  ['TooManyRequestsException', true],
  ['SlowDown', true],
  ['AccessDenied', false],
  [undefined, false],
])('%s is throttling: %s', (errorCode, expected) => {
  expect(isThrottled({ errorCode })).toBe(expected);
});
