import type { PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { Evidence } from '../check.ts';
import type { Outsider } from './outsiders.ts';
import { patternCovers, patternsOverlap, widenVariables } from './patterns.ts';
import { unmetConditions } from './permission-conditions.ts';
import { callersLetIn, lessDenied, type PolicyCaller, servicesLetIn } from './policy-callers.ts';
import { conditionText, coversAction, statementEvidence, statementLabel } from './policy-statements.ts';
import type { Home } from './trust-needs.ts';
import { refuseToJudge } from './unread.ts';

const POWERS = ['admin', 'write', 'read'] as const;

/** What an action is worth: `admin` changes who may do what, `write` changes the resource, `read` tells what is in it. */
export type Power = (typeof POWERS)[number];

/** A resource that has a policy. */
export interface PolicyBearer {
  /** Whose it is, and which other accounts its owners trust. */
  readonly home: Home;
  /** The resource as statements may call it: its ARN, and patterns of its parts (`arn:…:bucket/*`). A statement about nothing of this has no effect; without this, every statement has. */
  readonly arns?: readonly string[];
  /** The service's actions that matter, by what they are worth: whole names in lower case, `sqs:receivemessage`. */
  readonly actions?: Readonly<Partial<Record<Power, readonly string[]>>>;
  /** The call that read the policy, for a policy that cannot be judged: `sqs:GetQueueAttributes`. */
  readonly operation?: string;
}

/** That a statement lets somebody in. */
export interface Admittance {
  /** After `lets in`: `everyone`, `account 444455556666`. */
  readonly who: string;
  /** Worst first; empty where it allows only actions that the bearer does not name. */
  readonly powers: readonly Power[];
  /** Conditions beyond what any caller can bring about: `stringequals aws:referer https://example.com/`. Not empty: it is let in sometimes, and this is when. */
  readonly conditions: readonly string[];
  /** Its Sid, or `statement 2`. */
  readonly label: string;
  readonly statement: PolicyStatement;
  readonly evidence: Evidence;
}

export interface AccountAdmittance extends Admittance {
  /** Twelve digits, or the canonical id by which S3 also names an account. */
  readonly account: string;
  readonly trusted: boolean;
}

export interface ServiceAdmittance extends Admittance {
  /** `s3.amazonaws.com` */
  readonly service: string;
}

/** Who may do what by the policy of a resource, beside its own account. */
export interface ResourcePolicyVerdict {
  /** Statements that make it public. */
  readonly everyone: readonly Admittance[];
  /** Other accounts that statements name, as principals or in conditions, trusted or not. */
  readonly accounts: readonly AccountAdmittance[];
  /** Services that are let in whomever they act for: no condition names a source or its account. Whether that is dangerous depends on the service. */
  readonly services: readonly ServiceAdmittance[];
}

/**
 * Who may use a resource by its policy, for any service: queue, topic, function, key, repository, file system, secret.
 *
 * Public by AWS's definition: the principal is everybody (`*`, NotPrincipal, an identity provider that anybody can sign up with), and no condition has a fixed value of a
 * key that tells whom its author means: "The meaning of public" in https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, of which
 * SQS, SNS, Lambda, KMS, ECR, EFS and Secrets Manager use the same reading. `kms:CallerAccount` and `aws:SourceOwner` count as the account that they hold;
 * `elasticfilesystem:AccessedViaMountTarget` leaves only the VPC; `kms:ViaService` and `lambda:FunctionUrlAuthType` name no caller, so they close nothing.
 * Conditions that name an account make everybody that account; an organization or a network that is named is nobody's business here.
 *
 * A Deny takes away what it surely denies to the caller: those whom its conditions spare count as named instead. What a Deny may or may not hit stays.
 *
 * ```ts
 * const { everyone, accounts } = judgeResourcePolicy(policy, { home, arns: [arn], actions: { read: ['sqs:receivemessage'], write: ['sqs:sendmessage'] } });
 * const [worst] = everyone;
 * if (worst) return fail(`its policy lets everyone ${worst.powers[0] ?? 'in'}`, worst.evidence, narrowed);
 * ```
 *
 * Throws `Unread` for a policy with a statement that names nobody.
 */
export function judgeResourcePolicy(policy: PolicyDocument, bearer: PolicyBearer): ResourcePolicyVerdict {
  const allows = policy.statements.filter(({ effect }) => effect === 'Allow');
  if (allows.some(namesNobody)) {
    refuseToJudge('malformed', bearer.operation ?? 'cloudtrail:policy', 'a statement of a resource policy names no principal');
  }
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  const admittances = policy.statements.flatMap((statement, index) => {
    if (statement.effect !== 'Allow') return [];
    const reached = partsReached(statement, bearer);
    return reached.length === 0 ? [] : admittancesBy(statement, statementLabel(statement, index), reached, denies, bearer);
  });
  return {
    everyone: admittances.flatMap(({ caller, admittance }) => (caller.kind === 'everyone' ? [admittance] : [])),
    accounts: admittances.flatMap(({ caller, admittance }) =>
      caller.kind === 'account' ? [{ ...admittance, account: caller.id, trusted: bearer.home.trustedAccounts.includes(caller.id) }] : [],
    ),
    services: admittances.flatMap(({ caller, admittance }) => (caller.kind === 'service' ? [{ ...admittance, service: caller.id }] : [])),
  };
}

/** An outsider whom a statement of a policy lets in. */
export interface PolicyOutsider extends Outsider {
  readonly evidence: Evidence;
}

/** The outsiders whom a resource's policy lets do anything, everyone first. */
export function policyOutsiders(policy: PolicyDocument, home: Home): readonly PolicyOutsider[] {
  const { everyone, accounts } = judgeResourcePolicy(policy, { home });
  return [
    ...everyone.map(({ who, evidence }) => ({ kind: 'everyone' as const, who, evidence })),
    ...accounts.filter(({ trusted }) => !trusted).map(({ who, evidence }) => ({ kind: 'account' as const, who, evidence })),
  ];
}

/** Every statement of a resource's policy has a principal. */
function namesNobody({ principals, notPrincipals }: PolicyStatement): boolean {
  return notPrincipals === undefined && Object.values(principals ?? {}).every((names: readonly string[]) => names.length === 0);
}

interface Found {
  readonly caller: PolicyCaller;
  readonly admittance: Admittance;
}

function admittancesBy(
  statement: PolicyStatement,
  label: string,
  reached: readonly string[],
  denies: readonly PolicyStatement[],
  { home, actions }: PolicyBearer,
): readonly Found[] {
  const found = new Map<string, { readonly caller: PolicyCaller; readonly powers: Set<Power> }>();
  const callers = [...callersLetIn(statement, home), ...servicesLetIn(statement)];
  for (const asked of callers.length === 0 ? [] : askedBy(statement, actions ?? {})) {
    const inForce = denies.filter((deny) => takesAction(deny, asked.action) && takesParts(deny, reached));
    for (const caller of lessDenied(callers, inForce, home)) {
      const known = found.get(caller.who) ?? { caller, powers: new Set<Power>() };
      if (asked.power) known.powers.add(asked.power);
      found.set(caller.who, known);
    }
  }
  const evidence = statementEvidence(statement);
  const conditions = unmetConditions(statement, home.accountId).map(conditionText);
  return [...found.values()].map(({ caller, powers }) => ({
    caller,
    admittance: { who: caller.who, powers: POWERS.filter((power) => powers.has(power)), conditions, label, statement, evidence },
  }));
}

/** An action, or a pattern of those that have no name here. */
interface Asked {
  readonly action: string;
  readonly power?: Power;
}

function askedBy(statement: PolicyStatement, actions: NonNullable<PolicyBearer['actions']>): readonly Asked[] {
  const known = POWERS.flatMap((power) => (actions[power] ?? []).map((action) => ({ action, power }))).filter(({ action }) =>
    coversAction(statement, action),
  );
  const others = statement.actions?.map((pattern) => pattern.toLowerCase()) ?? ['*'];
  return [...known, ...others.map((action) => ({ action }))];
}

function partsReached({ resources, notResources }: PolicyStatement, { arns }: PolicyBearer): readonly string[] {
  if (resources === undefined && notResources === undefined) return arns ?? ['*'];
  if (notResources) return (arns ?? ['*']).filter((part) => !notResources.some((pattern) => patternCovers(pattern, part)));
  const patterns = (resources ?? []).map(widenVariables);
  if (arns === undefined) return patterns;
  return arns.flatMap((part) =>
    patterns.some((pattern) => patternCovers(pattern, part)) ? [part] : patterns.filter((pattern) => patternsOverlap(pattern, part)),
  );
}

function takesAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  if (notActions) return !notActions.some((pattern) => patternsOverlap(pattern.toLowerCase(), action));
  return actions?.some((pattern) => patternCovers(pattern.toLowerCase(), action)) ?? false;
}

function takesParts({ resources, notResources }: PolicyStatement, parts: readonly string[]): boolean {
  if (notResources) return parts.every((part) => !notResources.some((pattern) => patternsOverlap(widenVariables(pattern), part)));
  return resources === undefined || parts.every((part) => resources.some((pattern) => patternCovers(pattern, part)));
}
