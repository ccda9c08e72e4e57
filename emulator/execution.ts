import type { S3Client } from '@aws-sdk/client-s3';
import type { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';

/** What the context object says of an execution. */
export interface Execution {
  /** Its ARN. */
  readonly id: string;
  readonly name: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly startTime: string;
  readonly stateMachineArn: string;
}

export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string };

/** The execution that a distributed map started for one item. */
export interface Child {
  readonly map: string;
  readonly executionArn: string;
  readonly input: unknown;
  readonly outcome: Outcome;
}

/** What all parts of one execution share. */
export interface Running {
  readonly execution: Execution;
  /** Rejects with an Error whose name is the `errorType` that Lambda reports. */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  /** With the credentials of the machine's role: reads the items of distributed maps and writes their results. */
  readonly s3: S3Client;
  /** Retries and Wait states wait; otherwise they go on at once. */
  readonly waits: boolean;
  readonly children: Child[];
  readonly warnings: string[];
}

export type Json = Parameters<StateMachine['run']>[0];

/** Any JSON: what comes from a parser or an SDK is nothing else. */
export const AnyJson = z.custom<Json>((value) => value !== undefined, 'not JSON');

const START_TIME = 'GivenStartTime';

/** The context object: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextOf({ id, name, startTime, stateMachineArn }: Execution) {
  return { Execution: { Id: id, Name: name, [START_TIME]: startTime }, StateMachine: { Id: stateMachineArn } };
}

/** Paths to the start time lead to the given one: the library puts its own in its place. */
export function withStartTime(template: unknown): unknown {
  return JSON.parse(JSON.stringify(template).replaceAll('$$.Execution.StartTime', () => `$$.Execution.${START_TIME}`));
}

/** An error as a state reports it: Retry and Catch match its name. */
export function stateError(name: string, cause: string): Error {
  return Object.assign(new Error(cause), { name });
}

/** What may pass between states. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const DATA_LIMIT = 256 * 1024;

/** The same, if it is not larger than may pass between states. @throws Error `States.DataLimitExceeded`, which nothing retries or catches */
export function within(value: Json, what: string): Json {
  const size = Buffer.byteLength(JSON.stringify(value));
  if (size <= DATA_LIMIT) return value;
  throw Object.assign(stateError('States.DataLimitExceeded', `${what} has ${size} bytes`), { isRetryable: false, isCatchable: false });
}
