import { describe, expect, test } from 'vitest';
import { record } from './records.ts';
import { told } from './told-touches.ts';

type Row = readonly [name: string, request: unknown, response: unknown, ...touches: readonly string[]];

const ACCOUNT = '111122223333';
const OTHER = '444455556666';

/** Only of this type: what else rests on its events is tested elsewhere. */
function family(type: string, source: string, rows: readonly Row[]) {
  test.each(rows.map(([name, request, response, ...expected]) => ({ name, request, response, expected })))('$name $request', ({
    name,
    request,
    response,
    expected,
  }) => {
    const call = { eventSource: source, awsRegion: 'eu-west-1', eventName: name, requestParameters: request, responseElements: response };
    expect(told(record(call)).filter((text) => text.replace('(', '').startsWith(`${type} `))).toEqual(expected);
  });
}

describe('queues', () => {
  const url = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`;
  const queue = { queueUrl: url };
  family('Queue', 'sqs.amazonaws.com', [
    ['CreateQueue', { queueName: 'orders', attribute: {} }, { queueUrl: url }, 'Queue orders'],
    ['CreateQueue', { queueName: 'orders' }, null, 'Queue orders'],
    ['DeleteQueue', queue, null, 'Queue orders gone'],
    ['SetQueueAttributes', { ...queue, attributes: { Policy: '{}' } }, null, 'Queue orders'],
    ['SetQueueAttributes', { queueUrl: `https://eu-west-1.queue.amazonaws.com/${ACCOUNT}/orders` }, null, 'Queue orders'],
    ['AddPermission', { ...queue, aWSAccountIds: [OTHER] }, null, 'Queue orders: policy'],
    ['RemovePermission', queue, null, 'Queue orders: policy'],
    ['TagQueue', queue, null, 'Queue orders: -'],
    ['PurgeQueue', queue, null, 'Queue orders: -'],
    ['SetQueueAttributes', { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${OTHER}/orders` }, null],
    ['SetQueueAttributes', { queueUrl: 'orders' }, null, 'Queue *'],
    ['SetQueueAttributes', null, null, 'Queue *'],
    ['SendMessage', queue, null],
  ]);
});

describe('topics', () => {
  const topicArn = `arn:aws:sns:eu-west-1:${ACCOUNT}:orders`;
  const subscriptionArn = `${topicArn}:11111111-2222-3333-4444-555555555555`;
  family('Topic', 'sns.amazonaws.com', [
    ['CreateTopic', { name: 'orders' }, { topicArn }, 'Topic orders'],
    ['DeleteTopic', { topicArn }, null, 'Topic orders gone'],
    ['SetTopicAttributes', { topicArn, attributeName: 'Policy' }, null, 'Topic orders: kmsKey policy'],
    ['AddPermission', { topicArn, aWSAccountId: [OTHER] }, null, 'Topic orders: policy'],
    ['Subscribe', { topicArn, protocol: 'http' }, { subscriptionArn: 'pending confirmation' }, 'Topic orders: subscriptions'],
    ['ConfirmSubscription', { topicArn }, { subscriptionArn }, 'Topic orders: subscriptions'],
    ['Unsubscribe', { subscriptionArn }, null, 'Topic orders: subscriptions'],
    ['SetSubscriptionAttributes', { subscriptionArn }, null, 'Topic orders: -'],
    ['TagResource', { resourceArn: topicArn }, null, 'Topic orders: -'],
    ['Subscribe', { topicArn: `arn:aws:sns:eu-west-1:${OTHER}:orders` }, null],
    ['SetTopicAttributes', { topicArn: 'orders' }, null, 'Topic *: kmsKey policy'],
    ['DeleteTopic', null, null, 'Topic *'],
  ]);
});

describe('functions', () => {
  const arn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:web`;
  const named = { functionName: 'web' };
  family('Function', 'lambda.amazonaws.com', [
    ['CreateFunction20150331', { ...named, runtime: 'nodejs18.x' }, { functionArn: arn }, 'Function web'],
    ['DeleteFunction20150331', named, null, 'Function web gone'],
    ['DeleteFunction20150331', { functionName: arn }, null, 'Function web gone'],
    ['DeleteFunction20150331', { ...named, qualifier: '7' }, null, 'Function web'],
    ['DeleteFunction20150331', { functionName: `${arn}:7` }, null, 'Function web'],
    ['DeleteFunction20150331', null, null, 'Function *'],
    ['UpdateFunctionConfiguration20150331v2', { functionName: `${ACCOUNT}:function:web` }, null, 'Function web: runtimes'],
    ['UpdateFunctionCode20150331v2', named, null, 'Function web: -'],
    ['CreateAlias20150331', named, null, 'Function web'],
    ['UpdateAlias20150331', named, null, 'Function web'],
    ['AddPermission20150331v2', { ...named, principal: '*' }, null, 'Function web: policies'],
    ['AddPermission20150331v2', { functionName: `${arn}:live`, principal: '*' }, null, 'Function web: policies'],
    ['RemovePermission20150331v2', named, null, 'Function web: policies'],
    ['PutResourcePolicy', { resourceArn: `${arn}:live` }, null, 'Function web: policies'],
    ['PutResourcePolicy', { resourceArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:layer:web` }, null],
    ['CreateFunctionUrlConfig', { ...named, authType: 'NONE' }, null, 'Function web: urls'],
    ['DeleteFunctionUrlConfig', named, null, 'Function web: urls'],
    ['TagResource20170331v2', { resource: arn }, null, 'Function web: -'],
    ['TagResource20170331v2', { resource: `arn:aws:lambda:eu-west-1:${ACCOUNT}:event-source-mapping:1` }, null],
    ['AddPermission20150331v2', { functionName: `arn:aws:lambda:eu-west-1:${OTHER}:function:web` }, null],
    ['AddPermission20150331v2', { functionName: '' }, null, 'Function *: policies'],
  ]);
});

describe('repositories', () => {
  const named = { repositoryName: 'team/shop' };
  const resourceArn = `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/team/shop`;
  family('Repository', 'ecr.amazonaws.com', [
    ['CreateRepository', named, { repository: named }, 'Repository team/shop'],
    ['DeleteRepository', { ...named, force: true }, null, 'Repository team/shop gone'],
    ['SetRepositoryPolicy', { ...named, policyText: '{}' }, null, 'Repository team/shop: policy'],
    ['DeleteRepositoryPolicy', named, null, 'Repository team/shop: policy'],
    ['PutImageTagMutability', named, null, 'Repository team/shop: tags'],
    ['PutImageScanningConfiguration', named, null, 'Repository team/shop: scanning'],
    ['PutRegistryScanningConfiguration', { scanType: 'BASIC' }, null, '(Repository *: scanning)'],
    ['PutLifecyclePolicy', named, null, 'Repository team/shop: -'],
    ['TagResource', { resourceArn }, null, 'Repository team/shop: -'],
    ['TagResource', { resourceArn: 'team/shop' }, null, 'Repository *: -'],
    ['SetRepositoryPolicy', null, null, 'Repository *: policy'],
    ['PutImage', named, null],
  ]);
});
