import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { toJunit } from '../../../findings/exports/junit.ts';
import { every, excepted, exceptedUnknown, failing, notApplicable, passing, reportOf, stillOpen, textOf, unknown } from './reports.ts';
import { junitJudge } from './schemas.ts';

type Findings = Parameters<typeof reportOf>[0];
const refusalsOf = junitJudge();
const xmlOf = (findings: Findings): string => textOf(toJunit(reportOf(findings)));

function elementsOf(xml: string, path: string): readonly XmlElement[] {
  return XmlDocument.fromString(xml)
    .find(path)
    .filter((node) => node instanceof XmlElement);
}

/** Name of the element in the case, and its message; `undefined` if it passed. */
function outcomeOf(finding: Findings[number]): readonly (string | undefined)[] {
  const [, test] = elementsOf(xmlOf([finding]), '//testcase');
  const child = test?.firstChild;
  return child instanceof XmlElement ? [child.name, child.attr('message')?.value] : [];
}

test('Jenkins takes every kind of finding, and none at all', () => {
  expect(refusalsOf(xmlOf(every))).toEqual([]);
  expect(refusalsOf(xmlOf([]))).toEqual([]);
});

test('the schema does refuse', () => {
  expect(refusalsOf('<testsuites><testsuite name="x"/></testsuites>')).not.toEqual([]);
});

test.each([
  ['a failure fails', failing, ['failure', 'HIGH: SSH (22) open to the internet']],
  ['what could not be judged is an error, which fails a build too', unknown, ['error', 'ec2:DescribeSecurityGroups was denied']],
  ['what could not be judged and was open is an error', stillOpen, ['error', 'last seen failing: SSH open; not known now: denied']],
  ['an exception is skipped', excepted, ['skipped', 'excepted until 2026-12-31 by jane@example.com: the bastion, until it moves (SEC-42)']],
  ['an exception to what could not be judged is skipped', exceptedUnknown, ['skipped', expect.stringContaining('excepted until')]],
  ['what does not apply is skipped', notApplicable, ['skipped', 'switched off by the configuration']],
  ['a pass passes', passing, []],
])('%s', (_, finding, outcome) => {
  expect(outcomeOf(finding)).toEqual(outcome);
});

test('counts are those of the cases', () => {
  const xml = xmlOf(every);
  for (const suite of elementsOf(xml, '//testsuite')) {
    const cases = suite.find('testcase');
    expect(suite.attr('tests')?.value).toBe(String(cases.length));
    for (const [attribute, name] of [
      ['failures', 'failure'],
      ['errors', 'error'],
      ['skipped', 'skipped'],
    ] as const)
      expect(suite.attr(attribute)?.value).toBe(String(suite.find(`testcase/${name}`).length));
  }
  const [root] = elementsOf(xml, '/testsuites');
  expect(root?.attr('tests')?.value).toBe(String(elementsOf(xml, '//testcase').length));
  expect(root?.attr('errors')?.value).toBe(String(elementsOf(xml, '//error').length));
  expect(root?.attr('failures')?.value).toBe(String(elementsOf(xml, '//failure').length));
});

test('a report without findings still says whether everything could be read', () => {
  expect(elementsOf(xmlOf([]), '//testcase').map((one) => one.firstChild)).toEqual([null]);
  const [error] = elementsOf(xmlOf([unknown]), '//testsuite[@name="coverage"]//error');
  expect(error?.content).toContain('ec2:DescribeSecurityGroups in eu-west-1: denied, 3 times; it takes ec2:DescribeSecurityGroups');
});

test('no two cases of a suite have the same name', () => {
  const names = elementsOf(xmlOf(every), '//testcase').map((one) => `${one.attr('classname')?.value} ${one.attr('name')?.value}`);
  expect(new Set(names).size).toBe(names.length);
});

test('a failure tells what, where, since when and how to fix it', () => {
  const [failure] = elementsOf(xmlOf([failing]), '//failure');
  for (const part of [failing.resource.arn, 'Open since: 2026-11-02', 'Fix: ', 'aws ec2', failing.id])
    expect(failure?.content).toContain(part);
});
