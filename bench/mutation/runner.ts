import fc from 'fast-check';
import { inject, type RunnerTestCase, type RunnerTestFile, type RunnerTestSuite, TestRunner } from 'vitest';
import type {} from './outcome.ts';
import { MutationSwitch } from './switch.ts';

/** How long a property may look for a case that notices one mutant, in milliseconds. */
const PROPERTY_TIME = 100;
/** How long one test may try mutants, in milliseconds of the processor; those that it did not come to are left for others. */
const TEST_TIME = 10_000;
/** The same by the clock: a test may wait instead of working. */
const CLOCK_TIME = 30_000;
/** How many tests of one file may try a mutant in vain: examples of many checks run the same code to the same end. */
const TRIES = 60;
const SEED = 5;

/** Runs each test unchanged, and then again with each mutant of which it runs code and that no test has noticed yet. */
export default class MutationRunner extends TestRunner {
  readonly #switch = MutationSwitch.install();
  readonly #left = new Set(inject('mutants'));
  readonly #slowest = inject('slowest');
  readonly #tries = new Map<number, number>();
  readonly #noticed: number[] = [];
  readonly #once: string[] = [];
  #postponed = false;

  override onCollectStart(file: RunnerTestFile): void {
    super.onCollectStart(file);
    const imported = inject('imported')[file.filepath];
    if (imported !== undefined) this.#switch.change(imported);
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    if (suite === suite.file) {
      const { outside } = this.#switch;
      suite.meta.mutation = { noticed: this.#noticed, outside: [...outside], once: this.#once, postponed: this.#postponed };
    }
    await super.onAfterRunSuite(suite);
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test);
    fc.configureGlobal({ seed: SEED });
    if (this.#switch.changed) await run();
    else await this.#tryAll(test.name, run);
  }

  async #tryAll(name: string, run: () => unknown): Promise<void> {
    const tried = (await this.#switch.reachedBy(run)).filter((id) => this.#left.has(id) && (this.#tries.get(id) ?? 0) < TRIES);
    if (tried.length === 0) return;
    fc.configureGlobal({ seed: SEED, interruptAfterTimeLimit: PROPERTY_TIME, endOnFailure: true });
    const started = spent();
    let failsAgain = await this.#switch.notices(undefined, run);
    if (failsAgain) {
      // A property that also counts its cases needs all of them.
      fc.configureGlobal({ seed: SEED, endOnFailure: true });
      failsAgain = await this.#switch.notices(undefined, run);
    }
    const isSlow = spent() - started > this.#slowest;
    if (failsAgain) this.#once.push(name);
    if (isSlow) this.#postponed = true;
    if (failsAgain || isSlow) return;
    const deadline = started + TEST_TIME;
    const closing = performance.now() + CLOCK_TIME;
    for (const id of tried) if (spent() < deadline && performance.now() < closing) this.#note(id, await this.#switch.notices(id, run));
  }

  #note(id: number, noticed: boolean): void {
    if (noticed) {
      this.#left.delete(id);
      this.#noticed.push(id);
    } else this.#tries.set(id, (this.#tries.get(id) ?? 0) + 1);
  }
}

/** Milliseconds of the processor so far: unlike those of the clock, nothing that runs beside us counts. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
