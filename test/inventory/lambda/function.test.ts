import { describe, expect, test } from 'vitest';
import { functions } from '../../../inventory/lambda/function.ts';
import { accountOfFunction, qualifierOfFunction, toFunctionName } from '../../../inventory/lambda/function-name.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, type Input, pages, refused } from '../fake-session.ts';

const arnOf = (name: string) => `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${name}`;

function configuration(name: string, version = '$LATEST', runtime = 'nodejs24.x'): object {
  return {
    FunctionName: name,
    FunctionArn: arnOf(name),
    Version: version,
    PackageType: 'Zip',
    Runtime: runtime,
    Environment: { Variables: { TOKEN: 'x' } },
  };
}

/** An alias that shares what comes in between two versions, one of them of long ago. */
const LIVE = { Name: 'live', FunctionVersion: '7', RoutingConfig: { AdditionalVersionWeights: { '3': 0.1 } } };

function configurationOf({ FunctionName, Qualifier }: Input): object {
  if (FunctionName !== 'web') throw refused('ResourceNotFoundException', 404);
  if (Qualifier === undefined) return configuration('web');
  return {
    ...configuration('web', String(Qualifier), Qualifier === '3' ? 'nodejs16.x' : 'nodejs22.x'),
    FunctionArn: `${arnOf('web')}:${Qualifier}`,
  };
}

function policyOf({ Qualifier }: Input): object {
  if (Qualifier === undefined) throw refused('ResourceNotFoundException', 404);
  return { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction', Resource: '*' }] }) };
}

const contract: ReaderContract = {
  reader: functions,
  ids: ['web'],
  unpaged: true,
  answers: {
    'lambda:ListFunctions': { Functions: [configuration('web')] },
    'lambda:GetFunctionConfiguration': configurationOf,
    'lambda:ListAliases': pages({ Aliases: [LIVE] }, { Aliases: [{ Name: 'next', FunctionVersion: '$LATEST' }] }),
    'lambda:GetPolicy': policyOf,
    'lambda:ListFunctionUrlConfigs': pages(
      { FunctionUrlConfigs: [{ FunctionArn: arnOf('web'), AuthType: 'AWS_IAM' }] },
      { FunctionUrlConfigs: [{ FunctionArn: `${arnOf('web')}:live`, AuthType: 'NONE' }] },
    ),
  },
  facets: {
    runtimes: [
      { version: '$LATEST', identifier: 'nodejs24.x' },
      { version: '7', identifier: 'nodejs22.x' },
      { version: '3', identifier: 'nodejs16.x' },
    ],
    policies: ['live', 'next'].map((alias) => ({
      alias,
      policy: {
        statements: [
          {
            ...{ effect: 'Allow', actions: ['lambda:InvokeFunction'], resources: ['*'], conditions: [] },
            principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
          },
        ],
      },
    })),
    urls: [
      { alias: undefined, authType: 'AWS_IAM' },
      { alias: 'live', authType: 'NONE' },
    ],
  },
  absences: {
    aliases: {
      answers: { 'lambda:ListAliases': { Aliases: [] } },
      facet: 'runtimes',
      value: [{ version: '$LATEST', identifier: 'nodejs24.x' }],
    },
    policy: {
      answers: { 'lambda:GetPolicy': () => policyOf({}) },
      facet: 'policies',
      value: [],
    },
  },
};

describeReader(contract);
const subject = (answers: Answers) => subjectOf(contract, { ...contract.answers, ...answers });

test('the listing follows pages, and says that it is partial when one is denied', async () => {
  const answer = pages({ Functions: [configuration('web')] }, { Functions: [configuration('jobs')] });
  const { session } = fakeSession({ 'lambda:ListFunctions': answer });
  expect((await functions.list(session, scopeOf(functions))).known.map(({ identity }) => identity.id)).toEqual(['web', 'jobs']);
  const denied = ({ Marker }: Input) => {
    if (Marker === undefined) return { Functions: [configuration('web')], NextMarker: '1' };
    throw refused('AccessDeniedException', 403);
  };
  const { session: broken } = fakeSession({ 'lambda:ListFunctions': denied });
  expect(await functions.list(broken, scopeOf(functions))).toMatchObject({ known: [{}], unread: { cause: 'denied' } });
});

test('what was read of policies and runtimes stands where the rest was refused', async () => {
  const { resource } = await subject({
    'lambda:GetPolicy': (input: Input) => {
      if (input.Qualifier === 'live') throw refused('AccessDeniedException', 403);
      return policyOf({ Qualifier: 'next' });
    },
    'lambda:GetFunctionConfiguration': (input: Input) => {
      if (input.Qualifier === '7') throw refused('TooManyRequestsException', 429);
      return configurationOf(input);
    },
  });
  expect(await resource.facet('policies')).toMatchObject({
    value: { known: [{ alias: undefined }, { alias: 'next' }], unread: { cause: 'denied', permissions: ['lambda:GetPolicy'] } },
  });
  expect(await resource.facet('runtimes')).toMatchObject({
    value: { known: [{ version: '$LATEST' }, { version: '3' }], unread: { cause: 'throttled' } },
  });
});

test('a policy that cannot be read does not hide the others', async () => {
  const { resource } = await subject({
    'lambda:GetPolicy': (input: Input) => (input.Qualifier === undefined ? { Policy: '{"Statement":' } : policyOf(input)),
  });
  expect(await resource.facet('policies')).toMatchObject({
    value: { known: [{ alias: 'live' }, { alias: 'next' }], unread: { cause: 'malformed' } },
  });
});

test('a container image brings its own runtime', async () => {
  const image = { ...configuration('web'), PackageType: 'Image', Runtime: undefined };
  const { resource } = await subject({ 'lambda:ListFunctions': { Functions: [image] }, 'lambda:ListAliases': { Aliases: [] } });
  expect(await facetOf(resource, 'runtimes')).toEqual([{ version: '$LATEST', identifier: undefined }]);
});

test.each([
  ['runtimes', 'lambda:ListFunctions', { Functions: [{ ...configuration('web'), Runtime: undefined }] }, 'lambda:GetFunctionConfiguration'],
  ['runtimes', 'lambda:ListAliases', {}, 'lambda:ListAliases'],
  ['runtimes', 'lambda:ListAliases', { Aliases: [{ Name: 'live' }] }, 'lambda:ListAliases'],
  ['policies', 'lambda:GetPolicy', {}, 'lambda:GetPolicy'],
  ['urls', 'lambda:ListFunctionUrlConfigs', {}, 'lambda:ListFunctionUrlConfigs'],
  [
    'urls',
    'lambda:ListFunctionUrlConfigs',
    { FunctionUrlConfigs: [{ FunctionArn: arnOf('website'), AuthType: 'NONE' }] },
    'lambda:ListFunctionUrlConfigs',
  ],
  [
    'urls',
    'lambda:ListFunctionUrlConfigs',
    { FunctionUrlConfigs: [{ FunctionArn: arnOf('web'), AuthType: 'MAYBE' }] },
    'lambda:ListFunctionUrlConfigs',
  ],
])('%s is unread when %s answers %j', async (facet, operation, answer, blamed) => {
  const { resource } = await subject({ [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation: blamed });
});

test('nothing of a function’s variables is kept', async () => {
  const { resource } = await subjectOf(contract);
  for (const facet of Object.keys(contract.facets)) expect(JSON.stringify(await facetOf(resource, facet))).not.toContain('TOKEN');
});

describe('names of functions', () => {
  test.each([
    ['web', 'web', undefined, undefined],
    ['web:live', 'web', undefined, 'live'],
    [`${ACCOUNT}:function:web`, 'web', ACCOUNT, undefined],
    [`${ACCOUNT}:function:web:7`, 'web', ACCOUNT, '7'],
    [arnOf('web'), 'web', ACCOUNT, undefined],
    [`${arnOf('web')}:live`, 'web', ACCOUNT, 'live'],
    [`${arnOf('web')}:$LATEST`, 'web', ACCOUNT, '$LATEST'],
  ])('%s', (given, name, account, qualifier) => {
    expect([toFunctionName(given), accountOfFunction(given), qualifierOfFunction(given)]).toEqual([name, account, qualifier]);
  });
});
