import type { AwsRequest } from './request.ts';
import { isRecord } from './request.ts';
import type { Answer } from './wire/serialize.ts';

/** Members of requests that differ from run to run although they ask the same: the window of LookupEvents, names of sessions. */
const VOLATILE = new Set(['StartTime', 'EndTime', 'RoleSessionName', 'ClientToken', 'X-Amz-Date', 'X-Amz-Signature']);

/** Answers by request. When the same was asked more than once, the last answer: the one that holds when things have settled. */
export class Recording {
  readonly #answers = new Map<string, Answer>();

  keep(accountId: string, request: AwsRequest, answer: Answer): void {
    this.#answers.set(keyOf(accountId, request), answer);
  }

  find(accountId: string, request: AwsRequest): Answer | undefined {
    return this.#answers.get(keyOf(accountId, request));
  }

  get size(): number {
    return this.#answers.size;
  }
}

/** The same for requests that ask the same thing of the same account and region, however they were signed. */
export function keyOf(accountId: string, request: AwsRequest): string {
  const { service, operation, region, raw, path, query, form, json } = request;
  return [accountId, region, `${service}:${operation}`, raw.method, path, sorted(query), sorted(form), canonical(json)].join(' ');
}

function sorted(parameters: URLSearchParams): string {
  const stable = [...parameters].filter(([name]) => !VOLATILE.has(name));
  return new URLSearchParams(stable.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? '';
  const stable = Object.keys(value).filter((name) => !VOLATILE.has(name));
  return `{${stable
    .sort()
    .map((name) => `${name}:${canonical(value[name])}`)
    .join(',')}}`;
}
