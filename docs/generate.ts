import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyCheck } from '../checks/check.ts';

/** Writes what is derived from the checks and readers: the registry, the catalogue, the permissions and the README's table. `--check` only says what is stale. */
const root = join(import.meta.dirname, '..');
const NOT_CHECKS = new Set(['predicates']);

const files = readdirSync(join(root, 'checks'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NOT_CHECKS.has(entry.name))
  .flatMap(({ name }) => readdirSync(join(root, 'checks', name)).map((file) => `${name}/${file}`))
  .filter((file) => file.endsWith('.ts'))
  .sort();

const stale: string[] = [];
write('checks/registry.ts', toRegistry(files));
const { checks } = await import('../checks/registry.ts');
const { describeRegions } = await import('../inventory/regions.ts');
const { sources } = await import('../inventory/registry.ts');
const { permissionsFor } = await import('../findings/permissions.ts');
write('docs/checks.md', toCatalogue(checks));
write('docs/permissions.md', toPermissions(checks));
write('README.md', withTable(readFileSync(join(root, 'README.md'), 'utf8'), checks));
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

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function toRegistry(paths: readonly string[]): string {
  const entries = paths.map((path) => ({ path, name: toName(path) }));
  const imports = entries.map(({ path, name }) => `import ${name} from './${path}';`);
  const sorted = ["import type { AnyCheck, Verdict } from './check.ts';", ...imports].sort((a, b) => (pathIn(a) < pathIn(b) ? -1 : 1));
  return `// Written by \`npm run generate\` from the files in checks/.
${sorted.join('\n')}

/** Every check, by id. */
export const checks: readonly AnyCheck[] = [
${entries.map(({ name }) => `  ${name},`).join('\n')}
];

/** Calls a check on a view of its own resource type: the one place where the pairing of check and type is asserted, not inferred. */
export function judge(check: AnyCheck, view: object, params: object): Verdict {
  return check.evaluate(view as never, params as never);
}
`;
}

function pathIn(statement: string): string {
  return /'(.*)'/.exec(statement)?.[1] ?? '';
}

/** `ec2/image-private.ts` → `ec2ImagePrivate`. */
function toName(path: string): string {
  return path.replace(/\.ts$/, '').replace(/[/-](.)/g, (_, letter: string) => letter.toUpperCase());
}

function toCatalogue(all: readonly AnyCheck[]): string {
  return `# Checks

${all.length} checks. \`posture explain <check>\` shows one in full: what it looks at, why it matters, how to fix it, which permissions it needs.

${toTable(all, true)}
`;
}

function toTable(all: readonly AnyCheck[], full: boolean): string {
  const header = full
    ? ['Check', 'Severity', 'What should be', 'Controls', 'Same check in Prowler']
    : ['Check', 'Severity', 'What should be'];
  const rows = all.map((check) => [
    `\`${check.id}\``,
    check.severity,
    check.title,
    ...(full ? [check.controls.join(', '), (check.equivalents.prowler ?? []).map((id) => `\`${id}\``).join(', ')] : []),
  ]);
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function toPermissions(all: readonly AnyCheck[]): string {
  const actions = [...new Set([...describeRegions.permissions, ...permissionsFor(all, sources)])].sort();
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
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

function withTable(readme: string, all: readonly AnyCheck[]): string {
  return readme.replace(
    /(<!-- checks -->)[\s\S]*?(<!-- \/checks -->)/,
    (_, open: string, close: string) => `${open}\n${toTable(all, false)}\n${close}`,
  );
}
