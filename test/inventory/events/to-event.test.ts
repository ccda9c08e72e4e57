import { describe, expect, test } from 'vitest';
import { recordIn } from '../../../inventory/events/envelope.ts';
import type { CloudTrailEvent } from '../../../inventory/events/event.ts';
import { toEvent } from '../../../inventory/events/to-event.ts';
import { corpusRecords, corpusTitle, hasCorpus, type Raw } from './corpus.ts';
import { record } from './records.ts';

function event(other: Raw = {}): CloudTrailEvent {
  const made = toEvent(record(other));
  if (made === undefined) throw new Error('no event');
  return made;
}

test('an event has what its record says', () => {
  const { id, name, source, at, accountId, region, type, outcome, errorCode, sourceAddress, userAgent, faults, resources } = event();
  expect({ id, name, source, at, accountId, region, type, outcome, errorCode, sourceAddress, userAgent, faults, resources }).toEqual({
    id: 'e0000000-0000-4000-8000-000000000001',
    name: 'AuthorizeSecurityGroupIngress',
    source: 'ec2.amazonaws.com',
    at: '2026-11-21T08:00:00.000Z',
    accountId: '111122223333',
    region: 'eu-west-1',
    type: 'AwsApiCall',
    outcome: 'succeeded',
    errorCode: undefined,
    sourceAddress: '198.51.100.7',
    userAgent: 'Boto3/1.40.0 md/Botocore#1.40.0',
    faults: [],
    resources: [],
  });
});

test.each([[null], [undefined], ['x'], [5], [[]], [[{ eventName: 'x' }]]])('%j is no event', (body) => {
  expect(toEvent(body)).toBeUndefined();
});

test('an empty object is an event with faults', () => {
  const empty = toEvent({});
  expect(empty?.faults).toEqual([
    'eventID is missing',
    'eventName is missing',
    'eventSource is missing',
    'awsRegion is missing',
    'eventTime is missing',
    'recipientAccountId is missing',
    'userIdentity is missing',
  ]);
  expect(empty?.at).toBe('');
  expect(empty?.accountId).toBe('');
});

test.each([
  ['AddPermission20150331v2', 'AddPermission'],
  ['UpdateFunctionCode20150331v2', 'UpdateFunctionCode'],
  ['CreateFunction20150331', 'CreateFunction'],
  ['CreateFunction', 'CreateFunction'],
  ['GetTranscript2015', 'GetTranscript2015'],
])('%s is called %s', (eventName, name) => {
  expect(event({ eventName }).name).toBe(name);
});

test.each([
  ['2026-11-21T08:00:00Z', '2026-11-21T08:00:00.000Z'],
  ['2026-11-21T08:00:00.25Z', '2026-11-21T08:00:00.250Z'],
  ['2026-01-31T23:59:59Z', '2026-01-31T23:59:59.000Z'],
  ['2026-11-21T10:00:00+02:00', '2026-11-21T08:00:00.000Z'],
])('the time %s is %s', (eventTime, at) => {
  expect(event({ eventTime }).at).toBe(at);
});

test.each([
  ['yesterday'],
  ['2026-11-32T08:00:00Z'],
  ['2026-11-21T24:30:00Z'],
  ['2026-13-41T08:00:00Z'],
  [1763712000],
  [{}],
  ['2026-11-21'],
  [''],
])('%j is no time', (eventTime) => {
  const broken = event({ eventTime });
  expect(broken.at).toBe('');
  expect(broken.faults).toEqual([eventTime === '' ? 'eventTime is missing' : 'eventTime is no time']);
});

describe('the account that was touched', () => {
  const identity = { type: 'AWSAccount', accountId: '444455556666' };

  test('is the recipient, not the caller', () => {
    expect(event({ userIdentity: identity }).accountId).toBe('111122223333');
  });

  test("is the caller's where the recipient is missing, which is a fault", () => {
    const without = event({ userIdentity: identity, recipientAccountId: undefined });
    expect(without.accountId).toBe('444455556666');
    expect(without.faults).toEqual(['recipientAccountId is missing']);
  });

  test('has its leading zeros again where it was made a number', () => {
    expect(event({ recipientAccountId: 12345678 }).accountId).toBe('000012345678');
    expect(event({ recipientAccountId: 7 }).faults).toEqual(['recipientAccountId is no account id']);
  });

  test('is nobody of a nonsensical name', () => {
    expect(event({ recipientAccountId: 'me', userIdentity: { accountId: 'ANONYMOUS_PRINCIPAL' } }).accountId).toBe('');
  });
});

describe('the outcome', () => {
  test.each([
    ['AccessDenied', 'refused'],
    ['AccessDeniedException', 'refused'],
    ['Client.UnauthorizedOperation', 'refused'],
    ['UnauthorizedOperation', 'refused'],
    ['KMSAccessDeniedException', 'refused'],
    ['AuthorizationError', 'refused'],
    ['NotAuthorized', 'refused'],
    ['UnauthorizedException', 'refused'],
    ['Client.DryRunOperation', 'dry run'],
    ['DryRunOperation', 'dry run'],
    ['ThrottlingException', 'failed'],
    ['NoSuchEntityException', 'failed'],
    ['Client.AuthFailure', 'failed'],
  ])('of %s is %s', (errorCode, outcome) => {
    expect(event({ errorCode, errorMessage: 'told' }).outcome).toBe(outcome);
  });

  const signIn = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' };

  test.each([
    ['a message alone', { ...signIn, errorMessage: 'Failed authentication' }],
    ['an answer alone', { ...signIn, responseElements: { ConsoleLogin: 'Failure' } }],
    ['both', { ...signIn, errorMessage: 'Failed authentication', responseElements: { ConsoleLogin: 'Failure' } }],
    ['details of the service', { ...signIn, eventType: 'AwsServiceEvent', serviceEventDetails: { CredentialVerification: 'Failure' } }],
  ])('of a sign-in that failed by %s is failed', (_, other) => {
    expect(event(other).outcome).toBe('failed');
  });

  test('of a sign-in that was let in is succeeded', () => {
    expect(event({ ...signIn, responseElements: { ConsoleLogin: 'Success' } }).outcome).toBe('succeeded');
  });

  test('of a call with a broken error code is taken for a change, and the fault told', () => {
    const broken = event({ errorCode: { a: 1 } });
    expect(broken.outcome).toBe('succeeded');
    expect(broken.faults).toEqual(['errorCode is no text']);
  });
});

describe('request and response', () => {
  test('lie bare', () => {
    const bare = event({ requestParameters: { groupId: 'sg-1' }, responseElements: { _return: true } });
    expect(bare.request.at('groupId').text).toBe('sg-1');
    expect(bare.response.at('_return').flag).toBe(true);
  });

  test('are taken out of the wrapper of newer APIs', () => {
    const wrapped = event({
      eventName: 'CreateFlowLogs',
      requestParameters: { CreateFlowLogsRequest: { ResourceId: { tag: 1, content: 'vpc-1' } } },
      responseElements: { CreateFlowLogsResponse: { flowLogIdSet: { item: 'fl-1' } } },
    });
    expect(wrapped.request.at('resourceId').list.map(({ text }) => text)).toEqual(['vpc-1']);
    expect(wrapped.response.at('flowLogIdSet').list.map(({ text }) => text)).toEqual(['fl-1']);
  });

  test('are taken out of a wrapper named with a date', () => {
    const eventName = 'UpdateThing20150331v2';
    expect(event({ eventName, requestParameters: { UpdateThing20150331v2Request: { Id: '1' } } }).request.at('id').text).toBe('1');
    expect(event({ eventName, requestParameters: { UpdateThingRequest: { Id: '1' } } }).request.at('id').text).toBe('1');
  });

  test('are absent in an empty wrapper', () => {
    const empty = event({ eventName: 'EnableSerialConsoleAccess', requestParameters: { EnableSerialConsoleAccessRequest: '' } });
    expect(empty.request.exists).toBe(false);
    expect(empty.faults).toEqual([]);
  });

  test('of another name are no wrapper', () => {
    expect(event({ requestParameters: { SomethingRequest: { a: 1 } } }).request.at('a').exists).toBe(false);
  });

  test.each([['text'], [5], [[]], [true]])('%j is a fault, and nothing can be known of it', (requestParameters) => {
    const broken = event({ requestParameters });
    expect(broken.faults).toEqual(['requestParameters are no object']);
    expect(() => broken.request.at('groupId').exists).toThrow('requestParameters is no object');
  });

  test('that were left out are a fault, and nothing can be known of them', () => {
    const omitted = event({ requestParameters: { reason: 'requestParameters too large', omitted: true, originalSize: 149893 } });
    expect(omitted.faults).toEqual(['requestParameters were left out for size']);
    expect(() => omitted.request.at('groupId').exists).toThrow('requestParameters is not known: CloudTrail left out');
  });

  test('that are missing from a record that was cut are not taken for absent', () => {
    const cut = event({ omitted: true, requestParameters: { groupId: 'sg-1' } });
    expect(cut.faults).toEqual(['parts of the record were left out for their size']);
    expect(cut.request.at('groupId').text).toBe('sg-1');
    expect(() => cut.response.exists).toThrow('responseElements is not known');
  });
});

test('resources are read in both spellings', () => {
  const resources = [
    { ARN: 'arn:aws:s3:::a', type: 'AWS::S3::Bucket' },
    { arn: 'arn:aws:kms:::key/b', resourceType: 'AWS::KMS::Key' },
    { accountId: '1' },
    'x',
    null,
    { ARN: 5 },
  ];
  expect(event({ resources }).resources).toEqual([
    { arn: 'arn:aws:s3:::a', type: 'AWS::S3::Bucket' },
    { arn: 'arn:aws:kms:::key/b', type: 'AWS::KMS::Key' },
    { arn: '5', type: undefined },
  ]);
});

describe('the record', () => {
  const inner = record();

  test('of an EventBridge event is its detail', () => {
    expect(recordIn({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.ec2', detail: inner })).toBe(inner);
  });

  test.each([[null], ['x'], [{ a: 1 }], [{ detail: { a: 1 } }], [[inner]]])('of %j is the thing itself', (body) => {
    expect(recordIn(body)).toBe(body);
  });

  test('that has a detail of its own is itself', () => {
    const odd = { ...inner, detail: { eventName: 'other' }, 'detail-type': 'x' };
    expect(recordIn(odd)).toBe(odd);
  });
});

describe.skipIf(!hasCorpus)(corpusTitle, () => {
  test('parses whole, without a fault, with an actor that has a name', () => {
    const records = corpusRecords();
    const wrong = records.filter((raw) => {
      const parsed = toEvent(raw);
      return (
        parsed === undefined || parsed.faults.length > 0 || parsed.actor.name.trim() === '' || parsed.at === '' || parsed.accountId === ''
      );
    });
    expect(records.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});
