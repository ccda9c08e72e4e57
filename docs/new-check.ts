import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSeverity, type NewCheck, pathOf, toScaffold } from './generator/scaffold.ts';

const USAGE = `Usage: npm run new:check -- <id> [--type <resource type>] [--needs <facet,…>] [--severity HIGH]

Writes checks/<service>/<rest of the id>.ts with everything a check needs, to be filled in.

  npm run new:check -- ec2-volume-encrypted --type AWS::EC2::Volume --needs volume
  npm run new:check -- activity-budget-deleted --severity MEDIUM`;

const ROOT = process.env.POSTURE_ROOT ?? join(import.meta.dirname, '..');

/** What `npm run new:check` runs. Nothing that exists is written over. */
function run(args: readonly string[]): number {
  const wanted = readArguments(args);
  if (typeof wanted === 'string') return refuse(wanted);
  const path = pathOf(wanted.id);
  const file = join(ROOT, path);
  if (existsSync(file)) return refuse(`${path} exists already`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, toScaffold(wanted));
  console.log(`${path}: fill in what is between < and >, then run npm run generate and npx vitest run test/checks`);
  return 0;
}

/** What is wanted, or what is wrong with it. */
function readArguments(args: readonly string[]): NewCheck | string {
  const options = { type: { type: 'string' }, needs: { type: 'string' }, severity: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0 || values.help === true) return USAGE;
  if (!/^[a-z0-9]+(-[a-z0-9]+){2,}$/.test(id))
    return `"${id}" is no id of a check: <service>-<resource>-<desired state>, in lower case, such as ec2-volume-encrypted`;
  const severity = String(values.severity ?? 'MEDIUM');
  if (!isSeverity(severity)) return `"${severity}" is no severity: CRITICAL, HIGH, MEDIUM, LOW or INFORMATIONAL`;
  return {
    id,
    severity,
    resourceType: String(values.type ?? 'AWS::<Service>::<Resource>'),
    needs: String(values.needs ?? '<facet>').split(','),
  };
}

function refuse(message: string): number {
  console.error(message);
  return 2;
}

process.exitCode = run(process.argv.slice(2));
