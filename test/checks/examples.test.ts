import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type AnyCheck, denied, type ExampleKind } from '../../checks/check.ts';
import { checks as registered } from '../../checks/registry.ts';
import { evaluate, ready } from '../../findings/evaluate.ts';
import type { Evaluation, Status } from '../../findings/finding.ts';
import type { Resource } from '../../inventory/reader.ts';
import { EXAMPLE_NOW, exampleResource } from './example-resource.ts';

const STATUS: Readonly<Record<ExampleKind, Status>> = { pass: 'PASS', fail: 'FAIL', unknown: 'UNKNOWN', notApplicable: 'NOT_APPLICABLE' };
const CONTROL =
  /^(CIS-AWS-\d+\.\d+:\d+(\.\d+)+|AWS-FSBP:[A-Z][A-Za-z0-9]*\.\d+|PCI-DSS-4\.0:\d+(\.\d+)*|NIST-800-53-R5:[A-Z]{2}-\d+(\(\d+\))?)$/;
const EQUIVALENT: Readonly<Record<string, RegExp>> = {
  prowler: /^[a-z0-9]+(_[a-z0-9]+)+$/,
  securityHub: /^[A-Z][A-Za-z0-9]*\.\d+$/,
  checkov: /^CKV2?_AWS_\d+$/,
};

const REFUSED = 'service:Operation';

const root = new URL('../../', import.meta.url);
const files = globSync('checks/*/*.ts', { cwd: root, exclude: ['checks/predicates/**', 'checks/activity/**'] }).sort();
const checks = await Promise.all(files.map(async (file) => ({ file, check: await load(file) })));

describe.each(checks)('$check.id', ({ file, check }) => {
  test('has the id that its path says', () => {
    expect(file).toBe(`checks/${check.id.replace('-', '/')}.ts`);
  });

  test('names controls and equivalents in their own form', () => {
    expect(check.controls.filter((control) => !CONTROL.test(control))).toEqual([]);
    for (const [tool, ids] of Object.entries(check.equivalents)) for (const id of ids) expect(id).toMatch(EQUIVALENT[tool] ?? /$^/);
  });

  test('shows at least one example that passes, fails and is unknown', () => {
    const { pass, fail, unknown } = check.examples;
    expect([pass, fail, unknown].map((examples) => Object.keys(examples).length > 0)).toEqual([true, true, true]);
  });

  test('needs what it touches and touches what it needs', async () => {
    const touched = new Set<string>();
    for (const { example } of examplesOf(check)) {
      expect(Object.keys(example).filter((name) => name !== 'identity' && !check.needs.includes(name))).toEqual([]);
      const resource = exampleResource(check, example);
      const facet: Resource['facet'] = (name) => {
        touched.add(name);
        return resource.facet(name);
      };
      await evaluate(ready(check, EXAMPLE_NOW), { ...resource, facet });
    }
    expect([...touched].sort()).toEqual([...check.needs].sort());
  });

  test.each(examplesOf(check))('$kind: $name', async ({ kind, example }) => {
    const judged = await judge(check, example, EXAMPLE_NOW);
    expect(judged).toMatchObject({ status: STATUS[kind], ...(kind === 'unknown' ? { crashed: false } : {}) });
    expect(await judge(check, example, EXAMPLE_NOW), 'the same answer twice').toEqual(judged);
    expect('reason' in judged && kind !== 'unknown' ? wordsOf(judged.reason) : 0, 'words in the reason').toBeLessThanOrEqual(14);
  });

  test('says UNKNOWN where nothing may be read', async () => {
    const nothing = Object.fromEntries(check.needs.map((name) => [name, denied(REFUSED)]));
    expect(await judge(check, nothing, EXAMPLE_NOW)).toMatchObject({ status: 'UNKNOWN', crashed: false });
  });

  test.each(refusalsIn(check))('is not turned round by a refusal of $facet: $name', async ({ kind, facet, example }) => {
    const { status } = await judge(check, { ...example, [facet]: denied(REFUSED) }, EXAMPLE_NOW);
    expect([STATUS[kind], 'UNKNOWN']).toContain(status);
  });

  test.each(examplesOf(check).filter(({ kind }) => kind === 'fail'))('tells what the severity comes of: $name', async ({ example }) => {
    const judged = await judge(check, example, EXAMPLE_NOW);
    const { severity, evidence } = judged.status === 'FAIL' ? judged : expect.unreachable(judged.status);
    const [base, ...modifiers] = [evidence.severity ?? []].flat();
    if (base === undefined) expect(severity, 'nothing is told').toBe(check.severity);
    else expect([base, modifiers.at(-1)]).toEqual([`base ${check.severity}`, expect.stringMatching(`^\\w.*: ${severity}$`)]);
    for (const modifier of modifiers) expect(modifier).toMatch(/^\w.*: [A-Z]+$/);
  });

  test.each(examplesOf(check).filter(({ kind }) => kind === 'fail'))('a day later says the same of: $name', async ({ example }) => {
    const tomorrow = new Date(EXAMPLE_NOW.getTime() + 86_400_000);
    expect(await judge(check, example, tomorrow)).toEqual(await judge(check, example, EXAMPLE_NOW));
  });
});

describe('the registry', () => {
  test('holds every check file once, by id', () => {
    expect(registered.map(({ id }) => id)).toEqual(checks.map(({ check }) => check.id).sort());
  });

  test('has no two checks of one title', () => {
    const titles = checks.map(({ check }) => check.title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

async function load(file: string): Promise<AnyCheck> {
  const module: { readonly default: AnyCheck } = await import(new URL(file, root).pathname);
  return module.default;
}

function examplesOf(check: AnyCheck) {
  const kinds: readonly ExampleKind[] = ['pass', 'fail', 'unknown', 'notApplicable'];
  return kinds.flatMap((kind) => Object.entries(check.examples[kind]).map(([name, example]) => ({ kind, name, example })));
}

/** Each example that is known how to be judged, with each of its facets. */
function refusalsIn(check: AnyCheck) {
  const known = examplesOf(check).filter(({ kind }) => kind !== 'unknown');
  return known.flatMap((one) => Object.keys(one.example).flatMap((facet) => (facet === 'identity' ? [] : [{ ...one, facet }])));
}

function judge(check: AnyCheck, example: Readonly<Record<string, unknown>>, now: Date): Evaluation | Promise<Evaluation> {
  return evaluate(ready(check, now), exampleResource(check, example));
}

function wordsOf(reason: string): number {
  return reason.split(/\s+/).length;
}
