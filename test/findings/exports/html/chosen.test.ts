import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toChosen, toText } from '../../../../findings/exports/html/chosen.ts';
import { toView } from '../../../../findings/exports/html/view.ts';
import type { ReportedFinding } from '../../../../findings/exports/report.ts';
import { findingAt } from '../html-report.ts';

const NOW = '2026-11-22T08:12:30.000Z';
const FINDINGS = Array.from({ length: 300 }, (_, index) => findingAt(index));

function chosen(hash: string, findings: readonly ReportedFinding[] = FINDINGS): ReportedFinding[] {
  return toChosen(findings, toView(hash), NOW, (finding) => toText(finding, ''));
}

test('nothing chosen is everything', () => {
  expect(new Set(chosen(''))).toEqual(new Set(FINDINGS));
});

test.each([
  ['severity=CRITICAL,LOW', ({ severity }: ReportedFinding) => severity === 'CRITICAL' || severity === 'LOW'],
  ['status=EXCEPTED', ({ exception }: ReportedFinding) => exception !== null],
  ['status=UNKNOWN', ({ status, exception }: ReportedFinding) => status === 'UNKNOWN' && exception === null],
  ['service=ec2', ({ checkId }: ReportedFinding) => checkId.startsWith('ec2-')],
  ['account=222233334444', ({ resource }: ReportedFinding) => resource.accountId === '222233334444'],
  ['region=us-east-1', ({ resource }: ReportedFinding) => resource.region === 'us-east-1'],
  ['owner=payments', ({ resource }: ReportedFinding) => resource.tags.Owner === 'payments'],
  [
    'text=STAGE%3Dproduction+orders',
    ({ resource }: ReportedFinding) => resource.tags.stage === 'production' && resource.id.startsWith('orders'),
  ],
])('%s', (hash, isMeant) => {
  const wanted = FINDINGS.filter(isMeant);
  expect(wanted.length).toBeGreaterThan(0);
  expect(new Set(chosen(hash))).toEqual(new Set(wanted));
});

test('an age is that of what is open', () => {
  const [day, older] = [
    { ...findingAt(1), open: true, openedAt: '2026-11-22T01:00:00.000Z' },
    { ...findingAt(2), open: true, openedAt: '2024-01-01T00:00:00.000Z' },
  ];
  const closed = { ...findingAt(3), open: false, openedAt: null };
  expect(chosen('age=day', [day, older, closed])).toEqual([day]);
  expect(chosen('age=older', [day, older, closed])).toEqual([older]);
});

test('first stands what is open, and of that the most severe; then what is unknown', () => {
  const base = { ...findingAt(1), exception: null };
  const failed = { ...base, status: 'FAIL', open: true, severity: 'LOW' } as const;
  const worse = { ...base, status: 'FAIL', open: true, severity: 'HIGH' } as const;
  const unknown = { ...base, status: 'UNKNOWN', open: false, severity: 'CRITICAL' } as const;
  const passed = { ...base, status: 'PASS', open: false, severity: 'CRITICAL' } as const;
  expect(chosen('', [passed, unknown, failed, worse])).toEqual([worse, failed, unknown, passed]);
});

test('since when: oldest first, and turned round newest first', () => {
  const dates = (hash: string) => chosen(hash).flatMap(({ open, openedAt }) => (open && openedAt !== null ? [openedAt] : []));
  expect(dates('sort=since')).toEqual(dates('').toSorted());
  expect(dates('sort=-since')).toEqual(dates('').toSorted().reverse());
});

test('an order loses nothing and adds nothing', () => {
  const sorts = fc.constantFrom('severity', 'check', 'resource', 'account', 'region', 'since', 'status');
  fc.assert(
    fc.property(sorts, fc.boolean(), fc.subarray(FINDINGS), (sort, reversed, some) => {
      expect(new Set(chosen(`sort=${reversed ? '-' : ''}${sort}`, some))).toEqual(new Set(some));
    }),
    { numRuns: 50 },
  );
});
