import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { rankOf } from '../severity.ts';
import { counted } from './html/age.ts';
import { findingRow, headings } from './html/finding-table.ts';
import { toInertCoverage, toInertFinding, toPageData } from './html/inert-report.ts';
import { heading, overview } from './html/overview.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from './html/page-code.ts';
import { type Tag, tag, toMarkup } from './html/tag.ts';
import type { Report } from './report.ts';

/** Findings that are packed, and later unpacked, at a time. */
const PACKED = 2_000;
/** Findings that the page shows before, or without, its script. */
const FIRST = 50;

/**
 * One self-contained page: summary, charts and the worst findings as they are, and all findings packed for its script, which filters and
 * sorts them. It loads nothing, and runs no script but its own.
 */
export function* toHtml(report: Report): Iterable<string> {
  const inert: Report = { ...report, coverage: toInertCoverage(report.coverage) };
  yield `<!doctype html>\n<html lang="en">\n<head>\n${head(inert).map(toMarkup).join('\n')}\n<style>${PAGE_STYLE}</style>\n</head>\n<body>\n`;
  yield [tag('a', { class: 'skip', href: '#findings', id: 'skip' }, 'To the findings'), heading(inert)].map(toMarkup).join('\n');
  yield `\n<main>\n${toMarkup(overview(inert, inert.coverage))}\n${toMarkup(firstFindings(inert))}\n</main>\n`;
  yield `${toMarkup(tag('footer', { class: 'faint' }, `cloud-posture ${report.version}`))}\n`;
  yield packed('page', toPageData(inert));
  for (let start = 0; start < report.findings.length; start += PACKED) {
    yield packed('findings', report.findings.slice(start, start + PACKED).map(toInertFinding));
  }
  yield `<script>${PAGE_SCRIPT}</script>\n</body>\n</html>\n`;
}

function head({ run }: Report): Tag[] {
  return [
    tag('meta', { charset: 'utf-8' }),
    tag('meta', { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy() }),
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('meta', { name: 'color-scheme', content: 'light dark' }),
    tag('meta', { name: 'referrer', content: 'no-referrer' }),
    // Without one, a browser asks the page's server for it, which the policy forbids.
    tag('link', { rel: 'icon', href: 'data:,' }),
    tag('title', {}, `Posture of ${run.accountId}, ${run.finishedAt.slice(0, 10)}`),
  ];
}

function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src '${sourceHash(PAGE_SCRIPT)}'`,
    `style-src '${sourceHash(PAGE_STYLE)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}

function firstFindings({ findings, run }: Report): Tag {
  const open = findings.filter((finding) => finding.open).toSorted((one, other) => rankOf(one.severity) - rankOf(other.severity));
  const first = open.slice(0, FIRST).map(toInertFinding);
  const said =
    first.length < findings.length
      ? `The worst ${first.length} of ${counted(findings.length, 'finding')}`
      : counted(first.length, 'finding');
  return tag(
    'section',
    { id: 'findings', tabindex: '-1', 'aria-labelledby': 'findings-heading' },
    tag('h2', { id: 'findings-heading' }, 'Findings'),
    tag('form', { id: 'filters', hidden: '', 'aria-label': 'Filters' }),
    tag('p', { id: 'said', role: 'status' }, said),
    tag(
      'noscript',
      {},
      tag('p', {}, 'Filters, details and the rest of the findings need JavaScript; it runs in this page alone and loads nothing.'),
    ),
    tag(
      'table',
      { role: 'table', 'aria-labelledby': 'findings-heading' },
      tag('thead', { role: 'rowgroup' }, headings()),
      tag('tbody', { role: 'rowgroup' }, ...first.map((finding) => findingRow(finding, run.finishedAt))),
    ),
    tag('nav', { id: 'pages', 'aria-label': 'Pages of findings', hidden: '' }),
  );
}

/** Inert whatever is in it: letters and digits in a block that no browser runs. */
function packed(kind: 'page' | 'findings', value: unknown): string {
  return `<script type="application/gzip" data-kind="${kind}">${gzipSync(JSON.stringify(value)).toString('base64')}</script>\n`;
}
