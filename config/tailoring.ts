import { type Params, type ParamValue, SEVERITIES, type Severity } from '../checks/check.ts';
import type { Configurable } from './config.ts';
import { type Entry, NOWHERE_ELSE, type Place, type Standing, standingAt, toStandings, type Units } from './place.ts';
import { isTop, ownersFor, type Said, type SettingKey, type Settings, settingsFor, speaksOf } from './settings-for.ts';
import type { WrittenConfig } from './written-config.ts';

export const APPLICATION_TAG = 'application';

/** What a check is set to in one place, where entries of `tailoring` hold. The same object is given for the same entries. */
export interface Tuned extends Settings {
  /** Only where an entry says so. */
  readonly enabled?: boolean;
  /** Another entry may hold, but the units of the account are not known. */
  readonly unsure: boolean;
}

/** What a check is set to in a place; `undefined`: the same as at the top level. */
export type Tuning = (place: Place, units: Units) => Tuned | undefined;

/** What `tailoring` says, made ready to be asked about many resources. */
export interface Tailoring {
  /** `undefined` for a check of which no entry speaks. */
  readonly tuningOf: (check: Configurable) => Tuning | undefined;
  /** Whether some entry switches the check on. */
  readonly switchesOn: (checkId: string) => boolean;
  /** Whether a check of activity is switched off in an account, be it in one region alone. */
  readonly isOffIn: (checkId: string, accountId: string) => boolean;
  /** Who looks after what is there, by the most specific entry that says so. */
  readonly ownerOf: (place: Place, units: Units) => string | undefined;
  /** Whether it is worth asking for the units of accounts. */
  readonly namesUnits: boolean;
}

export function toTailoring(written: WrittenConfig): Tailoring {
  const entries = entriesOf(written);
  const standingOf = toStandings(entries, written.applicationTag ?? APPLICATION_TAG);
  const setting = (checkId: string, enabled: boolean) => (entry: Entry) => entry.written.checks?.[checkId]?.enabled === enabled;
  return {
    tuningOf: (check) => (entries.some((entry) => speaksOf(check, entry)) ? toTuning(check, standingOf, written) : undefined),
    switchesOn: (checkId) => entries.some(setting(checkId, true)),
    isOffIn: (checkId, accountId) =>
      ['', ...entries.flatMap(({ written: { where } }) => where.regions ?? [])].some((region) => {
        const said = settingsFor({ id: checkId }, standingOf({ accountId, region, tags: {} }, undefined), written);
        return said.get('enabled')?.[0].value === false;
      }),
    ownerOf: (place, units) => toText(ownersFor(standingOf(place, units))[0]?.value),
    namesUnits: entries.some(({ written: { where } }) => where.units !== undefined),
  };
}

/** Which entries of posture.yaml hold at a place. */
export function standingIn(written: WrittenConfig, place: Place, units: Units): Standing {
  return standingAt(entriesOf(written), place, units, written.applicationTag ?? APPLICATION_TAG);
}

function entriesOf({ tailoring }: WrittenConfig): readonly Entry[] {
  return (tailoring ?? []).map((written, index) => ({ index, written }));
}

function toTuning(check: Configurable, standingOf: (place: Place, units: Units) => Standing, written: WrittenConfig): Tuning {
  const known = new Map<Standing, Tuned | undefined>();
  return (place, units) => {
    const standing = standingOf(place, units);
    if (standing === NOWHERE_ELSE) return undefined;
    if (!known.has(standing)) known.set(standing, tunedAt(check, standing, written));
    return known.get(standing);
  };
}

function tunedAt(check: Configurable, standing: Standing, written: WrittenConfig): Tuned | undefined {
  const unsure = standing.unsure.some((entry) => speaksOf(check, entry));
  if (!unsure && !standing.held.some((entry) => speaksOf(check, entry))) return undefined;
  const said = settingsFor(check, standing, written);
  const [enabled] = said.get('enabled') ?? [];
  return {
    ...toSettings(said),
    ...(enabled === undefined || isTop(enabled) ? {} : { enabled: enabled.value === true }),
    unsure,
  };
}

/** Severity and params, as far as something was said about them. */
export function toSettings(said: ReadonlyMap<SettingKey, Said>): Settings {
  const severity = toSeverity(said.get('severity')?.[0].value);
  const params: Params = Object.fromEntries(
    [...said].flatMap(([key, [{ value }]]) => (key.startsWith('params.') ? [[key.slice('params.'.length), value]] : [])),
  );
  return { severity, params };
}

function toSeverity(value: ParamValue | undefined): Severity | undefined {
  return SEVERITIES.find((severity) => severity === value);
}

function toText(value: ParamValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
