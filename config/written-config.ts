import type { ParamValue, Severity } from '../checks/check.ts';

/** posture.yaml as it was written and found right: what lies beside the deployed functions as posture.json. Everything is optional; an empty mapping or list is `null`, as YAML has it. */
export interface WrittenConfig {
  readonly regions?: readonly string[];
  readonly store?: string;
  readonly topic?: string;
  /** Account ids that are audited instead of the one that the audit is deployed in; never together with `organization`. */
  readonly accounts?: readonly string[];
  readonly organization?: WrittenOrganization;
  /** `rate(6 hours)`, or `cron(…)` with six fields, as EventBridge Scheduler takes them. */
  readonly schedule?: string;
  /** Of the schedule, by its name in the IANA database: `Europe/Berlin`. */
  readonly timezone?: string;
  readonly subscribers?: readonly Subscriber[] | null;
  readonly securityHub?: boolean;
  readonly deployment?: WrittenDeployment | null;
  readonly trustedAccounts?: readonly string[];
  readonly approvedImageOwners?: readonly string[];
  readonly checks?: WrittenChecks | null;
  /** The key of the tag whose value is the application that a resource belongs to. */
  readonly applicationTag?: string;
  readonly tailoring?: readonly WrittenTailoring[] | null;
  readonly exceptions?: readonly WrittenException[] | null;
}

/** A decision that a check may fail for some resources until the end of a day, UTC. */
export interface WrittenException {
  readonly check: string;
  /** A pattern of ARNs, in which `*` stands for any text and `?` for one character; absent: every resource with the tags. */
  readonly resource?: string | undefined;
  /** All of them must be there. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly accounts?: readonly string[] | undefined;
  readonly reason: string;
  readonly owner: string;
  /** `2026-12-31` */
  readonly expires: string;
  readonly ticket: string;
}

/** Settings by the id of the check. */
export type WrittenChecks = Readonly<Record<string, WrittenSettings | null | undefined>>;

/** What is otherwise than at the top level in some place. */
export interface WrittenTailoring {
  readonly where: WrittenWhere;
  readonly checks?: WrittenChecks | null;
  readonly trustedAccounts?: readonly string[];
  readonly approvedImageOwners?: readonly string[];
  /** Who looks after what is there. */
  readonly owner?: string;
  /** Why it is so, for whoever reads it. */
  readonly because?: string;
}

/** A place: all that is named must hold, and of each list one element. It names something. */
export interface WrittenWhere {
  /** Roots (`r-…`) or organizational units (`ou-…`) that the account is in, at whatever depth. */
  readonly units?: readonly string[];
  readonly accounts?: readonly string[];
  /** Of the resource itself; `global` for what is in none. */
  readonly regions?: readonly string[];
  /** The value of the tag that `applicationTag` names. */
  readonly application?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface WrittenOrganization {
  /** Account ids that are not audited. */
  readonly exclude?: readonly string[];
  /** Roots (`r-…`) or organizational units (`ou-…`) into which the StackSet deploys the audit role. */
  readonly units: readonly string[];
  /** `o-…` */
  readonly id: string;
}

/** Who is told: exactly one of email, https, sqs and lambda, and what of it. */
export interface Subscriber {
  readonly email?: string;
  readonly https?: string;
  /** ARN of a queue. */
  readonly sqs?: string;
  /** ARN of a function. */
  readonly lambda?: string;
  /** Only messages at or above it. */
  readonly severity?: Severity;
  /** Only messages about what this owner looks after. */
  readonly owner?: string;
  /** False leaves out the alarms of the audit itself. */
  readonly alarms?: boolean;
}

export interface WrittenDeployment {
  /** Where the hub stack is. */
  readonly region?: string;
  readonly externalId?: string;
  readonly roleName?: string;
  readonly concurrency?: number;
  readonly logRetentionDays?: number;
  readonly tags?: Readonly<Record<string, string>> | null;
}

export interface WrittenSettings {
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly params?: Readonly<Record<string, ParamValue | undefined>> | null;
}
