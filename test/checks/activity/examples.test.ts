import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Activity, AnyActivityCheck, EventSelector, ExampleEvent } from '../../../checks/activity.ts';
import { judgeActivity, activityChecks as registered } from '../../../checks/activity-registry.ts';
import { SEVERITIES } from '../../../checks/check.ts';
import type { CloudTrailEvent } from '../../../inventory/events/event.ts';
import { exampleEvent } from './example-event.ts';

const CONTROL = /^(CIS-AWS-\d+\.\d+:\d+(\.\d+)+|AWS-FSBP:[A-Z][A-Za-z0-9]*\.\d+)$/;
const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;
const EQUIVALENT: Readonly<Record<string, RegExp>> = {
  prowler: /^[a-z0-9]+(_[a-z0-9]+)+$/,
  securityHub: /^[A-Z][A-Za-z0-9]*\.\d+$/,
  checkov: /^CKV2?_AWS_\d+$/,
};
/** Secret access keys, session tokens, signed tokens, private and public keys, and policies as a whole. */
const SECRET =
  /(?<![\w/+])(?=[A-Za-z/+]*\d)[A-Za-z0-9/+]{40}(?![\w/+])|FwoGZXIv|IQoJb3JpZ2lu|eyJ[\w-]{10,}|BEGIN [A-Z ]*KEY|ssh-(rsa|ed25519) |"Statement"|password=/i;

const root = new URL('../../../', import.meta.url);
const files = globSync('checks/activity/*.ts', { cwd: root }).sort();
const checks = await Promise.all(files.map(async (file) => ({ file, check: await load(file) })));

describe.each(checks)('$check.id', ({ file, check }) => {
  test('has the id that its path says', () => {
    expect(file).toBe(`checks/activity/${check.id.replace(/^activity-/, '')}.ts`);
    expect(check.id).toMatch(/^activity-[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('names controls, techniques and equivalents in their own form, each once', () => {
    expect(check.controls.filter((control) => !CONTROL.test(control))).toEqual([]);
    expect(check.attack.filter((technique) => !TECHNIQUE.test(technique))).toEqual([]);
    for (const [tool, ids] of Object.entries(check.equivalents)) for (const id of ids) expect(id).toMatch(EQUIVALENT[tool] ?? /$^/);
    for (const ids of [check.controls, check.attack]) expect([...new Set(ids)]).toEqual(ids);
  });

  test('names what it selects once', () => {
    const names = check.events.flatMap((selector) =>
      typeof selector === 'object' && 'names' in selector ? selector.names.map((name) => `${selector.source} ${name}`) : [],
    );
    expect(check.events.length).toBeGreaterThan(0);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^(any|[a-z0-9-]+\.amazonaws\.com) [A-Z][A-Za-z0-9]+$/.test(name))).toEqual([]);
  });

  test('shows an activity of its own severity', () => {
    const severities = Object.values(check.examples.activity).map((example) => judged(check, example)?.severity ?? check.severity);
    expect(severities).toContain(check.severity);
  });

  test.each(examplesOf(check))('selects the event of: $name', ({ example }) => {
    const event = exampleEvent(example);
    expect(check.events.some((selector) => selects(selector, event))).toBe(true);
  });

  test.each(Object.entries(check.examples.activity))('tells: %s', (_, example) => {
    const activity = judged(check, example);
    if (activity === undefined) throw new Error('it is quiet');
    expect(judged(check, example), 'the same answer twice').toEqual(activity);
    expect(SEVERITIES).toContain(activity.severity ?? check.severity);
    expect(activity.reason).toMatch(/\S/);
    expect(activity.reason.split(/\s+/).length, 'words in the reason').toBeLessThanOrEqual(14);
    expect(JSON.stringify([activity.reason, activity.evidence])).not.toMatch(SECRET);
    expect(JSON.parse(JSON.stringify(activity.evidence)), 'is JSON without holes').toStrictEqual(activity.evidence);
  });

  test.each(Object.entries(check.examples.quiet))('is quiet: %s', (_, example) => {
    expect(judged(check, example)).toBeUndefined();
  });

  test.each(Object.entries(check.examples.unsure ?? {}))('cannot tell: %s', (_, example) => {
    expect(() => judged(check, example)).toThrow(expect.objectContaining({ name: 'Unread' }));
  });
});

describe('the registry', () => {
  test('holds every activity check once, by id', () => {
    expect(registered.map(({ id }) => id)).toEqual(checks.map(({ check }) => check.id).sort());
  });

  test('has no two checks of one title', () => {
    const titles = checks.map(({ check }) => check.title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('has every monitoring family of CIS AWS Foundations', () => {
    const families = Array.from({ length: 15 }, (_, index) => `CIS-AWS-7.0:5.${index + 1}`);
    const covered = new Set(checks.flatMap(({ check }) => check.controls));
    expect(families.filter((family) => !covered.has(family))).toEqual([]);
  });
});

async function load(file: string): Promise<AnyActivityCheck> {
  const module: { readonly default: AnyActivityCheck } = await import(new URL(file, root).pathname);
  return module.default;
}

function examplesOf({ examples }: AnyActivityCheck) {
  return Object.values(examples)
    .flatMap((named) => Object.entries(named))
    .map(([name, example]) => ({ name, example }));
}

function judged(check: AnyActivityCheck, example: ExampleEvent): Activity | undefined {
  return judgeActivity(check, exampleEvent(example), check.params ?? {});
}

/** What a selector means, told a second time and plainly: the engine answers it by an index. */
function selects(selector: EventSelector, { source, name, actor, outcome }: CloudTrailEvent): boolean {
  if (selector === 'every') return true;
  if ('by' in selector) return actor.kind === 'root';
  if ('outcome' in selector) return outcome === 'refused';
  return selector.names.includes(name) && (selector.source === 'any' || selector.source === source);
}
