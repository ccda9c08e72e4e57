import type { PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import { type Evidence, type Failure, fail, pass, type SeverityModifier, type Verdict } from '../check.ts';
import { type Admittance, judgeResourcePolicy, type PolicyBearer, type Power } from './resource-policy-verdict.ts';

/** What each kind of power over a resource is called, before `it`: `send to`. */
export type Deeds = Readonly<Partial<Record<Power, string>>>;

/** A resource with the policy that it may have. */
interface Guarded {
  readonly policy: PolicyDocument | undefined;
  readonly identity: Pick<ResourceIdentity, 'accountId' | 'arn'>;
}

/** What the policy of a resource is asked about: see `PolicyBearer`. */
interface Worth extends Pick<PolicyBearer, 'actions' | 'operation'> {
  readonly deeds: Deeds;
}

/** FAIL if the policy of a resource lets in strangers. Without one nobody but its own account may use it. */
export function judgeOpenness({ policy, identity }: Guarded, trustedAccounts: readonly string[], { deeds, ...worth }: Worth): Verdict {
  if (!policy) return pass;
  const { accountId, arn } = identity;
  return failByOpenings(openingsBy(policy, { home: { accountId, trustedAccounts }, arns: [arn], ...worth }, deeds)) ?? pass;
}

/** That a policy lets in somebody whom neither its account nor those that its owners trust know. */
export interface PolicyOpening {
  readonly reason: string;
  readonly evidence: Evidence;
  /** Only where it is not the worst that can be. */
  readonly modifier?: SeverityModifier;
}

/**
 * The ways in by the policy of a resource, worst first: everybody, then everybody under conditions, then accounts that are not trusted.
 * `isElsewhere`: for statements of which, where they are for everybody, another check speaks. Throws `Unread` for a policy that cannot be judged.
 */
export function openingsBy(
  policy: PolicyDocument,
  bearer: PolicyBearer,
  deeds: Deeds,
  isElsewhere: (statement: PolicyStatement) => boolean = () => false,
): readonly PolicyOpening[] {
  const { everyone: all, accounts } = judgeResourcePolicy(policy, bearer);
  const everyone = all.filter(({ statement }) => !isElsewhere(statement));
  const always = everyone.filter(({ conditions }) => conditions.length === 0);
  const sometimes = everyone.filter(({ conditions }) => conditions.length > 0);
  return [
    ...always.map((one) => ({ reason: reasonOf(one, deeds), evidence: evidenceOf(one) })),
    ...sometimes.map((one) => ({ reason: `${reasonOf(one, deeds)}, under conditions`, evidence: evidenceOf(one), modifier: NARROWED })),
    ...accounts
      .filter(({ trusted }) => !trusted)
      .map((one) => ({ reason: reasonOf(one, deeds), evidence: evidenceOf(one), modifier: NAMED })),
  ];
}

const NARROWED = { severity: 'HIGH', because: 'not everybody can meet its conditions' } as const;
const NAMED = { severity: 'MEDIUM', because: 'it names who is meant; accounts of your own go into trustedAccounts' } as const;

/** FAIL by the worst of the openings, with all of them as evidence. */
export function failByOpenings([worst, ...others]: readonly PolicyOpening[]): Failure | undefined {
  if (worst === undefined) return undefined;
  const evidence =
    others.length === 0 ? worst.evidence : { openings: [worst, ...others].map((one) => ({ reason: one.reason, ...one.evidence })) };
  return fail(worst.reason, evidence, worst.modifier);
}

function reasonOf({ who, powers }: Admittance, deeds: Deeds): string {
  const words = powers.flatMap((power) => deeds[power] ?? []);
  return `its policy lets ${who} ${words.length === 0 ? 'use' : words.join(' and ')} it`;
}

function evidenceOf({ label, evidence }: Admittance): Evidence {
  return 'sid' in evidence ? evidence : { statement: label, ...evidence };
}
