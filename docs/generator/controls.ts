import type { AnyActivityCheck } from '../../checks/activity.ts';
import type { AnyCheck } from '../../checks/check.ts';
import { RECOMMENDATIONS } from '../../findings/cis-7.0.ts';
import { FRAMEWORKS } from '../../findings/compliance-frameworks.ts';
import { code, pageOf, tableOf } from './markdown.ts';

type Listed = Pick<AnyCheck, 'id' | 'controls'>;

const CIS = 'CIS-AWS-7.0';

/** `docs/controls.md`: what of each framework is answered by which checks, and what is left to a person. */
export function toControlsPage(checks: readonly AnyCheck[], activities: readonly AnyActivityCheck[]): string {
  const answered = RECOMMENDATIONS.filter(({ id }) => answering(checks, `${CIS}:${id}`).length > 0).length;
  const manual = RECOMMENDATIONS.filter((each) => each.manual);
  return pageOf(
    '# Controls',
    `Of the ${RECOMMENDATIONS.length} recommendations of CIS AWS Foundations 7.0 checks decide ${answered}, ${manual.length} of them not without [a person](#left-to-a-person). UNKNOWN is never a pass.`,
    '## CIS AWS Foundations 7.0',
    tableOf(
      ['', 'Level', 'In the benchmark', 'What should be', 'Decided by', 'Activity told'],
      RECOMMENDATIONS.map(({ id, level, automated, subject, manual: left }) => [
        id,
        `${level}`,
        automated ? 'automated' : 'manual',
        subject,
        [links(checks, `${CIS}:${id}`), left && '[a person](#left-to-a-person)'].filter(Boolean).join(', '),
        links(activities, `${CIS}:${id}`),
      ]),
    ),
    '## Left to a person',
    tableOf(
      ['', 'What to do', 'What we can show for it'],
      manual.map(({ id, manual: left }) => [id, left?.todo ?? '', left?.evidence ?? '']),
    ),
    ...FRAMEWORKS.filter(({ prefix }) => prefix !== CIS).flatMap(({ prefix, name }) =>
      frameworkTable(prefix, name, [...checks, ...activities]),
    ),
  );
}

function frameworkTable(prefix: string, name: string, all: readonly Listed[]): readonly string[] {
  const controls = [...new Set(all.flatMap(({ controls: own }) => own.filter((control) => control.startsWith(`${prefix}:`))))];
  if (controls.length === 0) return [];
  const sorted = controls.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return [
    `## ${name}`,
    tableOf(
      ['Control', 'Checks'],
      sorted.map((control) => [control.slice(prefix.length + 1), links(all, control)]),
    ),
  ];
}

function links(all: readonly Listed[], control: string): string {
  return answering(all, control)
    .map(({ id }) => `[${code(id)}](checks/${id}.md)`)
    .join(', ');
}

function answering(all: readonly Listed[], control: string): readonly Listed[] {
  return all.filter(({ controls }) => controls.includes(control));
}

/** Prefixes of controls that the page knows. */
export const KNOWN_FRAMEWORKS: readonly string[] = FRAMEWORKS.map(({ prefix }) => prefix);
