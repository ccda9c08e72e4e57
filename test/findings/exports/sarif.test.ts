import { expect, test } from 'vitest';
import { toSarif } from '../../../findings/exports/sarif.ts';
import {
  every,
  excepted,
  exceptedUnknown,
  failing,
  forgotten,
  notApplicable,
  passing,
  reported,
  reportOf,
  stillOpen,
  textOf,
  unknown,
} from './reports.ts';
import { sarifJudge } from './schemas.ts';

const refusalsOf = sarifJudge();

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly suppressions: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
    readonly logicalLocations: readonly object[];
  }[];
}

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly properties?: Readonly<Record<string, unknown>> }[] };
    };
    readonly results: readonly Result[];
  }[];
}

function logOf(findings: Parameters<typeof reportOf>[0]): Log {
  return JSON.parse(textOf(toSarif(reportOf(findings))));
}

const resultsOf = (findings: Parameters<typeof reportOf>[0]): readonly Result[] => logOf(findings).runs[0]?.results ?? [];

test('every kind of finding makes a valid log', () => {
  expect(refusalsOf(logOf(every))).toEqual([]);
  expect(refusalsOf(logOf([]))).toEqual([]);
  expect(resultsOf(every)).toHaveLength(every.length);
});

test('the schema does refuse', () => {
  expect(refusalsOf({ ...logOf([]), version: '2.2' })).not.toEqual([]);
});

test.each([
  ['a failure', failing, 'fail', 'error'],
  ['a mild failure', reported({ severity: 'LOW' }), 'fail', 'note'],
  ['what could not be judged', unknown, 'open', 'none'],
  ['what could not be judged and was open', stillOpen, 'open', 'none'],
  ['a pass', passing, 'pass', 'none'],
  ['what does not apply', notApplicable, 'notApplicable', 'none'],
])('%s has a kind, and a level only if it fails', (_, finding, kind, level) => {
  expect(resultsOf([finding])[0]).toMatchObject({ kind, level });
});

test('each result names its rule, and each rule tells how severe it is and how to fix it', () => {
  const { tool, results } = logOf(every).runs[0] ?? { tool: { driver: { rules: [] } }, results: [] };
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  const rule = tool.driver.rules.find(({ id }) => id === failing.checkId);
  expect(rule?.properties).toMatchObject({ 'security-severity': '8.0' });
  expect(rule).toMatchObject({ help: { text: expect.stringContaining('Command: aws ec2'), markdown: expect.stringContaining('```sh') } });
  expect(tool.driver.rules.some(({ id }) => id === forgotten.checkId)).toBe(true);
});

test('an exception is a suppression with its justification; whatever has none says so', () => {
  const justification = 'the bastion, until it moves (jane@example.com, until 2026-12-31, SEC-42)';
  expect(resultsOf([excepted, exceptedUnknown, failing]).map(({ suppressions }) => suppressions)).toEqual([
    [{ kind: 'external', status: 'accepted', justification }],
    [{ kind: 'external', status: 'accepted', justification }],
    [],
  ]);
});

test('the finding is the fingerprint, the ARN the logical location, and the artifact a relative path', () => {
  const [result] = resultsOf([failing]);
  expect(result?.partialFingerprints).toEqual({ 'findingId/v1': failing.id });
  expect(result?.locations[0]?.logicalLocations).toEqual([{ name: 'sg-1', fullyQualifiedName: failing.resource.arn, kind: 'resource' }]);
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
    'aws/111122223333/eu-west-1/AWS%3A%3AEC2%3A%3ASecurityGroup/sg-1',
  );
});

test('no id leads out of the path', () => {
  const [result] = resultsOf([reported({}, { id: '..' })]);
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/\/-$/);
});

test('a message is neither a link nor a template', () => {
  const [result] = resultsOf([reported({ reason: '[click](https://evil.example) {0}' })]);
  expect(result?.message.text).toContain('\\[click\\](https://evil.example) {{0}}');
});
