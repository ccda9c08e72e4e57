import type { Params, ParamValue, Severity } from '../checks/check.ts';
import type { Configurable } from './config.ts';
import type { Entry, Standing } from './place.ts';
import type { WrittenConfig, WrittenSettings } from './written-config.ts';

/** The way to a key of posture.yaml. */
export type KeyPath = readonly (string | number)[];

/** What posture.yaml says in one place. */
export interface Statement {
  readonly value: ParamValue;
  readonly path: KeyPath;
}

/** What was said about one setting, the one that decides first. */
export type Said = readonly [Statement, ...Statement[]];

/** `enabled`, `severity`, or `params.<name>`. */
export type SettingKey = string;

/** All that posture.yaml says about a check where an account's standing is so; what it says nothing of is as the check itself has it. */
export function settingsFor(check: Configurable, { held }: Standing, written: WrittenConfig): ReadonlyMap<SettingKey, Said> {
  const said = new Map<SettingKey, Said>();
  for (const part of [...held.map((entry) => partOf(check, entry)), topOf(check, written)]) {
    for (const [key, statement] of part) {
      const [first, ...more] = said.get(key) ?? [];
      said.set(key, first ? [first, ...more, statement] : [statement]);
    }
  }
  return said;
}

/** Whether an entry says anything about a check. */
export function speaksOf(check: Configurable, entry: Entry): boolean {
  return partOf(check, entry).length > 0;
}

/** Whether a statement stands at the top level. */
export function isTop({ path }: Statement): boolean {
  return path[0] !== TAILORING;
}

/** What the owner of a standing is, the one that decides first. */
export function ownersFor({ held }: Standing): readonly Statement[] {
  return held.flatMap(({ index, written: { owner } }) =>
    owner === undefined ? [] : [{ value: owner, path: [TAILORING, index, 'owner'] }],
  );
}

/** A check's severity and params. */
export interface Settings {
  readonly severity?: Severity;
  readonly params?: Params;
}

const TAILORING = 'tailoring';

type Part = readonly (readonly [SettingKey, Statement])[];

function partOf(check: Configurable, { index, written }: Entry): Part {
  const { checks, trustedAccounts, approvedImageOwners } = written;
  return [
    ...ownPart(checks?.[check.id], [TAILORING, index, 'checks', check.id]),
    ...sharedPart(check, { trustedAccounts, approvedImageOwners }, [TAILORING, index]),
  ];
}

function topOf(check: Configurable, { checks, trustedAccounts, approvedImageOwners, deployment }: WrittenConfig): Part {
  const auditRoles = deployment?.roleName;
  return [
    ...ownPart(checks?.[check.id], ['checks', check.id]),
    ...sharedPart(check, { trustedAccounts, approvedImageOwners }, []),
    ...(auditRoles === undefined || check.params?.auditRoles === undefined
      ? []
      : [['params.auditRoles', { value: [auditRoles], path: ['deployment', 'roleName'] }] as const]),
  ];
}

function ownPart(settings: WrittenSettings | null | undefined, path: KeyPath): Part {
  const { enabled, severity, params } = settings ?? {};
  return [
    ...stated('enabled', enabled, [...path, 'enabled']),
    ...stated('severity', severity, [...path, 'severity']),
    ...Object.entries(params ?? {}).flatMap(([name, value]) => stated(`params.${name}`, value, [...path, 'params', name])),
  ];
}

/** A check's own params go before what is shared by all checks that have a param of that name. */
function sharedPart({ params = {} }: Configurable, shared: Readonly<Record<string, ParamValue | undefined>>, path: KeyPath): Part {
  return Object.entries(shared).flatMap(([name, value]) =>
    Object.hasOwn(params, name) ? stated(`params.${name}`, value, [...path, name]) : [],
  );
}

function stated(key: SettingKey, value: ParamValue | undefined, path: KeyPath): Part {
  return value === undefined ? [] : [[key, { value, path }]];
}
