import { expect, test } from 'vitest';
import { httpStages, restStages } from '../../../inventory/api-gateway/stage.ts';
import { describeReader, scopeOf } from '../describe-reader.ts';
import { type Answers, fakeSession, type Input, pages, refused } from '../fake-session.ts';

const LOG = 'arn:aws:logs:eu-central-1:123456789012:log-group:api';

/** Stages of `one` and `two`; of any other API there are none. */
function stages(member: 'item' | 'Items', id: 'restApiId' | 'ApiId', toStage: (name: string, log?: string) => object) {
  return (input: Input) => {
    if (input[id] === 'one') return { [member]: [toStage('prod', LOG), toStage('test')] };
    if (input[id] === 'two') return { [member]: [toStage('v1')] };
    throw refused('NotFoundException', 404);
  };
}

const rest: Answers = {
  'apigateway:GetRestApis': pages({ items: [{ id: 'one' }] }, { items: [{ id: 'two' }] }),
  'apigateway:GetStages': stages('item', 'restApiId', (stageName, log) => ({
    stageName,
    tags: { team: 'shop' },
    ...(log === undefined ? {} : { accessLogSettings: { destinationArn: log } }),
  })),
};

const http: Answers = {
  'apigatewayv2:GetApis': pages({ Items: [{ ApiId: 'one' }] }, { Items: [{ ApiId: 'two' }] }),
  'apigatewayv2:GetStages': (input) => (input.ApiId === 'never-there' ? ofTwoPages(input) : httpStagesOf(input)),
};

const ofTwoPages = (input: Input) => (input.NextToken === undefined ? { Items: [], NextToken: '1' } : { Items: [] });
const httpStagesOf = stages('Items', 'ApiId', (StageName, log) => ({
  StageName,
  ...(log === undefined ? {} : { AccessLogSettings: { DestinationArn: log } }),
}));

const ids = ['one/prod', 'one/test', 'two/v1'];
const shape = { ids, idsOfFirstPage: ['one/prod', 'one/test'], facets: { accessLog: LOG } };

// The stages of one REST API are answered whole.
describeReader({ reader: restStages, answers: rest, ...shape, unpaged: true });
describeReader({ reader: httpStages, answers: http, ...shape });

test.each([
  [restStages, rest, 'restapis'],
  [httpStages, http, 'apis'],
] as const)('a stage has the ARN that API Gateway gives it, and no log where none is set', async (reader, answers, kind) => {
  const { session } = fakeSession(answers);
  const { known } = await reader.list(session, scopeOf(reader));
  expect(known.map(({ identity }) => identity.arn)).toContain(`arn:aws:apigateway:eu-central-1::/${kind}/one/stages/test`);
  expect(await known[1]?.facet('accessLog')).toEqual({ read: true, value: undefined });
});

test.each([
  [restStages, rest, 'apigateway:GetStages', 'restApiId'],
  [httpStages, http, 'apigatewayv2:GetStages', 'ApiId'],
] as const)('an API that we may not look into does not hide the stages of another', async (reader, answers, operation, id) => {
  const original = answers[operation];
  const oneDenied = (input: Input) => {
    if (input[id] === 'one' || typeof original !== 'function') throw refused('AccessDeniedException', 403);
    return original(input, 'eu-central-1');
  };
  const { session } = fakeSession({ ...answers, [operation]: oneDenied });
  const listed = await reader.list(session, scopeOf(reader));
  expect(listed.known.map(({ identity }) => identity.id)).toEqual(['two/v1']);
  expect(listed.unread).toMatchObject({ cause: 'denied', operation, permissions: ['apigateway:GET'] });
});

test('where the listing of REST APIs breaks off, the stages of those that it named are known', async () => {
  const broken = pages({ items: [{ id: 'one' }] }, { items: [{}] });
  const { session } = fakeSession({ ...rest, 'apigateway:GetRestApis': broken });
  const listed = await restStages.list(session, scopeOf(restStages));
  expect(listed.known.map(({ identity }) => identity.id)).toEqual(['one/prod', 'one/test']);
  expect(listed.unread).toMatchObject({ cause: 'malformed', operation: 'apigateway:GetRestApis' });
});

test('an API that is gone has no stages', async () => {
  const { session } = fakeSession(http);
  expect(await httpStages.only(session, scopeOf(httpStages), ['gone/v1'])).toMatchObject({ known: [], unread: undefined });
});

test('an account without APIs is answered without a list', async () => {
  const { session } = fakeSession({ 'apigateway:GetRestApis': {} });
  expect(await restStages.list(session, scopeOf(restStages))).toMatchObject({ known: [], unread: undefined });
});
