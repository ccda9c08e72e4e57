import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { expect, test } from 'vitest';
import { toHtml } from '../../../findings/exports/html.ts';
import type { Report, ReportedFinding } from '../../../findings/exports/report.ts';
import { anyText } from '../../cli/any-text.ts';
import { findingAt, reportOf, reportWith } from './html-report.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '<!--<script>',
  '\u2028\u2029',
  '\u001b[31mred',
  '\u202etxt.exe',
  '&lt;b&gt;',
  'javascript:alert(1)',
];

test('nothing is loaded, and only its own script and style run', () => {
  const html = textOf(reportOf(120));
  const elements = elementsOf(html);
  const policy = elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
  const directives = new Map(
    (attribute(policy, 'content') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );
  expect(Object.fromEntries(directives)).toEqual({
    'default-src': "'none'",
    'script-src': `'${hashOf(contentOf(only(elements, isCode)))}'`,
    'style-src': `'${hashOf(contentOf(only(elements, ({ tagName }) => tagName === 'style')))}'`,
    'img-src': 'data:',
    'base-uri': "'none'",
    'form-action': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  });
  const loading = ['iframe', 'object', 'embed', 'img', 'base', 'audio', 'video', 'source'];
  expect(elements.filter(({ tagName }) => loading.includes(tagName))).toEqual([]);
  const addresses = elements.flatMap(({ attrs }) => attrs.filter(({ name }) => ['src', 'href', 'srcset', 'action'].includes(name)));
  expect(addresses.map(({ value }) => value)).toEqual(['data:,', '#findings']);
  const inline = elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith('on') || name === 'style'));
  expect(inline).toEqual([]);
});

test('the policy stands before whatever it governs', () => {
  const names = elementsOf(textOf(reportOf(3))).map(({ tagName }) => tagName);
  expect(names.slice(0, 4)).toEqual(['html', 'head', 'meta', 'meta']);
});

test('nothing in script and style could end them', () => {
  const elements = elementsOf(textOf(reportOf(1)));
  for (const { tagName, content } of elements.map((element) => ({ tagName: element.tagName, content: contentOf(element) }))) {
    if (tagName === 'script' || tagName === 'style')
      expect(content).not.toMatch(/<\/?(script|style)|<!--|\beval\(|innerHTML|new Function/i);
  }
});

test('without its script it says the counts, the coverage and the worst 50', () => {
  const report = reportOf(400);
  const html = textOf(report);
  const rows = elementsOf(html).filter((element) => attribute(element, 'data-finding') !== undefined);
  const open = report.findings.filter((finding) => finding.open);
  expect(rows).toHaveLength(50);
  const severities = rows.map((row) => report.findings.find(({ id }) => id === attribute(row, 'data-finding'))?.severity);
  expect(new Set(severities)).toEqual(new Set(['CRITICAL']));
  const text = shownOf(html);
  expect(text).toContain(`Open${open.length} findings`);
  expect(text).toContain('The worst 50 of 400 findings');
  expect(text).toContain('kms:GetKeyRotationStatus access denied, eu-west-1, 12×');
});

test('all findings are in it, once, in the order of the report', () => {
  const report = reportOf(4_500);
  expect(packedOf(textOf(report)).map(({ id }) => id)).toEqual(report.findings.map(({ id }) => id));
});

test('20,000 findings are less than 10 MB, in pieces', () => {
  const sizes = [...toHtml(reportOf(20_000))].map((piece) => Buffer.byteLength(piece));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10_000_000);
  expect(Math.max(...sizes)).toBeLessThan(1_000_000);
});

test('with one verdict unknown of a million, not all is known', () => {
  const report = reportOf(1);
  const coverage = { ...report.coverage, complete: false, evaluations: 1_000_000, unknown: 1 };
  const text = shownOf(textOf({ ...report, coverage }));
  expect(text).toContain('99.9 % of the verdicts are known');
  expect(text).toContain('1 verdict is UNKNOWN: what could not be read never counts as passed.');
  expect(text).not.toContain('All that should be read was read.');
});

test('a listing that broke off is said, though no verdict is unknown', () => {
  const report = reportWith([{ ...findingAt(1), status: 'FAIL', unread: null }]);
  const text = shownOf(textOf({ ...report, coverage: { ...report.coverage, complete: false } }));
  expect(text).toContain('there may be resources that nobody judged');
});

test('a report of nothing is a page', () => {
  const report = reportWith([]);
  const text = shownOf(textOf(report));
  expect(text).toContain('0 findings');
  expect(text).toContain('None of the verdicts are known');
  expect(text).not.toContain('100 %');
});

test('what is excepted is not open, whatever its status', () => {
  const exception = { owner: 'jane@example.com', reason: 'moving', expires: '2027-03-31', ticket: 'SEC-1' };
  const text = shownOf(textOf(reportWith([{ ...findingAt(1), status: 'FAIL', open: false, openedAt: null, exception }])));
  expect(text).toContain('Open0 findings, and 1 excepted');
});

test.each(HOSTILE)('%j is text wherever it stands', (text) => {
  const plain = elementsOf(textOf(reportWith([{ ...findingAt(1), ...wherever('plain') }]))).map(shapeOf);
  const html = textOf(reportWith([{ ...findingAt(1), ...wherever(text) }]));
  expect(elementsOf(html).map(shapeOf)).toEqual(plain);
  expect(html).not.toMatch(UNSEEN);
  expect(JSON.stringify(packedOf(html))).not.toMatch(UNSEEN);
});

test('no text changes the structure of the page, or steers what reads it', () => {
  const plain = elementsOf(textOf(reportWith([{ ...findingAt(1), ...wherever('plain') }]))).map(shapeOf);
  fc.assert(
    fc.property(anyText, (text) => {
      const html = textOf(reportWith([{ ...findingAt(1), ...wherever(text) }]));
      expect(elementsOf(html).map(shapeOf)).toEqual(plain);
      expect(html).not.toMatch(UNSEEN);
    }),
    { numRuns: 60 },
  );
});

test('what is endless is cut, and says so', () => {
  const flood = 'x'.repeat(10_000);
  const evidence = { first: 1, list: Array.from({ length: 5_000 }, () => flood), after: 2 };
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag${index}`, flood]));
  const finding = findingAt(1);
  const html = textOf(reportWith([{ ...finding, evidence, reason: flood, resource: { ...finding.resource, tags } }]));
  expect(JSON.stringify(packedOf(html)).length).toBeLessThan(20_000);
  expect(packedOf(html)[0]?.evidence).toEqual({ first: 1, list: 'too long for this page' });
});

/** Control characters except line breaks of our own, and what is not seen but steers. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** A text in every place that somebody else fills. */
function wherever(text: string): Partial<ReportedFinding> {
  const { resource } = findingAt(1);
  return {
    status: 'FAIL',
    open: true,
    severity: 'HIGH',
    reason: text,
    evidence: { [text]: text, list: [text, { [text]: [text] }] },
    resource: { ...resource, id: text, arn: `arn:aws:s3:::${text}`, tags: { Name: text, [text]: text } },
    exception: null,
  };
}

function textOf(report: Report): string {
  return [...toHtml(report)].join('');
}

function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const walk = (node: Node) => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(html, { scriptingEnabled: false }));
  return found;
}

/** Element and attributes, without the values that hold text. */
function shapeOf({ tagName, attrs }: Element): string {
  return [tagName, ...attrs.map(({ name }) => name)].join(' ');
}

function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((each) => each.name === name)?.value;
}

function contentOf(element: Element): string {
  return element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}

function isCode(element: Element): boolean {
  return element.tagName === 'script' && attribute(element, 'type') === undefined;
}

function only(elements: readonly Element[], isWanted: (element: Element) => boolean): Element {
  const [found, ...others] = elements.filter(isWanted);
  if (found === undefined || others.length > 0) throw new Error('not exactly one');
  return found;
}

/** The text that a reader sees. */
function shownOf(html: string): string {
  const texts: string[] = [];
  const walk = (node: Node) => {
    if ('tagName' in node && ['script', 'style', 'svg'].includes(node.tagName)) return;
    if (node.nodeName === '#text' && 'value' in node) texts.push(node.value);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(html, { scriptingEnabled: false }));
  return texts.join('');
}

function packedOf(html: string): ReportedFinding[] {
  return elementsOf(html)
    .filter((element) => attribute(element, 'data-kind') === 'findings')
    .flatMap((element): ReportedFinding[] => JSON.parse(gunzipSync(Buffer.from(contentOf(element), 'base64')).toString()));
}

function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
