import { expect, test } from 'vitest';
import { toAsff } from '../../../findings/exports/asff.ts';
import { refusalsOf } from '../asff-limits.ts';
import {
  every,
  excepted,
  exceptedUnknown,
  failing,
  notApplicable,
  passing,
  reported,
  reportOf,
  stillOpen,
  textOf,
  unknown,
} from './reports.ts';

type Findings = Parameters<typeof reportOf>[0];

function importedOf(findings: Findings): readonly object[] {
  return JSON.parse(textOf(toAsff(reportOf(findings))));
}

/** No JSON schema of the format is published: what the API reference says of names, lengths and numbers stands in asff-limits.ts. */
test('Security Hub would take every kind of finding', () => {
  expect(importedOf(every).flatMap(refusalsOf)).toEqual([]);
  expect(importedOf(every)).toHaveLength(every.length);
});

test.each([
  ['a failure', failing, 'FAILED', 'ACTIVE'],
  ['what could not be judged', unknown, 'WARNING', 'ACTIVE'],
  ['what could not be judged and was open', stillOpen, 'WARNING', 'ACTIVE'],
  ['an exception', excepted, 'FAILED', 'ARCHIVED'],
  ['an exception to what could not be judged', exceptedUnknown, 'WARNING', 'ARCHIVED'],
  ['a pass', passing, 'PASSED', 'ARCHIVED'],
  ['what does not apply', notApplicable, 'NOT_AVAILABLE', 'ARCHIVED'],
])('%s has its compliance status and record state', (_, finding, status, state) => {
  expect(importedOf([finding])[0]).toMatchObject({ Id: `cloud-posture/${finding.id}`, Compliance: { Status: status }, RecordState: state });
});

test('the account itself imports it, in a region that was scanned', () => {
  const arn = 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default';
  expect(importedOf([failing])[0]).toMatchObject({ AwsAccountId: '111122223333', ProductArn: arn });
});

test('a type that Security Hub does not know is Other, and none is larger than 240 KB', () => {
  const long = 'x'.repeat(10_000);
  const large = reported(
    { evidence: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}${long}`, '漢'.repeat(10_000)])) },
    { type: 'AWS::New::Thing' },
  );
  expect(importedOf([large]).flatMap(refusalsOf)).toEqual([]);
  expect(importedOf([large])[0]).toMatchObject({ Resources: [{ Type: 'Other' }] });
});
