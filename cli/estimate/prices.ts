/** What AWS asks for a unit, in USD, in us-east-1; other regions ask up to a third more. */
export interface Price {
  readonly service: Service;
  /** What is counted: `GB-second`, `request`. */
  readonly unit: string;
  readonly usd: number;
  /** The price is for so many units. */
  readonly per: number;
  /** Units of every month that AWS leaves free for good, not only in an account's first year; shared with all else in the account. */
  readonly free: number;
  readonly source: string;
  /** When the source said so. */
  readonly date: string;
}

export type Service =
  | 'Lambda'
  | 'Step Functions'
  | 'DynamoDB'
  | 'S3'
  | 'SNS'
  | 'CloudWatch'
  | 'KMS'
  | 'SQS'
  | 'EventBridge'
  | 'EventBridge Scheduler'
  | 'GuardDuty'
  | 'CloudTrail';

/** When this table was put together. */
export const PRICES_AS_OF = '2026-11-21';
export const PRICES_REGION = 'us-east-1';

const MILLION = 1_000_000;
const LAMBDA = {
  service: 'Lambda',
  source: 'aws.amazon.com/lambda/pricing, wring.co/blog/aws-lambda-pricing-guide',
  date: '2026-03-08',
} as const;
const STATES = {
  service: 'Step Functions',
  source: 'aws.amazon.com/step-functions/pricing, wring.co/blog/aws-step-functions-pricing-guide',
  date: '2026-03-14',
} as const;
const DYNAMODB = { service: 'DynamoDB', source: 'aws.amazon.com/dynamodb/pricing/on-demand, airbyte.com', date: '2025-07-21' } as const;
const S3 = { service: 'S3', source: 'aws.amazon.com/s3/pricing, c3x.dev/blog/s3-request-fees-explained', date: '2026-11-21' } as const;
const SNS = { service: 'SNS', source: 'factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols', date: '2026-06-13' } as const;
const CLOUDWATCH = {
  service: 'CloudWatch',
  source: 'factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards',
  date: '2026-06-13',
} as const;
const KMS = { service: 'KMS', source: 'aws.amazon.com/kms/pricing, cloudburn.io/blog/aws-kms-pricing', date: '2026-03-14' } as const;

/** Every unit that the model counts. */
export const PRICES = {
  lambdaCompute: { ...LAMBDA, unit: 'GB-second (arm64)', usd: 0.0000133334, per: 1, free: 400_000 },
  lambdaRequests: { ...LAMBDA, unit: 'request', usd: 0.2, per: MILLION, free: MILLION },
  transitions: { ...STATES, unit: 'Standard state transition', usd: 25, per: MILLION, free: 4_000 },
  expressRequests: { ...STATES, unit: 'Express execution', usd: 1, per: MILLION, free: 0 },
  expressDuration: { ...STATES, unit: 'GB-second (Express)', usd: 0.00001667, per: 1, free: 0 },
  tableWrites: { ...DYNAMODB, unit: 'write request unit', usd: 0.625, per: MILLION, free: 0 },
  tableReads: { ...DYNAMODB, unit: 'read request unit', usd: 0.125, per: MILLION, free: 0 },
  tableStorage: { ...DYNAMODB, unit: 'GB-month', usd: 0.25, per: 1, free: 25, source: 'aws.amazon.com/dynamodb/pricing' },
  tableBackup: {
    ...DYNAMODB,
    unit: 'GB-month (point-in-time recovery)',
    usd: 0.2,
    per: 1,
    free: 0,
    source: 'aws.amazon.com/dynamodb/pricing/on-demand',
  },
  tableStream: { ...DYNAMODB, unit: 'stream read by Lambda', usd: 0, per: 1, free: 0, source: 'aws.amazon.com/dynamodb/pricing/on-demand' },
  bucketWrites: { ...S3, unit: 'PUT or LIST request', usd: 0.005, per: 1_000, free: 0 },
  bucketReads: { ...S3, unit: 'GET request', usd: 0.0004, per: 1_000, free: 0 },
  publishes: { ...SNS, unit: 'publish request', usd: 0.5, per: MILLION, free: MILLION },
  emails: { ...SNS, unit: 'e-mail delivery', usd: 2, per: 100_000, free: 1_000 },
  posts: { ...SNS, unit: 'https delivery', usd: 0.6, per: MILLION, free: 100_000 },
  logs: { ...CLOUDWATCH, unit: 'GB of logs taken in', usd: 0.5, per: 1, free: 5 },
  logStorage: {
    ...CLOUDWATCH,
    unit: 'GB-month of logs kept',
    usd: 0.03,
    per: 1,
    free: 5,
    source: 'hykell.com/kb/platform-specific-guides/aws-cloudwatch-logs-pricing',
  },
  metrics: { ...CLOUDWATCH, unit: 'custom metric', usd: 0.3, per: 1, free: 10 },
  alarms: { ...CLOUDWATCH, unit: 'metric that an alarm watches', usd: 0.1, per: 1, free: 10 },
  dashboards: { ...CLOUDWATCH, unit: 'dashboard', usd: 3, per: 1, free: 3 },
  keys: { ...KMS, unit: 'customer managed key', usd: 1, per: 1, free: 0 },
  keyRequests: { ...KMS, unit: 'request', usd: 0.03, per: 10_000, free: 20_000 },
  busEvents: {
    service: 'EventBridge',
    unit: 'event sent to another bus',
    usd: 1,
    per: MILLION,
    free: 0,
    source: 'cloudburn.io/blog/amazon-eventbridge-pricing',
    date: '2026-03-13',
  },
  queueRequests: {
    service: 'SQS',
    unit: 'request',
    usd: 0.4,
    per: MILLION,
    free: MILLION,
    source: 'aws.amazon.com/sqs/pricing',
    date: '2026-11-21',
  },
  schedules: {
    service: 'EventBridge Scheduler',
    unit: 'invocation',
    usd: 1,
    per: MILLION,
    free: 14 * MILLION,
    source: 'cloudburn.io/blog/amazon-eventbridge-pricing',
    date: '2026-03-13',
  },
  guardDuty: {
    service: 'GuardDuty',
    unit: 'CloudTrail management event',
    usd: 4,
    per: MILLION,
    free: 0,
    source: 'factualminds.com/blog/amazon-guardduty-pricing-data-sources-multi-account',
    date: '2026-06-13',
  },
  trailCopy: {
    service: 'CloudTrail',
    unit: 'management event in a second trail',
    usd: 2,
    per: 100_000,
    free: 0,
    source: 'aws.amazon.com/cloudtrail/pricing',
    date: '2026-11-21',
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof PRICES;
