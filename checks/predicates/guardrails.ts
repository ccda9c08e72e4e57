import type { OrganizationFacets } from '../../inventory/organizations/organization.ts';
import type { PlacedAccount } from '../../inventory/organizations/placed-accounts.ts';
import type { ServiceControlPolicy } from '../../inventory/organizations/service-control-policies.ts';
import type { PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import { firstOf, matching } from './logic.ts';
import { knownOf } from './unread.ts';

type Organization = Pick<OrganizationFacets, 'serviceControlPolicies' | 'unlimitedTargets' | 'accounts'>;

/**
 * The first active member account that no service control policy limits: none of those attached to it, its units and its root denies anything, nor is any
 * of them there in the place of FullAWSAccess with less than everything (SCP evaluation, AWS Organizations User Guide). The tree of accounts is looked at
 * only where nothing is attached to its root.
 * @throws Unread where what was not read could decide the other way
 */
export function unlimitedAccount(organization: Organization): PlacedAccount | undefined {
  const { found: policies, undecided } = matching(organization.serviceControlPolicies, () => true);
  const limits = policies.map((policy) => knownOf(() => limitedTargets(policy, policies, organization)));
  const limited = new Set(limits.flatMap(({ known }) => known));
  const unread = undecided ?? limits.find((limit) => limit.unread)?.unread;
  if ([...limited].some((target) => target.startsWith('r-'))) return undefined;
  const account = firstOf(organization.accounts, (one) => [...one.path, one.accountId].every((target) => !limited.has(target)) && one);
  if (account && unread) throw unread;
  return account;
}

/** Where a policy takes something away. */
function* limitedTargets(
  { document, targets }: ServiceControlPolicy,
  policies: readonly ServiceControlPolicy[],
  { unlimitedTargets }: Organization,
): Generator<string> {
  if (document.statements.some(({ effect }) => effect === 'Deny')) return yield* targets;
  if (allowsEverything(document)) return;
  for (const target of targets) {
    if (!isAmong(target, unlimitedTargets) && !policies.some((other) => isUnlimited(other, target))) yield target;
  }
}

/** Whether a policy allows everything on a target. One that was not read might. */
function isUnlimited(policy: ServiceControlPolicy, target: string): boolean {
  return allowsEverything(policy.document) && isAmong(target, policy.targets);
}

function isAmong(target: string, targets: Iterable<string>): boolean {
  return firstOf(targets, (one) => one === target) === true;
}

function allowsEverything({ statements }: PolicyDocument): boolean {
  return statements.some(isUnconditional);
}

function isUnconditional({ effect, actions, resources, conditions }: PolicyStatement): boolean {
  const all = (values: readonly string[] | undefined) => values?.some((value) => /^(\*+|\*:\*)$/.test(value)) === true;
  return effect === 'Allow' && conditions.length === 0 && all(actions) && all(resources);
}
