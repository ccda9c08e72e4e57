import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyActivityCheck } from '../checks/activity.ts';
import { type AnyCheck, SEVERITIES } from '../checks/check.ts';
import { tableOf } from './generator/markdown.ts';
import { toPageCode } from './generator/page-code.ts';

/** Writes what is derived from the checks and readers (the registry, a page for each check, the tables of controls and permissions, the README's table) and the code of the report's page. `--check` only says what is stale. */
const root = join(import.meta.dirname, '..');
const NOT_CHECKS = new Set(['predicates']);

const files = readdirSync(join(root, 'checks'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NOT_CHECKS.has(entry.name))
  .flatMap(({ name }) => readdirSync(join(root, 'checks', name)).map((file) => `${name}/${file}`))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const isActivity = (path: string): boolean => path.startsWith('activity/');

const stale: string[] = [];
write('checks/registry.ts', toRegistry(files.filter((path) => !isActivity(path))));
write('checks/activity-registry.ts', toActivityRegistry(files.filter(isActivity)));
const { checks } = await import('../checks/registry.ts');
const { activityChecks } = await import('../checks/activity-registry.ts');
const { LOOKUP_EVENTS } = await import('../inventory/cloudtrail/calls.ts');
const { describeRegions } = await import('../inventory/regions.ts');
const { sources } = await import('../inventory/registry.ts');
const { toJsonSchema } = await import('../config/json-schema.ts');
const { permissionsFor, readStatements } = await import('../findings/permissions.ts');
const { byWeight, toActivityPage, toCheckPage, toTechnique } = await import('./generator/check-page.ts');
const { toControlsPage } = await import('./generator/controls.ts');
const { toSwitchingPage } = await import('./generator/switching.ts');
writeFolder(
  'docs/checks',
  new Map([
    ...checks.map((check) => [`${check.id}.md`, toCheckPage(check, sources)] as const),
    ...activityChecks.map((check) => [`${check.id}.md`, toActivityPage(check)] as const),
    ['README.md', toCatalogue(checks.toSorted(byWeight), activityChecks.toSorted(byWeight))],
  ]),
);
write('docs/controls.md', toControlsPage(checks, activityChecks));
write('docs/switching.md', toSwitchingPage(checks, activityChecks));
write('docs/permissions.md', toPermissions(checks));
write('docs/posture.schema.json', `${JSON.stringify(toJsonSchema([...checks, ...activityChecks]), undefined, 2)}\n`);
write('findings/exports/html/page-code.ts', await toPageCode(root));
write('README.md', withTable(readFileSync(join(root, 'README.md'), 'utf8'), checks, activityChecks));
if (stale.length > 0) {
  process.stderr.write(`stale: ${stale.join(', ')}; run npm run generate and commit what it writes\n`);
  process.exitCode = 1;
}

function write(path: string, text: string): void {
  const file = join(root, path);
  if (readIfThere(file) === text) return;
  if (process.argv.includes('--check')) stale.push(path);
  else writeFileSync(file, text);
}

/** A folder that holds these files and no others. */
function writeFolder(path: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(join(root, path), { recursive: true });
  for (const [name, text] of files) write(`${path}/${name}`, text);
  for (const name of readdirSync(join(root, path)).filter((each) => !files.has(each))) {
    if (process.argv.includes('--check')) stale.push(`${path}/${name}`);
    else rmSync(join(root, path, name));
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function toRegistry(paths: readonly string[]): string {
  return `${importsOf(paths, "import type { AnyCheck, Verdict } from './check.ts';")}

/** Every check, by id. */
export const checks: readonly AnyCheck[] = [
${namesOf(paths)}
];

/** Calls a check on a view of its own resource type: the one place where the pairing of check and type is asserted, not inferred. */
export function judge(check: AnyCheck, view: object, params: object): Verdict {
  return check.evaluate(view as never, params as never);
}
`;
}

function toActivityRegistry(paths: readonly string[]): string {
  const types = ["import type { Activity, AnyActivityCheck } from './activity.ts';", "import type { Params } from './check.ts';"];
  return `${importsOf(paths, "import type { CloudTrailEvent } from '../inventory/events/event.ts';", ...types)}

/** Every activity check, by id. */
export const activityChecks: readonly AnyActivityCheck[] = [
${namesOf(paths)}
];

/** Calls an activity check with params that have the form of its own: the one place where the pairing of the two is asserted, not inferred. */
export function judgeActivity(check: AnyActivityCheck, event: CloudTrailEvent, params: Params): Activity | undefined {
  return check.evaluate(event, params as never);
}
`;
}

function importsOf(paths: readonly string[], ...types: readonly string[]): string {
  const imports = paths.map((path) => `import ${toName(path)} from './${path}';`);
  const sorted = [...types, ...imports].sort((a, b) => (pathIn(a) < pathIn(b) ? -1 : 1));
  return ['// Written by `npm run generate` from the files in checks/.', ...sorted].join('\n');
}

function namesOf(paths: readonly string[]): string {
  return paths.map((path) => `  ${toName(path)},`).join('\n');
}

/** As the linter sorts imports: what is in a folder comes before the file of that name. */
function pathIn(statement: string): string {
  return (/'(.*)'/.exec(statement)?.[1] ?? '').replaceAll(/(?<=\w)\//g, '!');
}

/** `ec2/image-private.ts` → `ec2ImagePrivate`. */
function toName(path: string): string {
  return path.replace(/\.ts$/, '').replace(/[/-](.)/g, (_, letter: string) => letter.toUpperCase());
}

function toCatalogue(all: readonly AnyCheck[], activities: readonly AnyActivityCheck[]): string {
  return `# Checks

${all.length} checks judge what is configured, ${activities.length} what somebody did. Each has a page: what it looks at, why it matters, how it decides, how to fix it, which permissions it needs. \`posture explain <check>\` tells the same. By framework: [controls](../controls.md).

## Posture

${toTable(all, true)}

## Activity

Judged from the events of CloudTrail. Critical and high ones are told at once, with who did it, from where and with what; the others in the digest of the next audit. Where the circumstances make something better or worse, as with an attempt that was refused, the severity differs from this one, and the reason says why.

${toActivityTable(activities)}
`;
}

function toActivityTable(all: readonly AnyActivityCheck[]): string {
  const rows = all.map(({ id, severity, title, controls, attack }) => [
    `[\`${id}\`](${id}.md)`,
    severity,
    title,
    controls.join(', '),
    attack.map(toTechnique).join(', '),
  ]);
  return tableOf(['Check', 'Severity', 'What was done', 'Controls', 'ATT&CK'], rows);
}

function toTable(all: readonly AnyCheck[], full: boolean): string {
  const header = full
    ? ['Check', 'Severity', 'What should be', 'Controls', 'Same check in Prowler']
    : ['Check', 'Severity', 'What should be'];
  const rows = all.map((check) => [
    full ? `[\`${check.id}\`](${check.id}.md)` : `[\`${check.id}\`](docs/checks/${check.id}.md)`,
    check.severity,
    check.title,
    ...(full ? [check.controls.join(', '), (check.equivalents.prowler ?? []).map((id) => `\`${id}\``).join(', ')] : []),
  ]);
  return tableOf(header, rows);
}

function toPermissions(all: readonly AnyCheck[]): string {
  const actions = [...new Set([...describeRegions.permissions, ...LOOKUP_EVENTS.permissions, ...permissionsFor(all, sources)])].sort();
  const policy = {
    Version: '2012-10-17',
    Statement: readStatements(actions, 'aws').map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources })),
  };
  const perCheck = all.map(
    (check) =>
      `| \`${check.id}\` | ${permissionsFor([check], sources)
        .map((action) => `\`${action}\``)
        .join(', ')} |`,
  );
  return `# Permissions

What the checks need, derived from what they read: ${actions.length} actions, all of them reads of configuration. No object, secret or parameter is ever read, and nothing is written.

\`\`\`json
${JSON.stringify(policy, null, 2)}
\`\`\`

An action that is missing blinds the checks that rest on it, and they say UNKNOWN, never PASS. \`posture doctor\` tells which those are.

| Check | Actions |
| --- | --- |
${perCheck.join('\n')}
`;
}

/** The README has the posture checks in short, and of activity the number by severity. */
function withTable(readme: string, all: readonly AnyCheck[], activities: readonly AnyActivityCheck[]): string {
  const counts = [...Map.groupBy(activities, ({ severity }) => severity)]
    .sort(([a], [b]) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b))
    .map(([severity, own]) => `${own.length} ${severity}`);
  return inserted(inserted(readme, 'checks', toTable(all, false)), 'activity', `${activities.length} checks: ${counts.join(', ')}.`);
}

function inserted(readme: string, marker: string, text: string): string {
  const region = new RegExp(`(<!-- ${marker} -->)[\\s\\S]*?(<!-- /${marker} -->)`);
  return readme.replace(region, (_, open: string, close: string) => `${open}\n${text}\n${close}`);
}
