import { SEVERITIES, type Severity } from '../../../checks/check.ts';
import type { ReportedFinding } from '../report.ts';
import { AGES, type Age, ageOf, count } from './age.ts';
import { SEVERITY_WORDS } from './standing.ts';
import { type Tag, tag } from './tag.ts';

const WIDTH = 400;

/** A severity's letter in its colour and shape: told apart without either. */
export function severityBadge(severity: Severity): Tag {
  return tag('span', { class: `badge ${severity}`, title: SEVERITY_WORDS[severity] }, severity.slice(0, 1));
}

/** What is open by severity, and hatched beside it what is unknown without having failed before. */
export function severityChart(findings: readonly ReportedFinding[]): Tag {
  const rows = SEVERITIES.map((severity) => {
    const mine = findings.filter((finding) => finding.severity === severity);
    const open = mine.filter((finding) => finding.open).length;
    const unknown = mine.filter((finding) => !finding.open && finding.status === 'UNKNOWN' && finding.exception === null).length;
    return { severity, open, unknown };
  });
  const most = Math.max(1, ...rows.map(({ open, unknown }) => open + unknown));
  const told = rows.map(({ severity, open, unknown }) => `${SEVERITY_WORDS[severity]}: ${count(open)} open, ${count(unknown)} unknown`);
  return chart(
    150,
    `By severity. ${told.join('; ')}.`,
    ...rows.flatMap(({ severity, open, unknown }, index) => severityRow(severity, open, unknown, index * 30, most)),
  );
}

const BARS_AT = 128;
const BARS = 164;

function severityRow(severity: Severity, open: number, unknown: number, top: number, most: number): Tag[] {
  const length = (number: number) => (number === 0 ? 0 : Math.max(2, (number / most) * BARS));
  const [first, second] = [length(open), length(unknown)];
  const gap = first > 0 && second > 0 ? 2 : 0;
  const end = BARS_AT + first + gap + second;
  const number = unknown === 0 ? count(open) : `${count(open)} + ${count(unknown)}?`;
  return [
    ...letter(severity, 0, top + 3, 20),
    text(SEVERITY_WORDS[severity], { x: '28', y: String(top + 18) }),
    box({ x: BARS_AT, y: top + 5, width: first, height: 16 }, `fill ${severity}`),
    box({ x: BARS_AT + first + gap, y: top + 5, width: second, height: 16 }, 'hatched'),
    text(number, { x: (end + 6).toFixed(1), y: String(top + 18), class: open + unknown === 0 ? 'faint' : 'figure' }),
  ];
}

const BASE = 128;
const TALLEST = 104;

/** Since when what is open is open, by severity. */
export function ageChart(findings: readonly ReportedFinding[], now: string): Tag {
  const tally = toAgeTally(findings, now);
  const totals = AGES.map(({ key }) => SEVERITIES.reduce((sum, severity) => sum + tally(key, severity), 0));
  const most = Math.max(1, ...totals);
  const step = WIDTH / AGES.length;
  const told = AGES.map(({ words }, index) => `${words}: ${count(totals[index] ?? 0)}`);
  return chart(
    150,
    `By age. ${told.join('; ')}.`,
    tag('line', { x1: '0', x2: String(WIDTH), y1: String(BASE + 0.5), y2: String(BASE + 0.5), class: 'axis' }),
    ...AGES.flatMap(({ key, short }, index) => {
      const middle = ((index + 0.5) * step).toFixed(1);
      const { tags, top } = ageColumn((severity) => (tally(key, severity) / most) * TALLEST, index * step + 8, step - 16);
      const total = totals[index] ?? 0;
      const figure = { x: middle, y: String(top - 5), 'text-anchor': 'middle', class: total === 0 ? 'faint' : 'figure' };
      return [...tags, text(count(total), figure), text(short, { x: middle, y: '145', 'text-anchor': 'middle', class: 'faint' })];
    }),
  );
}

/** The worst stand on the ground, where heights compare. */
function ageColumn(heightOf: (severity: Severity) => number, x: number, width: number): { readonly tags: Tag[]; readonly top: number } {
  let top = BASE;
  const tags = SEVERITIES.flatMap((severity) => {
    const height = heightOf(severity);
    if (height === 0) return [];
    const drawn = Math.max(1.5, height);
    top -= drawn;
    const label = drawn < 14 ? [] : [mark(severity, x + width / 2, top + drawn / 2 + 4)];
    return [box({ x, y: top, width, height: Math.max(1, drawn - 1) }, `fill ${severity}`), ...label];
  });
  return { tags, top };
}

/** The figures behind the chart of ages. */
export function ageTable(findings: readonly ReportedFinding[], now: string): Tag {
  const tally = toAgeTally(findings, now);
  const head = [
    tag('th', { scope: 'col' }, 'Open for'),
    ...SEVERITIES.map((severity) => tag('th', { scope: 'col' }, SEVERITY_WORDS[severity])),
  ];
  const rows = AGES.map(({ key, words }) =>
    tag('tr', {}, tag('th', { scope: 'row' }, words), ...SEVERITIES.map((severity) => tag('td', {}, count(tally(key, severity))))),
  );
  return tag('table', { class: 'figures' }, tag('thead', {}, tag('tr', {}, ...head)), tag('tbody', {}, ...rows));
}

function toAgeTally(findings: readonly ReportedFinding[], now: string): (age: Age, severity: Severity) => number {
  const counts = new Map<string, number>();
  for (const { open, openedAt, severity } of findings) {
    const key = open ? `${ageOf(openedAt, now)} ${severity}` : '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (age, severity) => counts.get(`${age} ${severity}`) ?? 0;
}

function chart(height: number, label: string, ...children: readonly Tag[]): Tag {
  const hatch = tag(
    'pattern',
    { id: 'hatch', width: '5', height: '5', patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    tag('rect', { width: '2', height: '5', class: 'hatch' }),
  );
  const defined = label.startsWith('By severity') ? [tag('defs', {}, hatch)] : [];
  return tag('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': label }, ...defined, ...children);
}

function letter(severity: Severity, x: number, y: number, size: number): Tag[] {
  return [box({ x, y, width: size, height: size }, `fill ${severity}`), mark(severity, x + size / 2, y + size / 2 + 4)];
}

function mark(severity: Severity, x: number, y: number): Tag {
  return text(severity.slice(0, 1), { x: x.toFixed(1), y: y.toFixed(1), 'text-anchor': 'middle', class: 'mark' });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function box({ x, y, width, height }: Box, className: string): Tag {
  const size = { x: x.toFixed(1), y: y.toFixed(1), width: width.toFixed(1), height: height.toFixed(1) };
  return tag('rect', { ...size, rx: '2', class: className });
}

function text(content: string, attributes: Readonly<Record<string, string>>): Tag {
  return tag('text', attributes, content);
}
