import type { FinalizeHandler, HandlerExecutionContext } from '@smithy/types';
import pLimit from 'p-limit';
import { isThrottle } from './aws-errors.ts';
import { limitOf } from './limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** Requests under way at once: below the pool of sockets, so that none waits for a socket with its time-out running. */
const CONCURRENT = 48;

/** What a scan asked of AWS, counted per `service:Operation`. */
export class Meter {
  readonly requests = new Map<string, number>();
  throttles = 0;
  /** Runs a request when fewer than `CONCURRENT` are under way. */
  readonly slot = pLimit(CONCURRENT);
  readonly #buckets = new Map<string, TokenBucket>();

  get total(): number {
    return this.requests.values().reduce((sum, count) => sum + count, 0);
  }

  count(operation: string): void {
    this.requests.set(operation, (this.requests.get(operation) ?? 0) + 1);
  }

  /** The bucket that all requests of one service in one region share (LookupEvents has its own: its limit is far lower). */
  bucket(service: string, operation: string, region: string): TokenBucket {
    const { name, limit } = limitOf(service, operation);
    const key = `${name}/${region}`;
    let bucket = this.#buckets.get(key);
    if (!bucket) this.#buckets.set(key, (bucket = new TokenBucket(limit)));
    return bucket;
  }
}

/** SDK middleware that waits for a token before each attempt and counts it. */
export function pacing(service: string, region: string, meter: Meter) {
  return <Input extends object, Output extends object>(
    next: FinalizeHandler<Input, Output>,
    context: HandlerExecutionContext,
  ): FinalizeHandler<Input, Output> => {
    const operation = (context.commandName ?? 'Unknown').replace(/Command$/, '');
    const bucket = meter.bucket(service, operation, region);
    return async (args) => {
      await bucket.take();
      meter.count(`${service}:${operation}`);
      try {
        return await meter.slot(() => next(args));
      } catch (error) {
        if (isThrottle(error)) meter.throttles += 1;
        throw error;
      }
    };
  };
}
