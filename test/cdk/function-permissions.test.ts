import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { FUNCTIONS } from '../../cdk/bundle.ts';
import { type Circumstances, functionPermissions } from '../../cdk/function-permissions.ts';
import type { WrittenConfig } from '../../config/written-config.ts';
import { hubTemplate, propertiesOf, type Statement, statementsOf } from './synthesized.ts';

const ORGANIZATION = { id: 'o-a1b2c3d4e5', units: ['r-ab12'] };

/** What Lambda does in the name of every function, and what CDK adds for the stream and the dead letters. */
const LAMBDAS_OWN: Readonly<Record<string, readonly string[]>> = {
  notify: [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:SendMessage',
  ],
  confirm: ['sqs:SendMessage'],
};

const actionsOf = (statements: readonly Statement[]): readonly string[] => [...new Set(statements.flatMap(({ Action }) => Action))].sort();

const CASES: readonly { readonly name: string; readonly written: WrittenConfig; readonly circumstances: Circumstances }[] = [
  { name: 'its own account', written: {}, circumstances: { audited: 'own', securityHub: false } },
  {
    name: 'an organization, with Security Hub',
    written: { organization: ORGANIZATION, securityHub: true },
    circumstances: { audited: 'organization', securityHub: true },
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

test('the key opens only through the service that it protects', () => {
  const template = hubTemplate();
  const keyed = FUNCTIONS.flatMap((name) => statementsOf(template, `cloud-posture-${name}`)).filter(
    ({ Action }) => Action.includes('kms:Encrypt') || (Action.length === 2 && Action.includes('kms:GenerateDataKey')),
  );
  expect(keyed.length).toBe(FUNCTIONS.length + 2);
  for (const { Condition } of keyed) expect(JSON.stringify(Condition)).toMatch(/"kms:ViaService".*"(dynamodb|sns)\."/);
});

describe('the state machine', () => {
  test('may call its functions, start and follow its own children, and touch job files', () => {
    const statements = statementsOf(hubTemplate(), 'cloud-posture-machine').filter(({ Resource }) => !Resource.includes('*'));
    expect(statements.map(({ Action, Resource }) => [Action, Resource.map((each) => each.replace(/[0-9A-F]{8}\b/g, ''))])).toEqual([
      [['lambda:InvokeFunction'], ['<FunctionsplanFunction.Arn>', '<FunctionsscanFunction.Arn>', '<FunctionssummarizeFunction.Arn>']],
      [['states:StartExecution'], ['arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:cloud-posture-audit']],
      [
        ['states:DescribeExecution', 'states:StopExecution'],
        [
          'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:cloud-posture-audit/*',
          'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:cloud-posture-audit:*',
        ],
      ],
      [['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], ['<JobsBucket.Arn>/runs/*']],
    ]);
  });
});
