import { describe, expect, test } from 'vitest';
import { lookupRootEvents, readRootEvents } from '../../../inventory/account/root-events.ts';
import type { Session } from '../../../inventory/session.ts';
import { ACCOUNT, type Answer, fakeSession, pages, refused } from '../fake-session.ts';

const TIME = new Date('2026-11-20T10:00:00Z');
const ROOT = { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` };

function event(record: object, name = 'CreateUser') {
  const whole = { userIdentity: ROOT, eventType: 'AwsApiCall', eventName: name, ...record };
  return { EventId: 'e1', EventName: name, EventSource: 'iam.amazonaws.com', EventTime: TIME, CloudTrailEvent: JSON.stringify(whole) };
}

async function read(answer: Answer, given: Partial<Session> = { regions: ['us-east-1'] }) {
  const { session, sent } = fakeSession({ 'cloudtrail:LookupEvents': answer }, given);
  const events = await readRootEvents({ session, scope: { accountId: ACCOUNT, region: 'global' }, declared: [lookupRootEvents] });
  return { events, sent };
}

describe('events that are the root user', () => {
  test.each([
    ['a call', event({})],
    ['a call that was refused', event({ errorCode: 'AccessDenied' })],
    ['a sign-in', event({ eventType: 'AwsConsoleSignIn', responseElements: { ConsoleLogin: 'Success' } }, 'ConsoleLogin')],
    ['the console acting for the person', event({ userIdentity: { ...ROOT, invokedBy: 'signin.amazonaws.com' } })],
    ['AWS-internal forwarding', event({ userIdentity: { ...ROOT, invokedBy: 'AWS Internal' } })],
  ])('%s', async (_what, looked) => {
    const { events } = await read({ Events: [looked] });
    expect([...events]).toEqual([
      {
        eventId: 'e1',
        eventName: looked.EventName,
        eventSource: 'iam.amazonaws.com',
        occurredAt: '2026-11-20T10:00:00.000Z',
        region: 'us-east-1',
      },
    ]);
  });
});

describe('events that are not the root user', () => {
  test.each([
    ['a service event', event({ eventType: 'AwsServiceEvent' })],
    ['a service acting for the account', event({ userIdentity: { ...ROOT, invokedBy: 'autoscaling.amazonaws.com' } })],
    ['an IAM user who is called root', event({ userIdentity: { type: 'IAMUser', userName: 'root' } })],
    ['a failed sign-in, which anybody can cause', event({ responseElements: { ConsoleLogin: 'Failure' } }, 'ConsoleLogin')],
    ['a request for a new password, which anybody can make', event({}, 'PasswordRecoveryRequested')],
  ])('%s', async (_what, looked) => {
    const { events } = await read({ Events: [looked] });
    expect([...events]).toEqual([]);
  });
});

test('asks every enabled region once for events under the name root', async () => {
  const { sent } = await read({ Events: [] }, { regions: ['eu-west-1', 'us-east-1'] });
  expect(sent.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
  expect(sent[0]?.input).toMatchObject({ LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'root' }], MaxResults: 50 });
});

test('asks the global region when the regions are not known', async () => {
  const { sent } = await read({ Events: [] }, { regions: [] });
  expect(sent.map(({ region }) => region)).toEqual(['us-east-1']);
});

test('does not claim that there are none where nobody could say which regions there are', async () => {
  const regionsUnread = {
    cause: 'denied',
    operation: 'ec2:DescribeRegions',
    permissions: ['ec2:DescribeRegions'],
    message: 'denied',
  } as const;
  const { events } = await read({ Events: [] }, { regions: ['us-east-1'], regionsUnread });
  expect(events).toMatchObject({ known: [], unread: regionsUnread });
});

test('stops at the first page that holds an event of the root user', async () => {
  const service = event({ eventType: 'AwsServiceEvent' });
  const { events, sent } = await read(pages({ Events: [service] }, { Events: [event({})] }, { Events: [event({})] }));
  expect(events.known).toHaveLength(1);
  expect(sent).toHaveLength(2);
});

test('does not claim that there are none when it gave up looking', async () => {
  const service = event({ eventType: 'AwsServiceEvent' });
  const { events } = await read({ Events: [service], NextToken: 'more' });
  expect(events).toMatchObject({ known: [], unread: { cause: 'no-data' } });
});

test('a region that refuses leaves the others standing', async () => {
  const { events } = await read(
    (_input, region) => {
      if (region === 'eu-west-1') throw refused('AccessDeniedException');
      return { Events: [event({})] };
    },
    { regions: ['eu-west-1', 'us-east-1'] },
  );
  expect(events).toMatchObject({ known: [{ region: 'us-east-1' }], unread: { cause: 'denied', permissions: ['cloudtrail:LookupEvents'] } });
});

test.each([
  ['no record', { ...event({}), CloudTrailEvent: undefined }],
  ['a record that breaks off', { ...event({}), CloudTrailEvent: '{"userIdentity"' }],
  ['no identity', event({ userIdentity: undefined })],
  ['an identity of no kind', event({ userIdentity: { ...ROOT, type: 7 } })],
  ['no time', { ...event({}), EventTime: undefined }],
])('an event with %s leaves the list open, beside those that can be read', async (_what, looked) => {
  const { events } = await read({ Events: [looked, event({})] });
  expect(events).toMatchObject({ known: [{ eventName: 'CreateUser' }], unread: { cause: 'malformed' } });
});
