import type { UnreadReason } from '../inventory/facet.ts';
import type { Facets } from '../inventory/facets.ts';
import type { ResourceIdentity, ResourceType } from '../inventory/resource.ts';

/** Security Hub's labels, worst first. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The observed facts that prove a failure. They must not change while the fact does not: a date, never an age. */
export type Evidence = Readonly<Record<string, EvidenceValue>>;
export type EvidenceValue = string | number | boolean | readonly EvidenceValue[] | { readonly [key: string]: EvidenceValue };

/** What a check says of a resource that it could read. Only the engine says UNKNOWN. */
export type Verdict =
  | { readonly status: 'PASS' }
  | {
      readonly status: 'FAIL';
      readonly reason: string;
      readonly evidence: Evidence;
      /** What the last of the modifiers makes of it; the check's own where there is none. `fail` and `weigh` set both. */
      readonly severity?: Severity;
      /** In the order in which they count. The engine tells them in the evidence. */
      readonly modifiers?: readonly SeverityModifier[];
      /** What its severity depends on was not read: a finding that is open already keeps the one it has. */
      readonly severityUnsure?: true;
    }
  | { readonly status: 'NOT_APPLICABLE'; readonly reason: string };

/** A circumstance by which a failure is worse or better than the check's own severity says, in words that stay the same while it does: `attached to nothing`. */
export interface SeverityModifier {
  readonly severity: Severity;
  readonly because: string;
}

export type Failure = Extract<Verdict, { status: 'FAIL' }>;

export const pass: Verdict = { status: 'PASS' };

/**
 * A proven failure. `reason` is the observed fact in at most about 12 words and, like the evidence, stays the same while the fact does.
 * `modifiers` replace the check's own severity where the circumstances make it worse or better; `undefined` is none.
 */
export function fail(reason: string, evidence: Evidence = {}, ...modifiers: readonly (SeverityModifier | undefined)[]): Failure {
  let failure: Failure = { status: 'FAIL', reason, evidence };
  for (const modifier of modifiers) if (modifier) failure = weigh(failure, modifier);
  return failure;
}

/** The same failure under one more circumstance, which decides. */
export function weigh(failure: Failure, modifier: SeverityModifier): Failure {
  return { ...failure, severity: modifier.severity, modifiers: [...(failure.modifiers ?? []), modifier] };
}

/** The question does not arise for this resource: a terminated instance, a user without a password. */
export function notApplicable(reason: string): Verdict {
  return { status: 'NOT_APPLICABLE', reason };
}

/** Ids of the same check in other tools, so that a team can switch. */
export interface Equivalents {
  readonly prowler?: readonly string[];
  readonly securityHub?: readonly string[];
  readonly checkov?: readonly string[];
}

export interface Remediation {
  /** What to do, in one or two sentences. */
  readonly text: string;
  /** The AWS CLI line, with `<placeholders>`. */
  readonly cli?: string;
  /** The CloudFormation property that decides, for example `AWS::S3::Bucket.PublicAccessBlockConfiguration`. */
  readonly cloudFormation?: string;
}

/** What `evaluate` sees: exactly the facets it needs, and who the resource is. */
export type View<T extends ResourceType, F extends keyof Facets[T]> = Pick<Facets[T], F> & { readonly identity: ResourceIdentity };

/** Values that a team may set per check, with our defaults. */
export type Params = Readonly<Record<string, ParamValue>>;
export type ParamValue = number | string | boolean | readonly string[] | readonly number[] | Readonly<Record<string, string>>;

/** The params of a check, and the time at which it judges: checks have no clock. */
export type Given<P> = P & { readonly now: Date };

/** An example's facets; an `UnreadFacet` in place of a value says that it was not read. */
export type Example<T extends ResourceType, F extends keyof Facets[T]> = { readonly [Name in F]: Facets[T][Name] | UnreadFacet } & {
  readonly identity?: Partial<ResourceIdentity>;
};

/** Named for what they show: 'SSH from any IPv6 address'. */
export type Examples<T extends ResourceType, F extends keyof Facets[T]> = Readonly<Record<string, Example<T, F>>>;

export interface Check<T extends ResourceType, F extends keyof Facets[T], P extends Params> {
  /** `<service>-<resource>-<desired state>`, and the path of the file: `checks/<service>/<resource>-<desired state>.ts`. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** `CIS-AWS-7.0:6.3`, `AWS-FSBP:EC2.18`. */
  readonly controls: readonly string[];
  readonly equivalents: Equivalents;
  readonly risk: string;
  readonly remediation: Remediation;
  /** One type, or several that share the needed facets. */
  readonly resourceType: T | readonly T[];
  readonly needs: readonly F[];
  readonly params?: P;
  /** Pure. Throws `Unread` when it touches a facet that was not read, and the engine then says UNKNOWN. */
  readonly evaluate: (resource: View<T, F>, params: Given<P>) => Verdict;
  readonly examples: {
    readonly pass: Examples<T, F>;
    readonly fail: Examples<T, F>;
    readonly unknown: Examples<T, F>;
    readonly notApplicable?: Examples<T, F>;
  };
}

/** A check of whatever type, as the registry holds it: what it judges is looked up by name when it runs. */
export interface AnyCheck extends Omit<Check<ResourceType, never, Params>, 'resourceType' | 'needs' | 'evaluate' | 'examples'> {
  readonly resourceTypes: readonly ResourceType[];
  readonly needs: readonly string[];
  readonly evaluate: (resource: never, params: never) => Verdict;
  readonly examples: Readonly<Record<ExampleKind, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}
export type ExampleKind = 'pass' | 'fail' | 'unknown' | 'notApplicable';

/** Declares a check. A facet that is not in `needs` does not compile in `evaluate`. */
export function defineCheck<const T extends ResourceType, const F extends keyof Facets[T], P extends Params = Record<never, never>>(
  check: Check<T, F, P>,
): AnyCheck {
  const { resourceType, needs, examples, ...rest } = check;
  const types: readonly T[] = typeof resourceType === 'string' ? [resourceType] : resourceType;
  return {
    ...rest,
    resourceTypes: types,
    needs: needs.map(String),
    examples: { notApplicable: {}, ...examples },
  };
}

/** In an example: this facet was not read. */
export class UnreadFacet {
  readonly reason: UnreadReason;

  constructor(reason: UnreadReason) {
    this.reason = reason;
  }
}

/** In an example: the operation was denied. */
export function denied(operation: string): UnreadFacet {
  return new UnreadFacet({ cause: 'denied', operation, permissions: [operation], message: `${operation} was denied` });
}

/** In an example: the service had nothing to say. */
export function noData(operation: string, message: string): UnreadFacet {
  return new UnreadFacet({ cause: 'no-data', operation, permissions: [], message });
}

/** In an example: a list of which only `known` was read. */
export function partial<Element>(known: readonly Element[], operation: string): Iterable<Element> {
  return {
    *[Symbol.iterator]() {
      yield* known;
      refuse(operation);
    },
  };
}

/** In an example: the getter of a member that was not read, inside a facet that was: `get status() { return refuse('…'); }`. */
export function refuse(operation: string): never {
  const { reason } = denied(operation);
  throw Object.assign(new Error(reason.message), { name: 'Unread', reason });
}
