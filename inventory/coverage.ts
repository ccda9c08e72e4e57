import type { UnreadReason } from './facet.ts';

/** One kind of refusal in one region, and how often it was met. */
export interface Gap {
  readonly operation: string;
  readonly cause: UnreadReason['cause'];
  readonly permissions: readonly string[];
  readonly region: string;
  readonly message: string;
  readonly count: number;
}

/** What could not be read in a session, folded by operation, cause and region. */
export class CoverageLog {
  readonly #gaps = new Map<string, Gap>();
  readonly #recorded = new WeakSet<UnreadReason>();
  /** Refusals of an earlier session, by operation and cause. */
  readonly #restored: ReadonlySet<string>;

  /** `restored`: what an earlier session could not read, of which this one judges. */
  constructor(restored: readonly Gap[] = []) {
    for (const gap of restored) this.#gaps.set(`${gap.operation} ${gap.cause} ${gap.region}`, gap);
    this.#restored = new Set(restored.map(({ operation, cause }) => `${operation} ${cause}`));
  }

  record(reason: UnreadReason, region: string): void {
    this.#recorded.add(reason);
    const { operation, cause, permissions, message } = reason;
    const key = `${operation} ${cause} ${region}`;
    const known = this.#gaps.get(key);
    this.#gaps.set(key, known ? { ...known, count: known.count + 1 } : { operation, cause, permissions, region, message, count: 1 });
  }

  /** Records what was found out only when something was to be judged, unless it is the very reason that a call had recorded. */
  recordUnlessKnown(reason: UnreadReason, region: string): void {
    if (!this.#recorded.has(reason) && !this.#restored.has(`${reason.operation} ${reason.cause}`)) this.record(reason, region);
  }

  get gaps(): readonly Gap[] {
    return [...this.#gaps.values()].sort((a, b) => a.operation.localeCompare(b.operation) || a.region.localeCompare(b.region));
  }
}
