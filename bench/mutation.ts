import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';
import { instrument } from './mutation/instrument.ts';
import { type Mutant, toMutants } from './mutation/mutants.ts';
import { evenly, type Trial, tryImported, tryReached } from './mutation/trial.ts';

const ROOT = join(import.meta.dirname, '..');
/** What is mutated, by area. Examples are data of tests. The pure half of findings are its files that neither wait nor reach outside of the program. */
const AREAS: Readonly<Record<string, () => readonly string[]>> = {
  'checks/predicates': () => globSync('checks/predicates/*.ts', { cwd: ROOT, exclude: ['checks/predicates/example-*.ts'] }),
  findings: () => globSync('findings/*.ts', { cwd: ROOT }).filter(isPure),
};
const IMPURE = /from '(node:|[^']*\bsdk\/)|\b(async|await|Promise)\b|import\(/;
/** Waits only because a check may. */
const ALSO_PURE = ['findings/evaluate.ts'];
const TESTS = /\/test\/(checks|findings)\//;
/** Tests that start other programs have no part in it: they are slow, and nothing of what they start is mutated. */
const STARTS_PROGRAMS = /emulator|moto|dynamodb-local|child_process/;

export interface MutationFigures {
  readonly seconds: number;
  readonly testFiles: number;
  /** Tests that do not pass when run once more in one process, and files of which a test does not pass at all: these try nothing. */
  readonly useless: readonly string[];
  readonly areas: readonly AreaFigures[];
}

export interface AreaFigures {
  readonly name: string;
  readonly mutants: number;
  /** How many of them were tried. */
  readonly tried: number;
  readonly survivors: readonly Mutant[];
}

/**
 * Changes the program in every small way of `mutation/changes.ts`, one at a time, and tells which of these changes no test of checks and findings notices.
 * All of them are built in at once, each behind a switch, so that a test is run again and again without importing anything anew. Only code that an
 * import alone runs (tables, mostly) must be imported anew for each mutant: of these, `imports` are tried. Of all mutants `most` are tried, chosen
 * evenly over the files and their lines, so that each run tries the same. `only`: of files whose path it matches.
 */
export async function benchMutation(most: number, imports: number, only: RegExp = /./): Promise<MutationFigures> {
  const started = performance.now();
  const mutants: (Mutant & { readonly area: string })[] = [];
  const instrumented = new Map<string, string>();
  for (const [area, files] of Object.entries(AREAS))
    for (const file of [...files()].filter((path) => only.test(path)).sort()) {
      const code = codeOf(file);
      const own = toMutants(file, code, mutants.length);
      mutants.push(...own.map((mutant) => ({ ...mutant, area })));
      instrumented.set(join(ROOT, file), instrument(code, own));
    }
  const vitest = await startVitest(instrumented);
  try {
    const all = await vitest.globTestSpecifications();
    const tests = all.filter(({ moduleId }) => TESTS.test(moduleId) && !STARTS_PROGRAMS.test(readFileSync(moduleId, 'utf8')));
    const chosen = new Set(
      evenly(
        mutants.map(({ id }) => id),
        most,
      ),
    );
    const trial: Trial = { vitest, tests, left: new Set(chosen), outside: new Map(), useless: new Set() };
    await tryReached(trial);
    const untried = await tryImported(trial, imports);
    const areas = Object.keys(AREAS).map((name) => {
      const own = mutants.filter(({ area }) => area === name);
      const tried = own.filter(({ id }) => chosen.has(id) && !untried.has(id));
      return { name, mutants: own.length, tried: tried.length, survivors: tried.filter(({ id }) => trial.left.has(id)) };
    });
    return { seconds: (performance.now() - started) / 1000, testFiles: tests.length, useless: [...trial.useless], areas };
  } finally {
    await vitest.close();
  }
}

function startVitest(instrumented: ReadonlyMap<string, string>): Promise<Vitest> {
  return createVitest(
    'test',
    {
      root: ROOT,
      config: false,
      // What is kept of an earlier run has the numbers of that run's mutants.
      fsModuleCache: false,
      watch: false,
      include: ['test/**/*.test.ts'],
      runner: join(import.meta.dirname, 'mutation/runner.ts'),
      reporters: [],
      maxWorkers: 2,
      testTimeout: 60_000,
    },
    {
      plugins: [
        {
          name: 'mutants',
          enforce: 'pre',
          transform(_, id) {
            const code = instrumented.get(id);
            return code === undefined ? undefined : { code, map: null };
          },
        },
      ],
    },
  );
}

function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function isPure(file: string): boolean {
  return ALSO_PURE.includes(file) || !IMPURE.test(codeOf(file));
}
