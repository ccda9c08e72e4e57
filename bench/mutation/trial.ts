import type { TestModule, TestSpecification, Vitest } from 'vitest/node';
import type {} from './outcome.ts';

/** Mutants on trial: each is tried by the tests until one notices it. */
export interface Trial {
  readonly vitest: Vitest;
  readonly tests: readonly TestSpecification[];
  /** Those that no test has noticed yet. */
  readonly left: Set<number>;
  /** Those of which code is run outside of tests, on import mostly, with the test files that do so. */
  readonly outside: Map<number, Set<TestSpecification>>;
  /** Tests that do not pass when run once more, and files of which a test does not pass at all: these try nothing. */
  readonly useless: Set<string>;
}

/** Milliseconds that one run of a test may take in each round: what the quick tests notice need not be tried by the slow ones. */
const ROUNDS = [2, 20, Number.MAX_SAFE_INTEGER];

/** Has each test try the mutants of which it runs code. */
export async function tryReached(trial: Trial): Promise<void> {
  let tests = trial.tests;
  for (const slowest of ROUNDS) {
    provide(trial.vitest, { mutants: [...trial.left], slowest, imported: {} });
    const { testModules } = await trial.vitest.runTestSpecifications([...tests]);
    const modules = new Map(testModules.map((module) => [module.moduleId, module]));
    for (const test of tests) note(trial, test, modules.get(test.moduleId));
    tests = tests.filter(({ moduleId }) => modules.get(moduleId)?.meta().mutation?.postponed === true);
  }
}

function note({ left, outside, useless }: Trial, test: TestSpecification, module: TestModule | undefined): void {
  const outcome = module?.meta().mutation;
  if (module?.ok() !== true) useless.add(test.moduleId);
  for (const id of outcome?.noticed ?? []) left.delete(id);
  for (const name of outcome?.once ?? []) useless.add(name);
  for (const id of outcome?.outside ?? []) outside.set(id, (outside.get(id) ?? new Set()).add(test));
}

/** Imports so many of the mutants that are left and that an import runs, each by the test files that do so, until one fails. Those that it left out. */
export async function tryImported(trial: Trial, count: number): Promise<ReadonlySet<number>> {
  const importOnly = [...trial.left].filter((id) => trial.outside.has(id));
  const chosen = evenly(importOnly, count);
  const specificity = (test: TestSpecification) => [...trial.outside.values()].filter((tests) => tests.has(test)).length;
  const reach = new Map(trial.tests.map((test) => [test, specificity(test)]));
  const waiting = new Map(
    chosen.map((id) => [id, [...(trial.outside.get(id) ?? [])].sort((one, other) => (reach.get(one) ?? 0) - (reach.get(other) ?? 0))]),
  );
  while (waiting.size > 0) for (const id of await importOnce(trial, waiting)) waiting.delete(id);
  const tried = new Set(chosen);
  return new Set(importOnly.filter((id) => !tried.has(id)));
}

/** One run, in which each test file is imported with another mutant. The mutants that need no further run. */
async function importOnce({ vitest, left }: Trial, waiting: ReadonlyMap<number, TestSpecification[]>): Promise<readonly number[]> {
  const tries = new Map<TestSpecification, number>();
  for (const [id, tests] of waiting) {
    const index = tests.findIndex((test) => !tries.has(test));
    const [test] = index < 0 ? [] : tests.splice(index, 1);
    if (test !== undefined) tries.set(test, id);
  }
  provide(vitest, { mutants: [], slowest: 0, imported: Object.fromEntries([...tries].map(([{ moduleId }, id]) => [moduleId, id])) });
  const { testModules } = await vitest.runTestSpecifications([...tries.keys()]);
  const failed = new Set(testModules.filter((module) => !module.ok()).map(({ moduleId }) => moduleId));
  for (const [{ moduleId }, id] of tries) if (failed.has(moduleId)) left.delete(id);
  return [...waiting].filter(([id, tests]) => !left.has(id) || tests.length === 0).map(([id]) => id);
}

function provide(
  vitest: Vitest,
  values: { readonly mutants: readonly number[]; readonly slowest: number; readonly imported: Readonly<Record<string, number>> },
): void {
  vitest.provide('mutants', values.mutants);
  vitest.provide('slowest', values.slowest);
  vitest.provide('imported', values.imported);
}

/** So many of them, spread over the whole list. */
export function evenly(ids: readonly number[], count: number): readonly number[] {
  if (ids.length <= count) return ids;
  return Array.from({ length: count }, (_, index) => ids[Math.floor((index * ids.length) / count)]).filter((id) => id !== undefined);
}
