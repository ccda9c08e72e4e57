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
  readonly checks?: Readonly<Record<string, WrittenSettings | null | undefined>> | null;
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
