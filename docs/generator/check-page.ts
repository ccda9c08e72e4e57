import { stringify } from 'yaml';
import type { AnyActivityCheck } from '../../checks/activity.ts';
import { type AnyCheck, type Equivalents, type Params, SEVERITIES } from '../../checks/check.ts';
import { isJudged } from '../../findings/facets-apart.ts';
import { permissionsFor } from '../../findings/permissions.ts';
import type { ResourceSource } from '../../inventory/reader.ts';
import { code, codes, listOf, pageOf, tableOf } from './markdown.ts';

/** `docs/checks/<id>.md`: one posture check in full. */
export function toCheckPage(check: AnyCheck, sources: readonly ResourceSource[]): string {
  const { id, title, severity, risk, remediation, params, examples, resourceTypes, needs } = check;
  const judged = sources.filter(({ type }) => resourceTypes.includes(type));
  return pageOf(
    `# ${title}`,
    `${code(id)}, ${severity}`,
    '## Why',
    risk,
    '## How it decides',
    `It judges every ${resourceTypes.map(code).join(' and ')} by ${needs.length === 0 ? 'its identity' : `its ${codes(needs)}`}.${paramsLine(params)}`,
    ...namedExamples([
      ['It fails, for example', examples.fail],
      ['It passes', examples.pass],
      ['It cannot tell, and says UNKNOWN', examples.unknown],
      ['The question does not arise', examples.notApplicable],
    ]),
    params && paramsExample(id, params),
    '## How to fix it',
    ...fixOf(remediation),
    '## What it reads',
    `Permissions: ${codes(permissionsFor([check], sources))}.`,
    ...eventsOf(check, judged),
    ...referencesOf(check.controls, check.equivalents),
  );
}

/** `docs/checks/<id>.md`: one activity check in full. */
export function toActivityPage(check: AnyActivityCheck): string {
  const { id, title, severity, risk, remediation, params, examples } = check;
  return pageOf(
    `# ${title}`,
    `${code(id)}, ${severity}`,
    '## Why',
    risk,
    '## How it decides',
    `It judges events of CloudTrail:${paramsLine(params)}`,
    listOf(check.events.map(eventLine)),
    ...namedExamples([
      ['It is told, for example', examples.activity],
      ['It is quiet', examples.quiet],
      ['It cannot tell, and says so', examples.unsure ?? {}],
    ]),
    params && paramsExample(id, params),
    '## What to do',
    ...fixOf(remediation),
    ...referencesOf(check.controls, check.equivalents, check.attack),
  );
}

function paramsLine(params: Params | undefined): string {
  const names = Object.keys(params ?? {});
  return names.length === 0 ? '' : ` It can be set: ${codes(names)}.`;
}

function namedExamples(kinds: readonly (readonly [label: string, named: object])[]): readonly (string | undefined)[] {
  return kinds.flatMap(([label, named]) => (Object.keys(named).length === 0 ? [] : [`${label}:`, listOf(Object.keys(named))]));
}

function paramsExample(id: string, params: Params): string | undefined {
  if (Object.keys(params).length === 0) return undefined;
  return `In ${code('posture.yaml')}, with the defaults:\n\n\`\`\`yaml\n${stringify({ checks: { [id]: { params } } }, { lineWidth: 0 })}\`\`\``;
}

function fixOf({ text, cli, cloudFormation }: AnyCheck['remediation']): readonly (string | undefined)[] {
  return [text, cli && `\`\`\`sh\n${cli}\n\`\`\``, cloudFormation && `In a template: ${code(cloudFormation)}.`];
}

/** What makes a deployment look again, within seconds. */
function eventsOf(check: AnyCheck, judged: readonly ResourceSource[]): readonly (string | undefined)[] {
  const rows = judged.flatMap(({ changes }) => changes).filter(({ facets = 'all' }) => isJudged(check, facets));
  const bySource = Map.groupBy(rows, ({ source }) => source);
  const lines = [...bySource].map(
    ([source, changes]) => `${code(source)}: ${[...new Set(changes.flatMap(({ names }) => names))].sort().join(', ')}`,
  );
  if (lines.length === 0) return ['No event makes a deployment look again: the next audit tells.'];
  return ['Events after which a deployment looks again within seconds:', listOf(lines.sort())];
}

function eventLine(selector: AnyActivityCheck['events'][number]): string {
  if (selector === 'every') return 'every event';
  if ('by' in selector) return 'whatever the root user does';
  if ('outcome' in selector) return 'whatever is refused for want of permission';
  const source = selector.source === 'any' ? 'any service' : code(selector.source);
  return `${source}: ${selector.names.join(', ')}`;
}

const TOOLS = [
  ['prowler', 'Prowler'],
  ['securityHub', 'Security Hub'],
  ['checkov', 'Checkov'],
] as const;

function referencesOf(
  controls: readonly string[],
  equivalents: Equivalents,
  attack: readonly string[] = [],
): readonly (string | undefined)[] {
  const rows = [
    ['Controls', codes(controls)],
    ['MITRE ATT&CK', attack.map(toTechnique).join(', ')],
    ...TOOLS.map(([key, name]) => [name, codes(equivalents[key] ?? [])]),
  ].filter(([, ids]) => ids !== '');
  return rows.length === 0 ? [] : ['## The same elsewhere', tableOf(['', ''], rows)];
}

/** A link to a technique of MITRE ATT&CK. */
export function toTechnique(id: string): string {
  return `[${id}](https://attack.mitre.org/techniques/${id.replace('.', '/')}/)`;
}

/** Worst first, then by id. */
export function byWeight(one: Pick<AnyCheck, 'id' | 'severity'>, other: Pick<AnyCheck, 'id' | 'severity'>): number {
  return SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) || (one.id < other.id ? -1 : 1);
}
