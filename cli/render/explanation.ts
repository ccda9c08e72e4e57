import type { AnyActivityCheck } from '../../checks/activity.ts';
import type { ParamValue } from '../../checks/check.ts';
import { isActivityCheck, type ListedCheck, toEventLine } from '../listed-check.ts';
import type { Screen } from './coverage.ts';
import type { Paint, Palette } from './palette.ts';
import { command, labelled, paragraph } from './paragraphs.ts';
import { safeText } from './safe-text.ts';
import { wrap } from './width.ts';

const LABEL = 16;

/** All about one check, on one page. */
export function explanation(check: ListedCheck, permissions: readonly string[], screen: Screen): string {
  const { width, palette } = screen;
  const at = { width, at: LABEL };
  const { text, cli, cloudFormation } = check.remediation;
  const line = (label: string, value: string | undefined): readonly string[] => (value ? [labelled(palette.title(label), value, at)] : []);
  const parts: readonly (readonly string[])[] = [
    [`${palette.severity[check.severity](check.severity)}  ${palette.title(check.id)}`, paragraph(check.title, width)],
    [...line('Why', check.risk)],
    [
      ...line('Fix', text),
      ...(cli === undefined ? [] : [command(cli, width, LABEL, palette.command)]),
      ...line('CloudFormation', cloudFormation),
    ],
    isActivityCheck(check)
      ? eventLines(check, screen)
      : [...line('Judges', check.resourceTypes.join(', ')), ...line('Permissions', permissions.join(', '))],
    paramLines(check, screen),
    [
      ...line('Controls', check.controls.join(', ')),
      ...line('ATT&CK', isActivityCheck(check) ? check.attack.join(', ') : undefined),
      ...equivalentLines(check, screen),
    ],
    exampleLines(check, screen),
  ];
  const shown = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `\n${shown.join('\n\n')}\n\n`;
}

function eventLines({ events }: AnyActivityCheck, { width, palette }: Screen): readonly string[] {
  return events.map((selector, index) => {
    const label = index === 0 ? palette.title('Judges') : '';
    return labelled(label, toEventLine(selector), { width, at: LABEL });
  });
}

/** What can be set, in the form in which posture.yaml takes it. */
function paramLines({ id, params = {} }: ListedCheck, { width, palette }: Screen): readonly string[] {
  const entries = Object.entries(params);
  if (entries.length === 0) return [];
  const yaml = ['checks:', `  ${id}:`, '    params:', ...entries.flatMap(([name, value]) => inYaml(name, value, 6))];
  const lines = yaml.map((line) => yamlLine(line, width, palette.command));
  return [paragraph('Can be set in posture.yaml; these are the defaults:', width, 0, palette.title), ...lines];
}

/** Further lines stand deeper, so that it is still YAML. */
function yamlLine(line: string, width: number, paint: Paint): string {
  const indent = line.length - line.trimStart().length + 2;
  const [first = '', ...rest] = wrap(safeText(line.trimStart()), width - indent - 2);
  return [`${' '.repeat(indent)}${paint(first)}`, ...rest.map((more) => `${' '.repeat(indent + 2)}${paint(more)}`)].join('\n');
}

function inYaml(name: string, value: ParamValue | Readonly<Record<string, string>>, indent: number): readonly string[] {
  const key = `${' '.repeat(indent)}${/^[A-Za-z]\w*$/.test(name) ? name : `'${name}'`}:`;
  if (typeof value === 'string') return [`${key} '${value.replaceAll("'", "''")}'`];
  if (typeof value !== 'object') return [`${key} ${value}`];
  if (isList(value)) return [`${key} ${JSON.stringify(value).replaceAll('","', '", "')}`];
  const entries = Object.entries(value);
  return entries.length === 0 ? [`${key} {}`] : [key, ...entries.flatMap(([inner, text]) => inYaml(inner, text, indent + 2))];
}

function isList(value: ParamValue): value is readonly string[] | readonly number[] {
  return Array.isArray(value);
}

function equivalentLines({ equivalents }: ListedCheck, { width, palette }: Screen): readonly string[] {
  const names = { prowler: 'Prowler', securityHub: 'Security Hub', checkov: 'Checkov' };
  return Object.entries(equivalents).flatMap(([tool, ids]: [string, readonly string[]]) => {
    const name = Object.entries(names).find(([key]) => key === tool)?.[1] ?? tool;
    return ids.length === 0 ? [] : [labelled(palette.title(name), ids.join(', '), { width, at: LABEL })];
  });
}

function exampleLines(check: ListedCheck, { width, palette }: Screen): readonly string[] {
  const lines = namedExamples(check, palette).flatMap(([label, named]) =>
    Object.keys(named).map((name, index) => labelled(index === 0 ? label : '', name, { width, at: LABEL, indent: 2 })),
  );
  return lines.length === 0 ? [] : [palette.title('For example'), ...lines];
}

function namedExamples(check: ListedCheck, { status, severity }: Palette): readonly (readonly [string, object])[] {
  if (isActivityCheck(check)) {
    const { activity, quiet, unsure = {} } = check.examples;
    return [
      [severity[check.severity]('told'), activity],
      [status.PASS('quiet'), quiet],
      [status.UNKNOWN('unsure'), unsure],
    ];
  }
  const { pass, fail, unknown, notApplicable } = check.examples;
  return [
    [status.FAIL('fail'), fail],
    [status.PASS('pass'), pass],
    [status.UNKNOWN('unknown'), unknown],
    [status.NOT_APPLICABLE('not applicable'), notApplicable],
  ];
}
