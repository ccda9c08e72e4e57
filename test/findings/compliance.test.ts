import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyCheck } from '../../checks/check.ts';
import { checks as registry } from '../../checks/registry.ts';
import { type Assessment, type ControlStatus, NO_RESOURCES, type ResourceCounts, toComplianceReport } from '../../findings/compliance.ts';
import { controlsOf } from '../../findings/compliance-controls.ts';
import { FRAMEWORKS, type Framework } from '../../findings/compliance-frameworks.ts';
import { assessReport } from '../../findings/compliance-from-report.ts';
import type { ReportedFinding } from '../../findings/exports/report.ts';
import { adminPorts } from './samples.ts';

const [cis] = FRAMEWORKS;
const fsbp = FRAMEWORKS.find(({ id }) => id === 'fsbp');
if (!cis || !fsbp) throw new Error('frameworks are missing');

const check = (id: string, ...controls: string[]): AnyCheck => ({ ...adminPorts, id, title: `${id} should be`, controls });
const CHECKS = [check('one', 'AWS-FSBP:EC2.2', 'AWS-FSBP:EC2.10'), check('two', 'AWS-FSBP:EC2.10'), check('three', 'AWS-FSBP:S3.1')];

function assessment(counts: Readonly<Record<string, Partial<ResourceCounts>>>, ran = ['one', 'two', 'three']): Assessment {
  const whole = Object.entries(counts).map(([id, some]) => [id, { ...NO_RESOURCES, ...some }] as const);
  return { accounts: ['111122223333'], ran: new Set(ran), counts: new Map(whole), standing: [], seen: null, notSeen: [] };
}

const reportOf = (framework: Framework, checks: readonly AnyCheck[], ...args: Parameters<typeof assessment>) =>
  toComplianceReport(framework, checks, assessment(...args));
const statusesOf = (...args: Parameters<typeof assessment>) =>
  Object.fromEntries(
    reportOf(fsbp, CHECKS, ...args).sections.flatMap(({ controls }) => controls.map(({ id, status }) => [id, status] as const)),
  );

describe('the controls of a framework', () => {
  test('of CIS 7.0 are all 70, those for a person with what to do', () => {
    const controls = controlsOf(cis, registry);
    expect(controls).toHaveLength(70);
    expect(controls.filter(({ manual }) => manual !== undefined)).toHaveLength(7);
    expect(controls.filter(({ checkIds, manual }) => checkIds.length === 0 && manual === undefined)).toEqual([]);
  });

  test.each(FRAMEWORKS)('of $id are those that checks name, each once', (framework) => {
    const named = registry.flatMap((one) => one.controls.filter((control) => control.startsWith(`${framework.prefix}:`)));
    const ids = controlsOf(framework, registry).map(({ id }) => `${framework.prefix}:${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(named));
  });

  test('are in the order of their numbers', () => {
    expect(controlsOf(fsbp, CHECKS).map(({ id, section }) => `${section} ${id}`)).toEqual(['EC2 EC2.2', 'EC2 EC2.10', 'S3 S3.1']);
  });
});

describe('a control', () => {
  test.each<readonly [string, Readonly<Record<string, Partial<ResourceCounts>>>, ControlStatus]>([
    ['passes if something was judged and all of it passed', { three: { pass: 3, notApplicable: 2 } }, 'pass'],
    ['fails if one resource fails, whatever else there is', { three: { pass: 3, fail: 1, unknown: 2, excepted: 1 } }, 'fail'],
    ['is unknown if one resource is unknown', { three: { pass: 300, unknown: 1 } }, 'unknown'],
    ['is excepted, not passed, if an exception covers what fails', { three: { pass: 3, excepted: 1 } }, 'excepted'],
    ['is not applicable if there is nothing to judge', { three: { notApplicable: 3 } }, 'not applicable'],
    ['is not applicable if there is nothing at all', {}, 'not applicable'],
  ])('%s', (_, counts, status) => {
    expect(statusesOf(counts)['S3.1']).toBe(status);
  });

  test('none of whose checks ran is not assessed, and one of which some did not run is unknown', () => {
    expect(statusesOf({ one: { pass: 3 } }, ['one'])).toEqual({ 'EC2.2': 'pass', 'EC2.10': 'unknown', 'S3.1': 'not assessed' });
  });

  test('fails for what is open, even if its check does not run any more', () => {
    expect(statusesOf({ three: { fail: 1 } }, ['one'])['S3.1']).toBe('fail');
  });

  test('that is left to a person passes by no check alone, and fails by one', () => {
    const manual = check('contact', 'CIS-AWS-7.0:2.2');
    const status = (counts: Partial<ResourceCounts>) =>
      reportOf(cis, [manual], { contact: counts }, ['contact'])
        .sections.flatMap(({ controls }) => controls)
        .find(({ id }) => id === '2.2')?.status;
    expect([status({ pass: 1 }), status({ fail: 1 }), status({ unknown: 1 })]).toEqual(['manual', 'fail', 'unknown']);
  });
});

const counts = fc.record({ pass: fc.nat(3), fail: fc.nat(1), unknown: fc.nat(1), excepted: fc.nat(1), notApplicable: fc.nat(2) });

test('nothing that fails, is unknown or excepted is ever within the score, and the shares hold', () => {
  const property = fc.property(
    fc.dictionary(fc.constantFrom('one', 'two', 'three'), counts),
    fc.subarray(['one', 'two', 'three']),
    (known, ran) => {
      const { score, coverage, statuses, sections } = reportOf(fsbp, CHECKS, known, ran);
      const controls = sections.flatMap((section) => section.controls);
      expect(Object.values(statuses).reduce((sum, each) => sum + each)).toBe(controls.length);
      expect(score.count).toBe(controls.filter(({ status }) => status === 'pass').length);
      for (const { status, counts: sum, checks } of controls) {
        const isClean = sum.fail + sum.unknown + sum.excepted === 0 && sum.pass > 0 && checks.every((one) => one.ran);
        expect(status === 'pass').toBe(isClean);
      }
      for (const share of [score, coverage.verdicts, coverage.controls]) {
        expect(share.count).toBeLessThanOrEqual(share.of);
        expect(share.percent === 100).toBe(share.of > 0 && share.count === share.of);
      }
    },
  );
  fc.assert(property);
});

test('a percentage is never rounded up to all', () => {
  const { coverage } = reportOf(fsbp, CHECKS, { three: { pass: 9_999, unknown: 1 } });
  expect(coverage.verdicts).toEqual({ count: 9_999, of: 10_000, percent: 99 });
});

test('a check that decides several controls counts once among the verdicts', () => {
  expect(reportOf(fsbp, CHECKS, { one: { pass: 4 } }).coverage.verdicts.of).toBe(4);
});

test('of a report, what is open fails and what is excepted does not pass', () => {
  const row = (change: Partial<ReportedFinding>): ReportedFinding => ({
    ...{ id: 'x', checkId: 'one', status: 'FAIL', open: true, severity: 'HIGH', reason: 'is open', evidence: {}, unread: null },
    resource: { type: 'AWS::S3::Bucket', arn: 'arn', id: 'b', accountId: '111122223333', region: 'eu-west-1', tags: {} },
    ...{ firstSeenAt: null, openedAt: null, lastSeenAt: null, reopened: 0, exception: null },
    ...change,
  });
  const exception = { owner: 'ann', reason: 'moving', expires: '2026-12-31', ticket: 'T-1' };
  const findings = [
    row({}),
    row({ open: false, exception }),
    row({ status: 'UNKNOWN' }),
    row({ status: 'UNKNOWN', open: false }),
    row({ status: 'PASS', open: false, reason: null }),
    row({ status: 'NOT_APPLICABLE', open: false }),
    row({ checkId: 'not-asked-for' }),
  ];
  const run = {
    ...{ id: 'run-1', accountId: '111122223333', partition: 'aws', startedAt: 'a', finishedAt: 'b', regions: [], checks: ['one'] },
  };
  const known = assessReport({ run, findings }, new Set(['one']));
  expect(known.counts).toEqual(new Map([['one', { pass: 1, fail: 2, unknown: 2, excepted: 1, notApplicable: 1 }]]));
  expect(known.standing).toHaveLength(3);
});
