import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { mapStackTraces } from './stack-traces.ts';

/** One line per unit of work: numbers, names and ids, never what a resource holds. */
export const logger = new Logger();

/** What Lambda calls: errors leave it as they are, so that the state machine sees their names, and a function out of time ends as Lambda ends it. */
export function toHandler<Result>(work: (event: unknown, context: Context) => Promise<Result>) {
  mapStackTraces();
  return middy<unknown, Result>({ timeoutEarlyInMillis: 0 }).use(injectLambdaContext(logger)).handler(work);
}

/** The account that the function is in: of its ARN. */
export function accountOf({ invokedFunctionArn }: Pick<Context, 'invokedFunctionArn'>): string {
  return invokedFunctionArn.split(':')[4] ?? '';
}
