import { expect, test } from 'vitest';
import { topics } from '../../../inventory/sns/topic.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, type Input, pages, refused } from '../fake-session.ts';

const arnOf = (name: string, account = ACCOUNT) => `arn:aws:sns:eu-central-1:${account}:${name}`;
const STATEMENT = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'SNS:Publish', Resource: arnOf('orders') };
const ATTRIBUTES = {
  TopicArn: arnOf('orders'),
  Policy: JSON.stringify({ Version: '2008-10-17', Statement: [STATEMENT] }),
  KmsMasterKeyId: 'alias/orders',
};
const SUBSCRIPTION = `${arnOf('orders')}:11111111-2222-3333-4444-555555555555`;

/** The topics are there; all others are not. */
function attributesOf({ TopicArn }: Input): object {
  if (TopicArn !== arnOf('orders') && TopicArn !== arnOf('news')) throw refused('NotFound', 404);
  return { Attributes: { ...ATTRIBUTES, TopicArn } };
}

const contract: ReaderContract = {
  reader: topics,
  ids: ['orders'],
  unpaged: true,
  answers: {
    'sns:ListTopics': { Topics: [{ TopicArn: arnOf('orders') }] },
    'sns:GetTopicAttributes': attributesOf,
    'sns:ListSubscriptionsByTopic': pages(
      { Subscriptions: [{ SubscriptionArn: SUBSCRIPTION, Protocol: 'https', Endpoint: 'https://example.com/' }] },
      { Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Protocol: 'http', Endpoint: 'http://example.com/' }] },
    ),
  },
  facets: {
    policy: {
      statements: [
        {
          ...{ effect: 'Allow', actions: ['SNS:Publish'], resources: [arnOf('orders')], conditions: [] },
          principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
        },
      ],
    },
    kmsKey: 'alias/orders',
    subscriptions: [
      { arn: SUBSCRIPTION, protocol: 'https' },
      { arn: undefined, protocol: 'http' },
    ],
  },
  absences: {
    key: { answers: attributes({ KmsMasterKeyId: undefined }), facet: 'kmsKey', value: undefined },
    policy: { answers: attributes({ Policy: undefined }), facet: 'policy', value: undefined },
  },
};

function attributes(changed: object): Answers {
  return { 'sns:GetTopicAttributes': { Attributes: { ...ATTRIBUTES, ...changed } } };
}

describeReader(contract);

const paged = {
  ...contract.answers,
  'sns:ListTopics': pages({ Topics: [{ TopicArn: arnOf('orders') }] }, { Topics: [{ TopicArn: arnOf('news') }] }),
};

test('the listing follows pages, and says that it is partial when one is denied', async () => {
  const { session } = fakeSession(paged);
  expect((await topics.list(session, scopeOf(topics))).known.map(({ identity }) => identity.id)).toEqual(['orders', 'news']);
  const denied = ({ NextToken }: Input) => {
    if (NextToken === undefined) return { Topics: [{ TopicArn: arnOf('orders') }], NextToken: '1' };
    throw refused('AuthorizationError', 403);
  };
  const { session: broken } = fakeSession({ ...paged, 'sns:ListTopics': denied });
  expect(await topics.list(broken, scopeOf(topics))).toMatchObject({ known: [{}], unread: { cause: 'denied' } });
});

test('of single topics only what is missing is gone, and one that is refused leaves all open', async () => {
  const { session } = fakeSession(contract.answers);
  const { known, unread } = await topics.only(session, scopeOf(topics), ['orders', 'gone', arnOf('news')]);
  expect([known.map(({ identity }) => identity.arn), unread]).toEqual([[arnOf('orders'), arnOf('news')], undefined]);
  const refusing = (input: Input) => {
    if (input.TopicArn === arnOf('news')) throw refused('AuthorizationError', 403);
    return attributesOf(input);
  };
  const { session: broken } = fakeSession({ ...contract.answers, 'sns:GetTopicAttributes': refusing });
  expect(await refusalOf(() => topics.only(broken, scopeOf(topics), ['orders', 'news']))).toMatchObject({ cause: 'denied' });
});

test("another account's topic of the same name is not asked for", async () => {
  const { session, sent } = fakeSession(contract.answers);
  await topics.only(session, scopeOf(topics), [arnOf('orders', '999999999999')]);
  expect(sent.map(({ input }) => input.TopicArn)).toEqual([arnOf('orders')]);
});

test('endpoints of subscriptions, which may be addresses, are not kept', async () => {
  const { resource } = await subjectOf(contract);
  expect(JSON.stringify(await facetOf(resource, 'subscriptions'))).not.toContain('example.com');
});

test('a topic that was deleted meanwhile says so', async () => {
  const { resource } = await subjectOf(contract, { ...contract.answers, 'sns:GetTopicAttributes': () => attributesOf({}) });
  expect(await refusalOf(() => facetOf(resource, 'policy'))).toMatchObject({ cause: 'no-data', permissions: [] });
});

test.each([
  ['policy', 'sns:GetTopicAttributes', {}],
  ['policy', 'sns:GetTopicAttributes', { Attributes: {} }],
  ['kmsKey', 'sns:GetTopicAttributes', { Attributes: { KmsMasterKeyId: 'alias/orders' } }],
  ['subscriptions', 'sns:ListSubscriptionsByTopic', {}],
  ['subscriptions', 'sns:ListSubscriptionsByTopic', { Subscriptions: [{ Protocol: 'http' }] }],
])('%s is unread when %s answers %j', async (facet, operation, answer) => {
  const { resource } = await subjectOf(contract, { ...contract.answers, [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation });
});

test('a listing without topics in it is no empty region', async () => {
  const { session } = fakeSession({ 'sns:ListTopics': {} });
  expect(await refusalOf(() => topics.list(session, scopeOf(topics)))).toMatchObject({ cause: 'malformed', operation: 'sns:ListTopics' });
});
