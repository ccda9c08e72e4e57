import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { toMarkdown } from '../../../findings/exports/markdown.ts';
import { every, excepted, failing, passing, reported, reportOf, textOf, unknown } from './reports.ts';

type Findings = Parameters<typeof reportOf>[0];
const markdownOf = (findings: Findings): string => textOf(toMarkdown(reportOf(findings)));
const htmlOf = (findings: Findings): string =>
  micromark(markdownOf(findings), { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => reported({}, { id: `sg-${index}`, tags: { Name: 'a name of some length' } }));

test('counts, the worst with their fix, and the rest collapsed', () => {
  const html = htmlOf([...many(12), unknown, excepted, passing]);
  expect(html).toContain('<h2>AWS posture: 12 findings open</h2>');
  expect(html).toContain('<td align="left">HIGH</td>\n<td align="right">12</td>\n<td align="right">1</td>\n<td align="right">1</td>');
  expect(html.match(/<p>Fix: /g)).toHaveLength(10);
  expect(html.match(/<li>/g)?.length).toBeGreaterThanOrEqual(4);
  expect(html).toContain('excepted until <code>2026-12-31</code> by <code>jane&#64;example.com</code>');
});

test('what could not be read is said before the counts', () => {
  const markdown = markdownOf([unknown]);
  expect(markdown).toContain('nothing is known to fail');
  expect(markdown.indexOf('Not everything could be read')).toBeLessThan(markdown.indexOf('| Severity'));
});

test('nothing found is good news', () => {
  expect(markdownOf([])).toContain('## AWS posture: nothing is failing');
});

test('of 20,000 findings what fits is told, and the rest counted', () => {
  const markdown = markdownOf(many(20_000));
  expect(markdown.length).toBeLessThan(65_536);
  expect(markdown.length).toBeGreaterThan(55_000);
  const left = Number(/([\d,]+) more findings left out/.exec(markdown)?.[1]?.replaceAll(',', ''));
  const told = (markdown.match(/<li>/g)?.length ?? 0) + (markdown.match(/<p>Fix: /g)?.length ?? 0);
  expect(left + told).toBe(20_000);
});

test('long texts stay below the limit too', () => {
  const long = '<'.repeat(10_000);
  const findings = many(300).map((finding) => ({
    ...finding,
    reason: long,
    resource: { ...finding.resource, arn: long, tags: { Name: long } },
  }));
  expect(markdownOf(findings).length).toBeLessThan(65_536);
});

test('every element is closed', () => {
  const markdown = markdownOf([...many(60), ...every]);
  const errors: string[] = [];
  parseFragment(micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }), {
    onParseError: ({ code }) => errors.push(code),
    sourceCodeLocationInfo: true,
  });
  expect(errors).toEqual([]);
  expect(markdownOf([failing])).not.toContain('undefined');
});
