import { InvalidArgumentError, Option } from 'commander';
import { SEVERITIES, type Severity } from '../checks/check.ts';
import { didYouMean } from '../config/nearest.ts';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';

export type Format = 'table' | 'json' | 'ndjson';

/** Options that every command has. */
export interface Shared {
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** `a,b` and repetition both make a list. */
export function list(value: string, before: readonly string[] = []): readonly string[] {
  const words = value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) throw new InvalidArgumentError('It is empty.');
  return [...before, ...words];
}

/** A severity in either case. */
export function severity(value: string): Severity {
  const found = SEVERITIES.find((known) => known === value.toUpperCase());
  if (found === undefined) throw notOneOf(value, SEVERITIES);
  return found;
}

/** The choice that a word names, in either case. */
export function oneOf<const Choice extends string>(value: string, choices: readonly Choice[]): Choice {
  const found = choices.find((known) => known === value.toLowerCase());
  if (found === undefined) throw notOneOf(value, choices);
  return found;
}

/** What `--fail-on` takes: a severity, or `none` for never. */
export function threshold(value: string): Severity | 'NONE' {
  const choices = [...SEVERITIES, 'NONE'] as const;
  const found = choices.find((known) => known === value.toUpperCase());
  if (found === undefined) throw notOneOf(value, choices);
  return found;
}

function notOneOf(value: string, choices: readonly string[]): InvalidArgumentError {
  return new InvalidArgumentError(`Expected ${choices.join(', ')}${didYouMean(value, choices)}`);
}

export function severities(value: string): readonly Severity[] {
  return list(value).map(severity);
}

export function formatOption(...formats: readonly Format[]): Option {
  return new Option('--format <format>', 'how to write it').choices(formats).default('table');
}

/** Who looks at an account, and where: the same for every command that reads AWS. */
export function profileOption(): Option {
  return new Option('--profile <name>', 'profile of the AWS configuration');
}

export function roleOption(): Option {
  return new Option('--role-arn <arn>', 'role to assume for looking');
}

export function externalIdOption(): Option {
  return new Option('--external-id <id>', 'external id that the role wants');
}

export function regionsOption(): Option {
  return new Option('--regions <list>', 'only these regions, separated by commas (default: all enabled)').argParser(list);
}

/** For commands that ask AWS for nothing but the table in which findings are kept. */
export function tableProfileOption(): Option {
  return new Option('--profile <name>', 'profile that may read the table');
}

export function storeOption(): Option {
  return new Option('--store <location>', 'where findings are kept: a file, or dynamodb://<table> (default: .posture/findings.db)');
}

export function configOption(): Option {
  return new Option('--config <file>', 'settings (default: posture.yaml, if there is one)');
}

/** The checks of these ids. @throws Complaint naming the nearest id for one that does not exist */
export function checksNamed<Check extends { readonly id: string }>(ids: readonly string[], checks: readonly Check[]): readonly Check[] {
  const known = new Map(checks.map((check) => [check.id, check]));
  return ids.map((id) => {
    const check = known.get(id);
    if (check) return check;
    if (isOfOtherKind(id, checks)) throw new Complaint(EXIT.usage, `"${id}" judges events, not what is configured: see "posture replay"`);
    const hint = didYouMean(id, known.keys()) || '; "posture checks" lists them all';
    throw new Complaint(EXIT.usage, `there is no check "${id}"${hint}`);
  });
}

/** An id of an activity check, where only checks of resources can be meant. */
function isOfOtherKind(id: string, checks: readonly { readonly id: string }[]): boolean {
  return id.startsWith('activity-') && !checks.some((check) => check.id.startsWith('activity-'));
}
