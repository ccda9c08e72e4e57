import { parse as parseCsv } from 'csv-parse/sync';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { toAsff } from '../../../findings/exports/asff.ts';
import { toCsv } from '../../../findings/exports/csv.ts';
import { toJunit } from '../../../findings/exports/junit.ts';
import { toMarkdown } from '../../../findings/exports/markdown.ts';
import { toOcsf } from '../../../findings/exports/ocsf.ts';
import type { Report, ReportedFinding } from '../../../findings/exports/report.ts';
import { toSarif } from '../../../findings/exports/sarif.ts';
import { refusalsOf as asffRefusals } from '../asff-limits.ts';
import { HOSTILE, UNSEEN } from './hostile-texts.ts';
import { excepted, exceptedUnknown, failing, reported, reportOf, textOf, unknown } from './reports.ts';
import { junitJudge, ocsfJudge, sarifJudge } from './schemas.ts';

/** Every text of the report that strangers have a say in is this one. */
function hostile(text: string): Report {
  const evil = (finding: ReportedFinding, index: number): ReportedFinding => ({
    ...finding,
    id: `${index}`.padStart(32, '0'),
    reason: text,
    evidence: { [text]: text, list: [text, { [text]: [text] }] },
    unread: finding.unread && { cause: text, operation: text, permissions: [text] },
    resource: { ...finding.resource, type: text, arn: text, id: text, region: text, tags: { Name: text, [text]: text } },
    exception: finding.exception && { owner: text, reason: text, expires: text, ticket: text },
  });
  const report = reportOf([failing, unknown, excepted, exceptedUnknown, reported()].map(evil));
  const gaps = report.coverage.gaps.map((gap) => ({
    ...gap,
    operation: text,
    cause: text,
    region: text,
    message: text,
    permissions: [text],
  }));
  return { ...report, coverage: { ...report.coverage, gaps } };
}

/** Every text in a value, keys too. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

const cases = Object.entries(HOSTILE);
/** A text is cut long before it fills a screen; what several make together is. */
const LONGEST = 8_200;
const unseenIn = (texts: readonly string[]) => texts.filter((text) => UNSEEN.test(text.replaceAll('\n', '')) || text.length > LONGEST);
const ocsfRefusals = ocsfJudge();
const sarifRefusals = sarifJudge();
const junitRefusals = junitJudge();

describe.each(cases)('%s', (_, text) => {
  const report = hostile(text);

  test('is inert in OCSF', () => {
    const json = textOf(toOcsf(report));
    const events: readonly unknown[] = JSON.parse(json);
    expect(events.flatMap(ocsfRefusals)).toEqual([]);
    expect(unseenIn(textsIn(events))).toEqual([]);
    expect(json).not.toMatch(/\\u[0-9a-f]{4}/i);
    expect(events).toHaveLength(5);
  });

  test('is inert in SARIF', () => {
    const log: { readonly runs: readonly { readonly results: readonly Located[] }[] } = JSON.parse(textOf(toSarif(report)));
    expect(sarifRefusals(log)).toEqual([]);
    expect(unseenIn(textsIn(log))).toEqual([]);
    const results = log.runs.flatMap((run) => run.results);
    expect(results).toHaveLength(5);
    for (const { message, locations } of results) {
      expect(message.text).not.toMatch(/(?<!\\)(\\\\)*\[/);
      expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
      for (const { physicalLocation } of locations) {
        expect(new URL(physicalLocation.artifactLocation.uri, 'file:///repository/').pathname).toMatch(
          /^\/repository\/aws\/111122223333\//,
        );
        expect(physicalLocation.artifactLocation.uri.split('/')).toHaveLength(5);
      }
    }
  });

  test('is inert in ASFF', () => {
    const imported: readonly object[] = JSON.parse(textOf(toAsff(report)));
    expect(imported.flatMap(asffRefusals)).toEqual([]);
    expect(unseenIn(textsIn(imported))).toEqual([]);
    expect(imported).toHaveLength(5);
  });

  test('is inert in JUnit XML', () => {
    const xml = textOf(toJunit(report));
    expect(junitRefusals(xml)).toEqual([]);
    const document = XmlDocument.fromString(xml);
    expect(document.find('//testcase')).toHaveLength(6);
    const names = document.find('//*').flatMap((node) => (node instanceof XmlElement ? [node.name] : []));
    expect([...new Set(names)].sort()).toEqual(['error', 'failure', 'skipped', 'testcase', 'testsuite', 'testsuites']);
    expect(document.find('//@*').filter(({ content }) => UNSEEN.test(content))).toEqual([]);
    expect(
      unseenIn(
        document
          .find('//text()')
          .map(({ content }) => content)
          .flatMap((content) => content.split('\n')),
      ),
    ).toEqual([]);
    document.dispose();
  });

  test('is inert in CSV', () => {
    const csv = textOf(toCsv(report));
    const rows: readonly (readonly string[])[] = parseCsv(csv, { record_delimiter: '\r\n' });
    expect(rows).toHaveLength(6);
    const cells = rows.flat();
    expect(cells.filter((cell) => UNSEEN.test(cell) || cell.length > 32_767)).toEqual([]);
    expect(cells.filter((cell) => /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(cell))).toEqual([]);
    const separated: readonly (readonly string[])[] = parseCsv(csv, { delimiter: ';', relax_quotes: true, relax_column_count: true });
    expect(separated.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
  });

  test('is inert in Markdown', () => {
    const markdown = textOf(toMarkdown(report));
    expect(markdown.length).toBeLessThan(65_536);
    expect(UNSEEN.test(markdown.replaceAll('\n', ''))).toBe(false);
    const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
    const errors: string[] = [];
    const nodes = nodesIn(parseFragment(html, { onParseError: ({ code }) => errors.push(code), sourceCodeLocationInfo: true }));
    expect(errors).toEqual([]);
    const elements = nodes.flatMap((node) => ('attrs' in node ? [node] : []));
    expect(elements.filter(({ tagName }) => !DRAWN.has(tagName))).toEqual([]);
    expect(elements.flatMap(({ attrs }) => attrs).filter(({ name }) => name !== 'align')).toEqual([]);
    expect(nodes.filter(({ nodeName }) => nodeName === '#comment')).toEqual([]);
    expect(html.match(/<(h2|h3|summary)>/g)?.length).toBe(plainCount);
    const prose = nodes.filter((node) => 'value' in node && !isInCode(node)).map((node) => ('value' in node ? node.value : ''));
    expect(prose.join('\n')).not.toMatch(/@|#\d|GH-|evil|https?:|www\.|:tada:/);
  });
});

interface Located {
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

type Node = DefaultTreeAdapterTypes.Node;

const DRAWN = new Set('h2 h3 p strong code pre br ul li details summary table thead tbody tr th td'.split(' '));

function nodesIn(node: Node): readonly Node[] {
  return 'childNodes' in node ? [node, ...node.childNodes.flatMap(nodesIn)] : [node];
}

function isInCode(node: Node): boolean {
  const parent = 'parentNode' in node ? node.parentNode : null;
  return parent !== null && ((isElement(parent) && parent.tagName === 'code') || isInCode(parent));
}

function isElement(node: Node): node is DefaultTreeAdapterTypes.Element {
  return 'tagName' in node;
}

/** Headings and summaries of a report in which nothing is hostile. */
const plainCount = micromark(textOf(toMarkdown(hostile('plain'))), {
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
  allowDangerousHtml: true,
}).match(/<(h2|h3|summary)>/g)?.length;
