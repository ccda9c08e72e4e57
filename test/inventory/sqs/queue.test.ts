import { expect, test } from 'vitest';
import { queues } from '../../../inventory/sqs/queue.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, type Input, pages, refused } from '../fake-session.ts';

const urlOf = (name: string, account = ACCOUNT) => `https://sqs.eu-central-1.amazonaws.com/${account}/${name}`;
const STATEMENT = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: STATEMENT });
const ATTRIBUTES = { QueueArn: `arn:aws:sqs:eu-central-1:${ACCOUNT}:orders`, Policy: POLICY, SqsManagedSseEnabled: 'true' };

const contract: ReaderContract = {
  reader: queues,
  ids: ['orders', 'mails.fifo'],
  answers: {
    'sqs:ListQueues': pages({ QueueUrls: [urlOf('orders')] }, { QueueUrls: [urlOf('mails.fifo')] }),
    'sqs:GetQueueAttributes': { Attributes: ATTRIBUTES },
  },
  facets: {
    policy: {
      statements: [
        {
          ...{ effect: 'Allow', actions: ['sqs:SendMessage'], resources: ['*'], conditions: [] },
          principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
        },
      ],
    },
    encryption: 'sqs',
  },
  absences: { policy: { answers: attributes({ Policy: undefined }), facet: 'policy', value: undefined } },
};

function attributes(changed: object): Answers {
  return { 'sqs:GetQueueAttributes': { Attributes: { ...ATTRIBUTES, ...changed } } };
}

describeReader(contract);

test('a queue is asked once for its attributes, by its URL, and never for messages', async () => {
  const { resource, sent } = await subjectOf(contract);
  for (const facet of ['policy', 'encryption']) await resource.facet(facet);
  const asked = sent.filter(({ operation }) => operation !== 'sqs:ListQueues');
  expect(asked.map(({ operation, input }) => [operation, input.QueueUrl])).toEqual([['sqs:GetQueueAttributes', urlOf('orders')]]);
  expect(resource.identity.arn).toBe(`arn:aws:sqs:eu-central-1:${ACCOUNT}:orders`);
});

test('a region without queues has none: SQS leaves the list out', async () => {
  const { session } = fakeSession({ 'sqs:ListQueues': {} });
  expect(await queues.list(session, scopeOf(queues))).toMatchObject({ known: [], unread: undefined });
});

test('single queues are asked for by their names, and others that begin alike are passed over', async () => {
  const { session, sent } = fakeSession({
    'sqs:ListQueues': ({ QueueNamePrefix }: Input) => ({ QueueUrls: [urlOf(`${QueueNamePrefix}-dead`), urlOf(`${QueueNamePrefix}`)] }),
  });
  const { known } = await queues.only(session, scopeOf(queues), ['orders', `arn:aws:sqs:eu-central-1:${ACCOUNT}:mails`]);
  expect(known.map(({ identity }) => identity.id)).toEqual(['orders', 'mails']);
  expect(sent.map(({ input }) => input.QueueNamePrefix)).toEqual(['orders', 'mails']);
});

test.each([
  ['a KMS key', { SqsManagedSseEnabled: 'false', KmsMasterKeyId: 'alias/orders' }, 'kms'],
  ['nothing', { SqsManagedSseEnabled: 'false' }, 'none'],
  ['keys of SQS', { SqsManagedSseEnabled: 'true', KmsMasterKeyId: '' }, 'sqs'],
])('what encrypts it: %s', async (_, changed, encryption) => {
  const { resource } = await subjectOf(contract, { ...contract.answers, ...attributes(changed) });
  expect(await facetOf(resource, 'encryption')).toBe(encryption);
});

test.each([
  ['policy', {}],
  ['policy', { Attributes: {} }],
  ['policy', { Attributes: { ...ATTRIBUTES, Policy: '{"Statement":[{' } }],
  ['encryption', { Attributes: { ...ATTRIBUTES, SqsManagedSseEnabled: undefined } }],
])('%s is unread when the attributes are %j', async (facet, answer) => {
  const { resource } = await subjectOf(contract, { ...contract.answers, 'sqs:GetQueueAttributes': answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation: 'sqs:GetQueueAttributes' });
});

test('a queue that was deleted meanwhile says so', async () => {
  const gone = () => {
    throw refused('QueueDoesNotExist');
  };
  const { resource } = await subjectOf(contract, { ...contract.answers, 'sqs:GetQueueAttributes': gone });
  expect(await refusalOf(() => facetOf(resource, 'policy'))).toMatchObject({ cause: 'no-data', permissions: [] });
});

test('a URL that is none makes the listing partial', async () => {
  const { session } = fakeSession({ 'sqs:ListQueues': { QueueUrls: [urlOf('orders'), 'https://sqs.amazonaws.com/'] } });
  expect(await queues.list(session, scopeOf(queues))).toMatchObject({ known: [{}], unread: { cause: 'malformed' } });
});
