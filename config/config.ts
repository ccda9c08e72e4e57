import { resolve } from 'node:path';
import type { AnyCheck } from '../checks/check.ts';
import { NOWHERE_ELSE } from './place.ts';
import { type Settings, settingsFor } from './settings-for.ts';
import { type Tailoring, toSettings, toTailoring } from './tailoring.ts';
import type { Subscriber, WrittenConfig, WrittenException } from './written-config.ts';

/** What can be set of a check, whether it judges resources or events. */
export type Configurable = Pick<AnyCheck, 'id' | 'params'>;

/** What a team has set, with our defaults where it has set nothing. */
export interface Config {
  /** `undefined`: all that an account has enabled. */
  readonly regions: readonly string[] | undefined;
  /** `dynamodb://<table>`, or an absolute path: a relative one starts at the configuration's folder. */
  readonly store: string | undefined;
  readonly topic: string | undefined;
  readonly audited: Audited;
  readonly schedule: Schedule;
  readonly subscribers: readonly Subscriber[];
  /** Those that have ended among them. */
  readonly exceptions: readonly WrittenException[];
  /** Whether findings are imported into Security Hub. */
  readonly securityHub: boolean;
  readonly deployment: Deployment;
  /** Whether the team runs this check anywhere when nobody names checks. */
  readonly isEnabled: (checkId: string) => boolean;
  /** Whether it is switched off wherever no entry of `tailoring` switches it on. */
  readonly isOffAtTop: (checkId: string) => boolean;
  /** Ids of the checks that are switched off everywhere. */
  readonly switchedOff: readonly string[];
  /** Ids of the checks that are switched off in an account, be it in one region alone. */
  readonly switchedOffIn: (accountId: string) => readonly string[];
  /** Severity and params of a check, where they differ from its own and nothing more specific is said. */
  readonly settingsOf: (check: Configurable) => Settings;
  /** What is otherwise in some places. */
  readonly tailoring: Tailoring;
}

/** Which accounts a deployed audit looks at. `own`: the one that it is deployed in. */
export type Audited =
  | { readonly kind: 'own' }
  | { readonly kind: 'accounts'; readonly accounts: readonly string[] }
  | {
      readonly kind: 'organization';
      /** `o-…` */
      readonly id: string;
      /** Roots and organizational units into which the StackSet deploys the audit role. */
      readonly units: readonly string[];
      readonly exclude: readonly string[];
    };

/** When audits begin, as EventBridge Scheduler takes it. */
export interface Schedule {
  /** `rate(6 hours)` or `cron(…)`. */
  readonly expression: string;
  /** By its name in the IANA database. */
  readonly timezone: string;
}

export interface Deployment {
  /** Where the hub stack is; `undefined`: where the AWS configuration says. */
  readonly region: string | undefined;
  /** What the audit role wants to hear from who assumes it; `undefined` leaves it to the deployment to choose one. */
  readonly externalId: string | undefined;
  readonly roleName: string;
  /** Scopes that are scanned at the same time. */
  readonly concurrency: number;
  readonly logRetentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
}

export const DEFAULT_SCHEDULE: Schedule = { expression: 'rate(6 hours)', timezone: 'UTC' };
export const DEFAULT_DEPLOYMENT: Deployment = {
  region: undefined,
  externalId: undefined,
  roleName: 'cloud-posture-audit',
  concurrency: 40,
  logRetentionDays: 90,
  tags: {},
};

/** Fills in the defaults. `folder` is where a relative store starts; at run time there is none, for the table is given by the deployment. */
export function toConfig(written: WrittenConfig, folder = '.'): Config {
  const { regions, store, topic, schedule, timezone, subscribers, securityHub, deployment, checks } = written;
  const tailoring = toTailoring(written);
  const isOffAtTop = (checkId: string) => checks?.[checkId]?.enabled === false;
  const isEnabled = (checkId: string) => !isOffAtTop(checkId) || tailoring.switchesOn(checkId);
  const named = [
    ...new Set([checks, ...(written.tailoring ?? []).map((entry) => entry.checks)].flatMap((each) => Object.keys(each ?? {}))),
  ];
  return {
    regions,
    store: store === undefined || store.includes('://') ? store : resolve(folder, store),
    topic,
    audited: toAudited(written),
    schedule: { expression: schedule ?? DEFAULT_SCHEDULE.expression, timezone: timezone ?? DEFAULT_SCHEDULE.timezone },
    subscribers: subscribers ?? [],
    exceptions: written.exceptions ?? [],
    securityHub: securityHub ?? false,
    deployment: { ...DEFAULT_DEPLOYMENT, ...deployment, tags: deployment?.tags ?? {} },
    isEnabled,
    isOffAtTop,
    switchedOff: named.filter((checkId) => !isEnabled(checkId)),
    switchedOffIn: (accountId) => named.filter((checkId) => tailoring.isOffIn(checkId, accountId)),
    settingsOf: (check) => toSettings(settingsFor(check, NOWHERE_ELSE, written)),
    tailoring,
  };
}

function toAudited({ accounts, organization }: WrittenConfig): Audited {
  if (organization) return { kind: 'organization', ...organization, exclude: organization.exclude ?? [] };
  return accounts === undefined ? { kind: 'own' } : { kind: 'accounts', accounts };
}
