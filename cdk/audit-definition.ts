export interface AuditDefinitionProps {
  /** ARNs of functions. */
  readonly plan: string;
  readonly scan: string;
  readonly summarize: string;
  readonly partition: string;
  /** Scopes that are scanned at the same time. */
  readonly concurrency: number;
}

/** Seconds that a scan may take. An Express execution ends after five minutes, so that there is time for it and once again. */
export const SCAN_SECONDS = 140;
/** Seconds that planning and summing up may take. */
export const PLAN_SECONDS = 300;
export const SUMMARIZE_SECONDS = 600;
/** Seconds that a function may need until its own time begins: a task that gave up first would try again beside it. */
const START_SECONDS = 5;
/**
 * Seconds from the last scan's end to the summary: nobody stops a function whose child execution ended at its five minutes or with its map, and
 * what it keeps after the summary would be told in no digest. A secondary index that is behind catches up meanwhile.
 */
export const SETTLE_SECONDS = SCAN_SECONDS + 10;
/** Seconds after which an audit that still runs is given up. */
export const AUDIT_SECONDS = 12 * 60 * 60;

/** Faults that pass: https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html, and what AWS calls "too fast". */
const PASSING = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'ThrottlingException',
  'ThrottledException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
  'SlowDown',
];

/** What is as wrong the next time: see their throwers. */
const LASTING = ['ConfigError', 'NoProgress'];

/**
 * Attempts are spread at random over the whole interval: many scans fail at once. A new account runs no more than ten functions at a time, so
 * a scan may have to ask often until its turn comes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
function retries({ otherwise }: { readonly otherwise: number }): readonly object[] {
  const backoff = { BackoffRate: 2, JitterStrategy: 'FULL' };
  return [
    { ErrorEquals: LASTING, MaxAttempts: 0 },
    { ErrorEquals: PASSING, IntervalSeconds: 2, MaxAttempts: 10, MaxDelaySeconds: 30, ...backoff },
    { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: otherwise, MaxDelaySeconds: 60, ...backoff },
  ];
}

const EXECUTION = { 'id.$': '$$.Execution.Id', 'startTime.$': '$$.Execution.StartTime' };

/** After a fault of the machine itself: what was scanned is told all the same, and then the execution fails. */
const SUMMARIZE_ANYWAY = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Settle' }];

/**
 * The audit in the Amazon States Language: plan, scan every scope in a distributed map, plan again what was not finished, summarize.
 * A scope that fails fails nothing else: the summary names it, since its record is not of this run.
 */
export function auditDefinition({ plan, scan, summarize, partition, concurrency }: AuditDefinitionProps): object {
  return {
    Comment: 'Audits all scopes once',
    StartAt: 'Plan',
    TimeoutSeconds: AUDIT_SECONDS,
    States: {
      Plan: {
        Type: 'Task',
        Resource: plan,
        Parameters: { execution: EXECUTION, round: 0 },
        TimeoutSeconds: PLAN_SECONDS + START_SECONDS,
        Retry: retries({ otherwise: 2 }),
        Next: 'Anything to scan?',
      },
      'Anything to scan?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.status', StringEquals: 'skipped', Next: 'Skipped' },
          { Variable: '$.jobs.count', NumericEquals: 0, Next: 'Settle' },
        ],
        Default: 'Scan scopes',
      },
      Skipped: { Type: 'Succeed', Comment: 'The previous audit is still running' },
      'Scan scopes': {
        Type: 'Map',
        ItemReader: {
          Resource: `arn:${partition}:states:::s3:getObject`,
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { 'Bucket.$': '$.jobs.bucket', 'Key.$': '$.jobs.key' },
        },
        MaxConcurrency: concurrency,
        ToleratedFailurePercentage: 100,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'Scan scope',
          States: {
            'Scan scope': {
              Type: 'Task',
              Resource: scan,
              TimeoutSeconds: SCAN_SECONDS + START_SECONDS,
              Retry: retries({ otherwise: 1 }),
              End: true,
            },
          },
        },
        ResultWriter: {
          Resource: `arn:${partition}:states:::s3:putObject`,
          Parameters: { 'Bucket.$': '$.jobs.bucket', 'Prefix.$': "States.Format('runs/{}/results', $.runId)" },
        },
        ResultPath: '$.scanned',
        Retry: [{ ErrorEquals: ['States.ItemReaderFailed'], IntervalSeconds: 5, MaxAttempts: 2, BackoffRate: 2, JitterStrategy: 'FULL' }],
        Catch: SUMMARIZE_ANYWAY,
        Next: 'Plan next round',
      },
      'Plan next round': {
        Type: 'Task',
        Resource: plan,
        Parameters: { execution: EXECUTION, 'round.$': 'States.MathAdd($.round, 1)' },
        TimeoutSeconds: PLAN_SECONDS + START_SECONDS,
        Retry: retries({ otherwise: 2 }),
        Catch: SUMMARIZE_ANYWAY,
        Next: 'Anything to scan?',
      },
      Settle: {
        Type: 'Wait',
        Comment: "Until no scan can still be running, and the table's indexes have caught up: the summary reads what changed from them",
        Seconds: SETTLE_SECONDS,
        Next: 'Summarize',
      },
      Summarize: {
        Type: 'Task',
        Resource: summarize,
        Parameters: { execution: EXECUTION },
        ResultPath: '$.summary',
        TimeoutSeconds: SUMMARIZE_SECONDS + START_SECONDS,
        Retry: retries({ otherwise: 2 }),
        Next: 'All scanned?',
      },
      'All scanned?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.failure', IsPresent: true, Next: 'Broken off' }],
        Default: 'Audited',
      },
      Audited: { Type: 'Succeed' },
      'Broken off': { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
    },
  };
}
