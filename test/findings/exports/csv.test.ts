import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { CSV_COLUMNS, toCsv } from '../../../findings/exports/csv.ts';
import { every, excepted, failing, forgotten, reported, reportOf, textOf, unknown } from './reports.ts';

type Findings = Parameters<typeof reportOf>[0];

function rowsOf(findings: Findings): readonly Readonly<Record<string, string>>[] {
  return parse(textOf(toCsv(reportOf(findings))), { columns: true, record_delimiter: '\r\n' });
}

test('columns are the documented ones, in their order', () => {
  expect(CSV_COLUMNS).toEqual([
    'finding_id',
    'check_id',
    'title',
    'severity',
    'status',
    'open',
    'reason',
    'account_id',
    'region',
    'resource_type',
    'resource_name',
    'resource_arn',
    'tags',
    'evidence',
    'not_read',
    'permissions_missing',
    'first_seen_at',
    'opened_at',
    'last_seen_at',
    'reopened',
    'exception_owner',
    'exception_reason',
    'exception_expires',
    'exception_ticket',
    'controls',
    'fix',
    'fix_command',
    'run_id',
  ]);
});

test('every finding is a line that a parser reads back', () => {
  expect(rowsOf(every).map(({ finding_id, status }) => [finding_id, status])).toEqual(every.map(({ id, status }) => [id, status]));
  expect(rowsOf([failing])[0]).toMatchObject({
    ...{ severity: 'HIGH', open: 'true', reason: 'SSH (22) open to the internet', account_id: '111122223333', region: 'eu-west-1' },
    ...{
      resource_name: 'web (sg-1)',
      resource_arn: failing.resource.arn,
      tags: '{"Name":"web"}',
      first_seen_at: '2026-11-01T08:00:00.000Z',
    },
    ...{ reopened: '1', exception_owner: '', not_read: '', run_id: '20261121T080000Z-3f2a' },
  });
});

test('what could not be read and what is excepted says why', () => {
  expect(rowsOf([unknown])[0]).toMatchObject({
    status: 'UNKNOWN',
    open: 'false',
    not_read: 'denied: ec2:DescribeSecurityGroups',
    permissions_missing: 'ec2:DescribeSecurityGroups',
  });
  expect(rowsOf([excepted])[0]).toMatchObject({
    ...{ status: 'FAIL', open: 'false', exception_owner: 'jane@example.com', exception_expires: '2026-12-31', exception_ticket: 'SEC-42' },
  });
});

test('a check that is no longer known is named by its id', () => {
  expect(rowsOf([forgotten])[0]).toMatchObject({ title: forgotten.checkId, fix: '', controls: '' });
});

test('nothing found is a header alone, and every line ends with CR LF', () => {
  expect(textOf(toCsv(reportOf([])))).toBe(`${CSV_COLUMNS.join(',')}\r\n`);
  expect(textOf(toCsv(reportOf(every))).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '＝1',
  "'=1",
  '\u200b=1',
  '\ufeff=1',
])('%j is no formula', (reason) => {
  expect(rowsOf([reported({ reason })])[0]?.reason).toMatch(/^'/);
});

test.each(['a=1', 'x', '1', '(=1)'])('%j stays as it is', (reason) => {
  expect(rowsOf([reported({ reason })])[0]?.reason).toBe(reason);
});
