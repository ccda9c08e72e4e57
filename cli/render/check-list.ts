import { rankOf } from '../../findings/severity.ts';
import type { ListedCheck } from '../listed-check.ts';
import { serviceOf } from '../service-of.ts';
import type { Screen } from './coverage.ts';
import { paragraph } from './paragraphs.ts';
import { toTable } from './table.ts';
import { counted } from './words.ts';

const ROOM_FOR_TITLES = 110;

/** Checks by service, worst first. */
export function checkList(checks: readonly ListedCheck[], screen: Screen): string {
  if (checks.length === 0) return `\n${screen.palette.faint('No check fits.')}\n\n`;
  const services = [...Map.groupBy(checks, serviceOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = services.map(([service, own]) => section(service, own, screen));
  const closing = paragraph(
    `${counted(checks.length, 'check')}; posture explain <check> tells more of one`,
    screen.width,
    0,
    screen.palette.faint,
  );
  return `\n${[...sections, closing].join('\n\n')}\n\n`;
}

function section(service: string, checks: readonly ListedCheck[], screen: Screen): string {
  const sorted = checks.toSorted((a, b) => rankOf(a.severity) - rankOf(b.severity) || (a.id < b.id ? -1 : 1));
  const heading = `${screen.palette.title(service)}  ${screen.palette.faint(counted(checks.length, 'check'))}`;
  return [heading, screen.width >= ROOM_FOR_TITLES ? besideTitles(sorted, screen) : aboveTitles(sorted, screen)].join('\n');
}

const ID = { head: 'Check', min: 12, overflow: 'wrap' } as const;
const SEVERITY = { head: 'Severity', min: 8, overflow: 'end' } as const;

function besideTitles(checks: readonly ListedCheck[], { width, palette }: Screen): string {
  const rows = checks.map((check) => [
    { text: check.severity, paint: palette.severity[check.severity] },
    { text: check.id },
    { text: check.title, paint: palette.faint },
  ]);
  return toTable([SEVERITY, { ...ID, min: 46 }, { head: 'Title', min: 20, overflow: 'wrap' }], rows, { width, indent: 2 });
}

function aboveTitles(checks: readonly ListedCheck[], { width, palette }: Screen): string {
  return checks
    .map(({ severity, id, title }) =>
      [
        toTable([SEVERITY, ID], [[{ text: severity.padEnd(13), paint: palette.severity[severity] }, { text: id }]], { width, indent: 2 }),
        paragraph(title, width, 17, palette.faint),
      ].join('\n'),
    )
    .join('\n');
}
