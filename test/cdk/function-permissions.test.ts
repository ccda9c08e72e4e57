import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { FUNCTIONS } from '../../cdk/bundle.ts';
import { type Circumstances, functionPermissions } from '../../cdk/function-permissions.ts';
import type { WrittenConfig } from '../../config/written-config.ts';
import { flat, hubTemplate, propertiesOf, type Statement, statementsOf } from './synthesized.ts';

const ORGANIZATION = { id: 'o-a1b2c3d4e5', units: ['r-ab12'] };

/** What Lambda does in the name of every function, and what CDK adds for the stream and the dead letters. */
const LAMBDAS_OWN: Readonly<Record<string, readonly string[]>> = {
  notify: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', 'sqs:SendMessage'],
  confirm: ['sqs:SendMessage'],
  react: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
};

const actionsOf = (statements: readonly Statement[]): readonly string[] => [...new Set(statements.flatMap(({ Action }) => Action))].sort();

const CASES: readonly { readonly name: string; readonly written: WrittenConfig; readonly circumstances: Circumstances }[] = [
  { name: 'its own account', written: {}, circumstances: { audited: 'own', securityHub: false, units: false } },
  {
    name: 'an organization, with Security Hub',
    written: { organization: ORGANIZATION, securityHub: true },
    circumstances: { audited: 'organization', securityHub: true, units: false },
  },
  {
    name: 'an organization whose units differ',
    written: { organization: ORGANIZATION, tailoring: [{ where: { units: ['ou-ab12-cd34ef56'] }, owner: 'platform' }] },
    circumstances: { audited: 'organization', securityHub: false, units: true },
  },
];

describe.each(CASES)('a deployment for $name', ({ written, circumstances }) => {
  let template: Template;
  beforeAll(() => {
    template = hubTemplate(written);
  }, 120_000);

  test.each(FUNCTIONS)('%s may do exactly what its code asks, and what Lambda and the keys need', (name) => {
    const asked = Object.values(functionPermissions(name, circumstances)).flat();
    const held = actionsOf(statementsOf(template, `cloud-posture-${name}`)).filter(
      (action) => !action.startsWith('kms:') && !action.startsWith('logs:'),
    );
    expect(held).toEqual([...new Set([...asked, ...(LAMBDAS_OWN[name] ?? [])])].sort());
  });

  test('no role has an action with a wildcard, or a managed policy of AWS', () => {
    const policies = JSON.stringify(propertiesOf(template, 'AWS::IAM::Policy'));
    expect(policies.match(/"[a-z0-9]+:[A-Za-z]*\*[^"]*"/g)?.filter((action) => !action.startsWith('"arn:')) ?? []).toEqual([]);
    expect(Object.values(propertiesOf(template, 'AWS::IAM::Role')).filter(({ ManagedPolicyArns }) => ManagedPolicyArns)).toEqual([]);
  });

  test('nothing is asked of all resources but what takes none', () => {
    const roles = [
      ...FUNCTIONS.map((name) => `cloud-posture-${name}`),
      'cloud-posture-machine',
      'cloud-posture-schedule',
      'cloud-posture-tampering',
    ];
    const everywhere = roles.flatMap((role) => statementsOf(template, role)).filter(({ Resource }) => Resource.includes('*'));
    expect(actionsOf(everywhere)).toEqual([
      'dynamodb:ListStreams',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      ...(circumstances.audited === 'organization' ? ['organizations:ListAccounts'] : []),
      ...(circumstances.units ? ['organizations:ListRoots'] : []),
    ]);
  });
});

test.each([
  [{}, ['arn:<AWS::Partition>:iam::<AWS::AccountId>:role/cloud-posture-audit'], undefined],
  [
    { accounts: ['444455556666', '777788889999'], deployment: { roleName: 'watcher' } },
    ['arn:<AWS::Partition>:iam::444455556666:role/watcher', 'arn:<AWS::Partition>:iam::777788889999:role/watcher'],
    undefined,
  ],
  [
    { organization: ORGANIZATION },
    ['arn:<AWS::Partition>:iam::*:role/cloud-posture-audit'],
    { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
  ],
] satisfies readonly (readonly [
  WrittenConfig,
  readonly string[],
  object | undefined,
])[])('with %j only the audit roles of those accounts may be taken on', (written, resources, condition) => {
  const template = hubTemplate(written);
  for (const role of ['cloud-posture-plan', 'cloud-posture-scan']) {
    const entering = statementsOf(template, role).filter(({ Action }) => Action.includes('sts:AssumeRole'));
    expect(entering.map(({ Resource, Condition }) => [Resource, Condition])).toEqual([[resources, condition]]);
  }
});

describe('the key behind table and topic', () => {
  const template = hubTemplate();
  const keyed = (role: string) =>
    statementsOf(template, role).flatMap(({ Action, Resource, Condition = {} }) => {
      if (!Action.some((action) => action.startsWith('kms:'))) return [];
      const conditions = Object.values(Condition).flatMap((keys) => Object.entries(keys).map(([key, value]) => `${key} ${flat(value)}`));
      return [[Action, Resource.map((each) => each.replace(/[0-9A-F]{8}\b/g, '')), conditions]];
    });
  const through = (service: string) => [`kms:ViaService ${service}.<AWS::Region>.amazonaws.com`];
  // The least that DynamoDB names, less what only the maker of a table needs (CreateGrant), and with every name written out.
  const inTable = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
  const ofTable = [inTable, ['<Key.Arn>'], through('dynamodb')];
  // "Allow a user to send messages to a topic with SSE" in the SNS developer guide.
  const ofTopic = [['kms:Decrypt', 'kms:GenerateDataKey'], ['<Key.Arn>'], through('sns')];
  // Of the CDK, for the stream: Lambda reads it in the name of the function.
  const ofStream = [['kms:Decrypt', 'kms:DescribeKey'], ['<Key.Arn>'], []];

  test.each([
    ['plan', [ofTable]],
    ['scan', [ofTable]],
    ['summarize', [ofTable, ofTopic]],
    ['notify', [ofTable, ofTopic, ofStream]],
    ['confirm', [ofTable]],
  ])('opens for %s through the services that it protects', (name, expected) => {
    expect(keyed(`cloud-posture-${name}`)).toEqual(expected);
  });

  test('opens for whoever tells of tampering, and not for the state machine: S3 has its own keys', () => {
    expect(keyed('cloud-posture-tampering')).toEqual([[['kms:Decrypt', 'kms:GenerateDataKey'], ['<Key.Arn>'], []]]);
    expect(keyed('cloud-posture-machine')).toEqual([]);
  });
});

describe('the state machine', () => {
  test('may call its functions, start and follow its own children, and touch job files', () => {
    const statements = statementsOf(hubTemplate(), 'cloud-posture-machine').filter(({ Resource }) => !Resource.includes('*'));
    expect(statements.map(({ Action, Resource }) => [Action, Resource.map((each) => each.replace(/[0-9A-F]{8}\b/g, ''))])).toEqual([
      [['lambda:InvokeFunction'], ['<FunctionsplanFunction.Arn>', '<FunctionsscanFunction.Arn>', '<FunctionssummarizeFunction.Arn>']],
      [['states:StartExecution'], ['arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:cloud-posture-audit']],
      [['states:DescribeExecution'], ['arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:cloud-posture-audit:*']],
      [['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], ['<JobsBucket.Arn>/runs/*']],
    ]);
  });
});
