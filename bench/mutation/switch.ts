import { SWITCH } from './instrument.ts';

/** Changed code may take so many times the steps of the unchanged, and so many more, before it counts as endless. */
const MORE_STEPS = 5;
const FEW_STEPS = 20_000;
/** How much longer it may wait for something, in milliseconds. */
const WAIT = 3_000;

type Run = () => unknown;

/** What the instrumented program asks: whether it is changed here. It notes where it was asked, and ends a change that makes it run endlessly. */
export class MutationSwitch {
  /** Mutants of which code was run outside of a test. */
  readonly outside = new Set<number>();
  #inside: Set<number> | undefined;
  #active: number | undefined;
  #steps = 0;
  #usual = 0;
  #most = Number.POSITIVE_INFINITY;
  #patience = WAIT;

  /** Puts a switch where the instrumented program asks for it. */
  static install(): MutationSwitch {
    const made = new MutationSwitch();
    Object.defineProperty(globalThis, SWITCH, { value: made, configurable: true });
    return made;
  }

  get changed(): boolean {
    return this.#active !== undefined;
  }

  is(id: number): boolean {
    if (++this.#steps > this.#most) throw new Error('the changed code does not end');
    if (this.#active !== undefined) return this.#active === id;
    (this.#inside ?? this.outside).add(id);
    return false;
  }

  /** From now on the program is changed so. */
  change(id: number): void {
    this.#active = id;
  }

  /** Runs the program unchanged; the mutants of which it ran code. */
  async reachedBy(run: Run): Promise<readonly number[]> {
    const inside = new Set<number>();
    this.#inside = inside;
    this.#steps = 0;
    const started = performance.now();
    try {
      await run();
    } finally {
      this.#usual = this.#steps;
      this.#patience = (performance.now() - started) * MORE_STEPS + WAIT;
      this.#inside = undefined;
    }
    return [...inside];
  }

  /** Whether the program fails with a change; without one, whether it fails when run once more. */
  async notices(id: number | undefined, run: Run): Promise<boolean> {
    this.#active = id;
    this.#inside = new Set();
    this.#steps = 0;
    this.#most = this.#usual * MORE_STEPS + FEW_STEPS;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('the changed code waits for what does not come')), this.#patience);
    try {
      await Promise.race([run(), late]);
      return false;
    } catch {
      return true;
    } finally {
      clearTimeout(timer);
      this.#active = undefined;
      this.#inside = undefined;
      this.#most = Number.POSITIVE_INFINITY;
    }
  }
}
