import { setTimeout as sleep } from 'node:timers/promises';

/** `burst` requests at once, then `perSecond`. */
export interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/** A token bucket that hands out turns in the order they were asked for. */
export class TokenBucket {
  readonly #limit: Limit;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  /** `now` in milliseconds, monotonic. */
  constructor(limit: Limit, now: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#now = now;
    this.#tokens = limit.burst;
    this.#filledAt = now();
  }

  /** Resolves when the caller may send one request. */
  async take(): Promise<void> {
    const wait = this.reserve();
    if (wait > 0) await sleep(wait);
  }

  /** Takes one token, possibly one that is yet to come, and returns the milliseconds until it is there. */
  reserve(): number {
    const now = this.#now();
    const { burst, perSecond } = this.#limit;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond) - 1;
    this.#filledAt = now;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / perSecond) * 1000;
  }
}
