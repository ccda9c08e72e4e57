import { describe, expect, test } from 'vitest';
import { activityChecks } from '../../checks/activity-registry.ts';
import { checks } from '../../checks/registry.ts';
import { KNOWN_FRAMEWORKS } from '../../docs/generator/controls.ts';
import { PROWLER_CHECKS, UNANSWERED } from '../../docs/generator/prowler-checks.ts';
import { RECOMMENDATIONS } from '../../findings/cis-7.0.ts';

const all = [...checks, ...activityChecks];
const controls = [...new Set(all.flatMap((check) => check.controls))];

describe('CIS AWS Foundations 7.0', () => {
  const answered = new Set(checks.flatMap((check) => check.controls));

  test('has 70 recommendations, of which 34 are automated', () => {
    expect(RECOMMENDATIONS).toHaveLength(70);
    expect(RECOMMENDATIONS.filter(({ automated }) => automated)).toHaveLength(34);
  });

  test('is answered by checks, or left to a person with what to do and what we can show; automated ones by checks', () => {
    const answerOf = (id: string) => answered.has(`CIS-AWS-7.0:${id}`);
    expect(RECOMMENDATIONS.filter(({ id, manual }) => !answerOf(id) && manual === undefined).map(({ id }) => id)).toEqual([]);
    expect(RECOMMENDATIONS.filter(({ id, automated }) => automated && !answerOf(id))).toEqual([]);
    expect(RECOMMENDATIONS.filter(({ automated, manual }) => automated && manual !== undefined)).toEqual([]);
  });

  test('has every id that a check names', () => {
    const ids = new Set(RECOMMENDATIONS.map(({ id }) => `CIS-AWS-7.0:${id}`));
    expect(controls.filter((control) => control.startsWith('CIS-AWS-7.0:') && !ids.has(control))).toEqual([]);
  });
});

test('every control is of a framework that the page of controls has', () => {
  expect(controls.filter((control) => !KNOWN_FRAMEWORKS.includes(control.split(':')[0] ?? ''))).toEqual([]);
});

describe("Prowler's checks", () => {
  const theirs = Object.values(PROWLER_CHECKS).flat();
  const named = new Set(all.flatMap(({ equivalents }) => equivalents.prowler ?? []));

  test('are each answered, or it is said why not', () => {
    expect(theirs.filter((id) => named.has(id) === id in UNANSWERED)).toEqual([]);
    expect(Object.keys(UNANSWERED).filter((id) => !theirs.includes(id))).toEqual([]);
  });

  test('of these services are named as they are called', () => {
    const services = Object.keys(PROWLER_CHECKS);
    const ours = [...named].filter((id) => services.includes(id.split('_')[0] ?? ''));
    expect(ours.filter((id) => !theirs.includes(id))).toEqual([]);
  });
});
