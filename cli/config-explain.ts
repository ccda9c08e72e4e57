import type { AnyActivityCheck } from '../checks/activity.ts';
import type { AnyCheck, ParamValue } from '../checks/check.ts';
import { isAccount, isRegion, isUnit } from '../config/formats.ts';
import { parseConfig } from '../config/parse-config.ts';
import type { Place, Standing } from '../config/place.ts';
import { CONFIG_FILE, readIfThere } from '../config/read-config.ts';
import { type KeyPath, ownersFor, type Statement, settingsFor } from '../config/settings-for.ts';
import { standingIn } from '../config/tailoring.ts';
import { positionsIn } from '../config/yaml-faults.ts';
import type { ExplainOptions } from './commands/config.ts';
import { Complaint } from './complaint.ts';
import { type Context, screenOf } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checksNamed } from './options.ts';
import { configExplanation } from './render/config-explanation.ts';
import { safeJson } from './render/safe-text.ts';

/** What decided, and where: no position where nothing was written and the check's own default holds. */
export interface Source {
  readonly value: ParamValue | null;
  /** `posture.yaml:12:7`; `null` for a default. */
  readonly at: string | null;
  /** `tailoring[0].checks.….severity`; `null` for a default. */
  readonly key: string | null;
}

export interface ExplainedSetting extends Source {
  readonly setting: string;
  /** From the one that would decide next to the default. */
  readonly overruled: readonly Source[];
}

/** Which line decides each setting of a check in a place. */
export interface ConfigExplanation {
  readonly check: string;
  readonly account: string;
  readonly region: string | null;
  readonly units: readonly string[] | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly settings: readonly ExplainedSetting[];
  /** Entries that name units, of which nobody knows whether they hold here: `posture.yaml:20:5`. */
  readonly unsure: readonly string[];
}

/** Prints them. @throws Complaint for an option that makes no sense, WrongConfig for the first mistake in the configuration */
export function explainConfig(options: ExplainOptions, context: Context): ExitCode {
  const document = toExplanation(options, context);
  const text =
    options.format === 'json'
      ? `${safeJson({ schemaVersion: 1, ...document }, 2)}\n`
      : configExplanation(document, screenOf(context, options));
  context.io.stdout.write(text);
  return EXIT.clean;
}

function toExplanation(options: ExplainOptions, { io, world }: Context): ConfigExplanation {
  const all = [...world.checks, ...world.activityChecks];
  const [check] = checksNamed([options.check], all);
  if (!check) throw new Complaint(EXIT.usage, 'no check was named; name one with --check');
  const place = toPlace(options);
  const file = options.config ?? CONFIG_FILE;
  const text = readIfThere(options.config, io.cwd) ?? '';
  const written = parseConfig(text, file, all);
  const standing = standingIn(written, place, options.unit);
  const positionOf = positionsIn(text);
  const toAt = (path: KeyPath) => {
    const { line, column } = positionOf(path);
    return `${file}:${line}:${column}`;
  };
  const toSource = ({ value, path }: Statement): Source => ({ value, at: toAt(path), key: toKey(path) });
  const said = settingsFor(check, standing, written);
  return {
    ...{ check: check.id, account: options.account, region: options.region ?? null, units: options.unit ?? null, tags: place.tags },
    settings: [
      ...defaultsOf(check).map(([setting, value]) => explained(setting, [...(said.get(setting) ?? []).map(toSource), ownOf(value)])),
      explained('owner', [...ownersOf(standing).map(toSource), ownOf(null)]),
    ],
    unsure: standing.unsure.map(({ index }) => toAt(['tailoring', index])),
  };
}

function ownersOf(standing: Standing): readonly Statement[] {
  return ownersFor(standing);
}

function defaultsOf(check: AnyCheck | AnyActivityCheck): readonly (readonly [string, ParamValue])[] {
  const { severity, params = {} } = check;
  return [['enabled', true], ['severity', severity], ...Object.entries(params).map(([name, value]) => [`params.${name}`, value] as const)];
}

function ownOf(value: ParamValue | null): Source {
  return { value, at: null, key: null };
}

function explained(setting: string, [decided = ownOf(null), ...overruled]: readonly Source[]): ExplainedSetting {
  return { setting, ...decided, overruled: overruled.filter(({ value }) => value !== null) };
}

function toKey(path: KeyPath): string {
  return path.reduce<string>((key, step) => (typeof step === 'number' ? `${key}[${step}]` : key === '' ? step : `${key}.${step}`), '');
}

function toPlace({ account, region, tag = [], unit = [] }: ExplainOptions): Place {
  if (!isAccount(account)) throw new Complaint(EXIT.usage, `"${account}" is no account id; expected 12 digits in --account`);
  if (region !== undefined && region !== 'global' && !isRegion(region))
    throw new Complaint(EXIT.usage, `"${region}" is no region; expected a region such as eu-west-1, or global, in --region`);
  const wrong = unit.find((each) => !isUnit(each));
  if (wrong !== undefined)
    throw new Complaint(EXIT.usage, `"${wrong}" is no unit; expected a root such as r-ab12, or ou-ab12-cd34ef56, in --unit`);
  return { accountId: account, region: region ?? '', tags: Object.fromEntries(tag.map(toTag)) };
}

function toTag(text: string): readonly [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new Complaint(EXIT.usage, `"${text}" is no tag; expected key=value, such as application=shop, in --tag`);
  return [key, value];
}
