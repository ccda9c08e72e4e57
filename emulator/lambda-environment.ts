import { DEFAULT_ACCOUNT } from './callers.ts';

export interface LambdaOptions {
  /** The folder of the bundle, as it would be uploaded. */
  readonly asset: string;
  /** As the function's configuration names it: `scan.handler` is the export `handler` of `scan.mjs`. */
  readonly handler: string;
  /** All that the function sees, credentials too, besides what Lambda itself sets. Nothing of this process is passed on. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the function is said to live; 123456789012 unless told. */
  readonly accountId?: string;
  /** The handler's module name unless told. */
  readonly functionName?: string;
}

export interface InvokeOptions {
  /** What `getRemainingTimeInMillis` counts down from, and after which Lambda ends the process; 900,000 unless told. */
  readonly remainingMs?: number;
}

export function toFunctionArn(options: LambdaOptions): string {
  const { accountId = DEFAULT_ACCOUNT } = options;
  return `arn:aws:lambda:${regionOf(options)}:${accountId}:function:${nameOf(options)}`;
}

/** The given environment and what Lambda sets itself: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export function toEnvironment(options: LambdaOptions): Readonly<Record<string, string>> {
  const name = nameOf(options);
  return {
    ...options.environment,
    _HANDLER: options.handler,
    AWS_DEFAULT_REGION: regionOf(options),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: options.asset,
    TZ: ':UTC',
  };
}

function nameOf({ functionName, handler }: LambdaOptions): string {
  return functionName ?? handler.split('.')[0] ?? handler;
}

function regionOf({ environment }: LambdaOptions): string {
  return environment.AWS_REGION ?? 'us-east-1';
}
