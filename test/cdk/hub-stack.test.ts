import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FUNCTIONS } from '../../cdk/bundle.ts';
import { EXPIRY, tableDefinition } from '../../findings/dynamodb-table.ts';
import { flat, hubTemplate, policyOf, propertiesOf, statementsOf } from './synthesized.ts';

let template: Template;
beforeAll(() => {
  template = hubTemplate({
    subscribers: [
      { email: 'security@example.com', severity: 'HIGH', alarms: false },
      { sqs: 'arn:aws:sqs:eu-west-1:111122223333:posture' },
      { https: 'https://events.example.com/posture', severity: 'INFORMATIONAL' },
    ],
    schedule: 'cron(0 6 * * ? *)',
    timezone: 'Europe/Berlin',
    deployment: { concurrency: 7, logRetentionDays: 30 },
  });
}, 120_000);

const refTo = (type: string) => Object.keys(template.findResources(type));

describe('the table', () => {
  test('has exactly the keys and indexes that the store asks for', () => {
    const { BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = tableDefinition('any');
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode,
      KeySchema,
      GlobalSecondaryIndexes,
      AttributeDefinitions: Match.arrayWith(AttributeDefinitions ?? []),
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: EXPIRY, Enabled: true },
    });
  });

  test('is encrypted with our key, can be restored to any second, and cannot be deleted by mistake', () => {
    const [key = ''] = refTo('AWS::KMS::Key');
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
  });

  test('and its key are all that outlives the stack', () => {
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    const kept = Object.values(
      z.record(z.string(), z.looseObject({ Type: z.string(), DeletionPolicy: z.string().optional() })).parse(template.toJSON().Resources),
    );
    expect(kept.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain').map(({ Type }) => Type)).toEqual([
      'AWS::KMS::Key',
      'AWS::DynamoDB::Table',
    ]);
  });

  test('and its key are named by CloudFormation: those that an earlier deployment left behind are not in the way of the next', () => {
    const [table = {}] = Object.values(propertiesOf(template, 'AWS::DynamoDB::Table'));
    expect(table).not.toHaveProperty('TableName');
    // The alias goes with the stack.
    const aliases = Object.values(template.findResources('AWS::KMS::Alias'));
    expect(aliases.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([undefined]);
  });
});

describe('topics', () => {
  test('are encrypted with our key and take nothing but TLS', () => {
    const [key = ''] = refTo('AWS::KMS::Key');
    for (const TopicName of ['cloud-posture', 'cloud-posture-operations']) {
      template.hasResourceProperties('AWS::SNS::Topic', { TopicName, KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
    }
    template.resourcePropertiesCountIs(
      'AWS::SNS::TopicPolicy',
      {
        PolicyDocument: {
          Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]),
        },
      },
      2,
    );
  });

  test('let in the alarms of this account, in the policy of the topic and of the key', () => {
    const policies = ['AWS::SNS::TopicPolicy', 'AWS::KMS::Key'].map((type) =>
      Object.values(propertiesOf(template, type)).flatMap(policyOf),
    );
    const alarms = policies.map((statements) => statements.filter(({ Condition }) => Condition?.ArnLike !== undefined));
    expect(alarms.map((statements) => statements.map(({ Effect, Action }) => [Effect, ...Action]))).toEqual([
      [['Allow', 'sns:Publish']],
      [['Allow', 'kms:Decrypt', 'kms:GenerateDataKey']],
    ]);
    for (const { Condition } of alarms.flat()) {
      expect(Object.entries(Condition ?? {}).map(([operator, keys]) => [operator, Object.values(keys).map(flat)])).toEqual([
        ['StringEquals', ['<AWS::AccountId>']],
        ['ArnLike', ['arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*']],
      ]);
    }
  });

  test('tell subscribers what is at least as severe as they want, and alarms unless they do not want them', () => {
    const subscriptions = Object.values(propertiesOf(template, 'AWS::SNS::Subscription'))
      .filter(({ Protocol }) => Protocol !== 'lambda')
      .map(({ Protocol, TopicArn, FilterPolicy }) => [Protocol, flat(TopicArn).replace(/[0-9A-F]{8}>/, '>'), FilterPolicy]);
    expect(subscriptions).toEqual([
      ['email', '<TopicsFindings>', { severity: ['CRITICAL', 'HIGH'] }],
      ['sqs', '<TopicsFindings>', undefined],
      ['sqs', '<TopicsOperations>', undefined],
      ['https', '<TopicsFindings>', { severity: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] }],
      ['https', '<TopicsOperations>', undefined],
    ]);
  });
});

describe('the job bucket', () => {
  test('is encrypted, closed to the public, and empties itself', () => {
    template.hasResource('AWS::S3::Bucket', {
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: {
          Rules: [{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, ExpirationInDays: 7, Status: 'Enabled' }],
        },
      },
      DeletionPolicy: 'Delete',
    });
  });

  test('takes nothing but TLS', () => {
    const [policy = {}] = Object.values(propertiesOf(template, 'AWS::S3::BucketPolicy'));
    expect(
      policyOf(policy)
        .filter(({ Effect }) => Effect === 'Deny')
        .map(({ Condition }) => Condition),
    ).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
  });
});

test('what could not be delivered is kept for two weeks, encrypted, and only over TLS', () => {
  template.hasResource('AWS::SQS::Queue', {
    Properties: { QueueName: 'cloud-posture-undelivered', MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true },
    DeletionPolicy: 'Delete',
  });
  const [policy = {}] = Object.values(propertiesOf(template, 'AWS::SQS::QueuePolicy'));
  expect(policyOf(policy).map(({ Effect, Condition }) => [Effect, Condition])).toEqual([
    ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['Allow', { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^IntakeRule/), 'Arn'] } } }],
    ['Allow', { ArnEquals: { 'aws:SourceArn': { Ref: expect.stringMatching(/^TopicsFindings/) } } }],
  ]);
});

describe('functions', () => {
  test('all run Node 24 on arm64 from one asset, each with its role and a log of its own', () => {
    const functions = Object.values(propertiesOf(template, 'AWS::Lambda::Function'));
    expect(functions.map(({ FunctionName, Handler, Runtime, Architectures }) => [FunctionName, Handler, Runtime, Architectures])).toEqual(
      FUNCTIONS.map((name) => [`cloud-posture-${name}`, `${name}.handler`, 'nodejs24.x', ['arm64']]),
    );
    expect(new Set(functions.map(({ Code }) => JSON.stringify(Code))).size).toBe(1);
    expect(new Set(functions.map(({ Role }) => flat(Role))).size).toBe(FUNCTIONS.length);
    expect(new Set(functions.map(({ LoggingConfig }) => JSON.stringify(LoggingConfig))).size).toBe(FUNCTIONS.length);
    expect(functions.filter(({ TracingConfig, ReservedConcurrentExecutions }) => TracingConfig ?? ReservedConcurrentExecutions)).toEqual(
      [],
    );
  });

  test('have the time and memory they need', () => {
    const sizes = Object.values(propertiesOf(template, 'AWS::Lambda::Function')).map(({ Handler, MemorySize, Timeout }) => [
      Handler,
      MemorySize,
      Timeout,
    ]);
    expect(sizes).toEqual([
      ['plan.handler', 512, 300],
      ['scan.handler', 1024, 140],
      ['summarize.handler', 1024, 600],
      ['react.handler', 1024, 60],
      ['notify.handler', 256, 300],
      ['confirm.handler', 256, 30],
    ]);
  });

  test('know their deployment by the same environment', () => {
    const environments = Object.values(propertiesOf(template, 'AWS::Lambda::Function')).map(({ Environment }) => Environment);
    expect(new Set(environments.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(environments[0]).toEqual({
      Variables: {
        POSTURE_TABLE: { Ref: expect.stringMatching(/^FindingsTable/) },
        POSTURE_TOPIC: { Ref: expect.stringMatching(/^TopicsFindings/) },
        POSTURE_BUCKET: { Ref: expect.stringMatching(/^JobsBucket/) },
        POSTURE_ROLE: 'cloud-posture-audit',
        POSTURE_EXTERNAL_ID: 'an-id',
        POSTURE_EVENTS: { Ref: expect.stringMatching(/^IntakeQueue/) },
        POSTURE_PARTITION: { Ref: 'AWS::Partition' },
        POSTURE_SECURITY_HUB: 'off',
        POWERTOOLS_SERVICE_NAME: 'cloud-posture',
        POWERTOOLS_METRICS_NAMESPACE: 'CloudPosture',
      },
    });
  });

  test('and the state machine log for as long as the configuration says', () => {
    const logs = Object.values(propertiesOf(template, 'AWS::Logs::LogGroup'));
    expect(logs.map(({ RetentionInDays }) => RetentionInDays)).toEqual(Array(FUNCTIONS.length + 1).fill(30));
  });
});

describe('telling', () => {
  const mappingOf = (of: Template, kind: 'stream' | 'queue') =>
    Object.values(propertiesOf(of, 'AWS::Lambda::EventSourceMapping')).find(
      ({ StartingPosition }) => (StartingPosition !== undefined) === (kind === 'stream'),
    ) ?? {};
  const source = () => mappingOf(template, 'stream');

  test('notify reads the stream in batches, gives up in the end, and keeps what it gave up', () => {
    expect(source()).toMatchObject({
      BatchSize: 25,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 21_600,
      StartingPosition: 'TRIM_HORIZON',
      EventSourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^FindingsTable/), 'StreamArn'] },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^UndeliveredQueue/), 'Arn'] } } },
    });
  });

  test('notify is called for findings that are not announced yet', () => {
    expect(patternsOf(source())[0]).toEqual({ dynamodb: { NewImage: { sk: { S: ['FINDING'] }, unannounced: { BOOL: [true] } } } });
  });

  test('notify is called for what somebody did that cannot wait for a digest', () => {
    expect(patternsOf(source()).slice(1)).toEqual([
      { dynamodb: { NewImage: { pk: { S: [{ prefix: 'ACTIVITY#' }] }, unannounced: { BOOL: [true] } } } },
    ]);
  });

  test('notify is called for every finding when Security Hub wants them', () => {
    const mapping = mappingOf(hubTemplate({ securityHub: true }), 'stream');
    expect(patternsOf(mapping)[0]).toEqual({ dynamodb: { NewImage: { sk: { S: ['FINDING'] } } } });
  });

  test('confirm gets back what the topic took, and its failures are kept, at the topic and at the function', () => {
    const deadLetters = { 'Fn::GetAtt': [expect.stringMatching(/^UndeliveredQueue/), 'Arn'] };
    const [confirmed] = Object.values(propertiesOf(template, 'AWS::SNS::Subscription')).filter(({ Protocol }) => Protocol === 'lambda');
    expect(confirmed).toEqual({
      Protocol: 'lambda',
      TopicArn: { Ref: expect.stringMatching(/^TopicsFindings/) },
      Endpoint: { 'Fn::GetAtt': [expect.stringMatching(/^Functionsconfirm/), 'Arn'] },
      RedrivePolicy: { deadLetterTargetArn: deadLetters },
    });
    const functions = Object.values(propertiesOf(template, 'AWS::Lambda::Function')).filter(({ DeadLetterConfig }) => DeadLetterConfig);
    expect(functions.map(({ Handler, DeadLetterConfig }) => [Handler, DeadLetterConfig])).toEqual([
      ['confirm.handler', { TargetArn: deadLetters }],
    ]);
  });

  function patternsOf(mapping: Readonly<Record<string, unknown>>): readonly unknown[] {
    const { FilterCriteria } = z
      .object({ FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }) })
      .parse(mapping);
    return FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern));
  }
});

describe('events', () => {
  const deadLetters = { 'Fn::GetAtt': [expect.stringMatching(/^UndeliveredQueue/), 'Arn'] };

  test('of AWS alone, those that only read among them, go from their bus into the queue, and what cannot be sent is set aside', () => {
    const rule = Object.values(propertiesOf(template, 'AWS::Events::Rule')).find(({ Name }) => Name === 'cloud-posture-events');
    expect(rule).toMatchObject({
      EventBusName: { Ref: expect.stringMatching(/^IntakeBus/) },
      EventPattern: { source: [{ prefix: 'aws.' }] },
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringMatching(/^IntakeQueue/), 'Arn'] }, DeadLetterConfig: { Arn: deadLetters } }],
    });
  });

  test('are judged in batches, a few at a time, and what fails comes again five times', () => {
    const mapping = Object.values(propertiesOf(template, 'AWS::Lambda::EventSourceMapping')).find(({ ScalingConfig }) => ScalingConfig);
    expect(mapping).toMatchObject({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
    const queue = Object.values(propertiesOf(template, 'AWS::SQS::Queue')).find(({ QueueName }) => QueueName === 'cloud-posture-events');
    expect(queue).toMatchObject({
      VisibilityTimeout: 360,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { deadLetterTargetArn: deadLetters, maxReceiveCount: 5 },
    });
  });

  test('are let into the queue by the rule of the bus alone', () => {
    const statements = Object.values(propertiesOf(template, 'AWS::SQS::QueuePolicy')).flatMap(({ PolicyDocument }) =>
      z
        .object({ Statement: z.array(z.looseObject({ Sid: z.string().optional() })) })
        .parse(PolicyDocument)
        .Statement.filter(({ Sid }) => Sid === 'Events'),
    );
    expect(statements).toHaveLength(2);
    for (const statement of statements)
      expect(statement).toMatchObject({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^IntakeRule/), 'Arn'] } } },
      });
  });
});

test('the schedule starts the state machine, in its time zone, and keeps a start that failed for an hour', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    Name: 'cloud-posture-audit',
    ScheduleExpression: 'cron(0 6 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: { Ref: Match.stringLikeRegexp('^AuditMachine') },
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ScheduleRole'), 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^UndeliveredQueue'), 'Arn'] } },
      RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 10 },
    },
  });
});

test('what others need to know of the hub is told', () => {
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
    'AuditRole',
    'ExternalId',
    'JobBucket',
    'OperationsTopic',
    'StateMachine',
    'Table',
    'Topic',
    'UndeliveredQueue',
  ]);
});

test('the policies of roles and bus hold as many accounts as one may list', () => {
  const accounts = Array.from({ length: 50 }, (_, index) => `${100_000_000_000 + index}`);
  const full = hubTemplate({ accounts, deployment: { roleName: 'r'.repeat(64) } });
  /** With each ARN that is not known yet as long as the longest of ours, and the partition as the longest that there is. */
  const lengthOf = (policy: unknown) =>
    JSON.stringify(policy)
      .replaceAll('<AWS::Partition>', 'aws-us-gov')
      .replaceAll(/<[^>]+>/g, 'x'.repeat(110)).length;
  for (const name of ['plan', 'scan', 'react']) {
    const statements = statementsOf(full, `cloud-posture-${name}`);
    expect(JSON.stringify(statements)).toContain(accounts.at(-1));
    expect(lengthOf(statements)).toBeLessThanOrEqual(10_240);
  }
  const policies = Object.values(propertiesOf(full, 'AWS::Events::EventBusPolicy'));
  expect(policies).toHaveLength(2);
  for (const policy of policies) expect(lengthOf(policy)).toBeLessThanOrEqual(10_240);
});
