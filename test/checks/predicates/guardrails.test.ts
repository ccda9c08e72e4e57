import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partial, refuse } from '../../../checks/check.ts';
import { unlimitedAccount } from '../../../checks/predicates/guardrails.ts';
import { isUnread } from '../../../checks/predicates/logic.ts';
import type { PlacedAccount } from '../../../inventory/organizations/placed-accounts.ts';
import type { ServiceControlPolicy } from '../../../inventory/organizations/service-control-policies.ts';
import type { PolicyDocument } from '../../../inventory/policy-document.ts';

type Kind = 'deny' | 'some' | 'all';
interface Written {
  readonly kind: Kind;
  readonly read: boolean;
  readonly targets: readonly string[];
}
interface World {
  readonly policies: readonly Written[];
  readonly full: readonly string[];
  readonly accounts: readonly PlacedAccount[];
  readonly accountsRead: boolean;
}

const ACCOUNTS: readonly PlacedAccount[] = [
  { accountId: '111111111111', path: ['r-exam'] },
  { accountId: '222222222222', path: ['r-exam', 'ou-exam-1'] },
  { accountId: '333333333333', path: ['r-exam', 'ou-exam-1', 'ou-exam-2'] },
];
const TARGETS = ['r-exam', 'ou-exam-1', 'ou-exam-2', '111111111111', '222222222222', '333333333333'];
const ALLOW_ALL = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] } as const;
const DOCUMENTS: Readonly<Record<Kind, PolicyDocument>> = {
  deny: { statements: [ALLOW_ALL, { ...ALLOW_ALL, effect: 'Deny', actions: ['s3:*'] }] },
  some: { statements: [{ ...ALLOW_ALL, actions: ['s3:*'] }] },
  all: { statements: [{ ...ALLOW_ALL, actions: ['s3:*'] }, ALLOW_ALL] },
};

const worlds: fc.Arbitrary<World> = fc.record({
  policies: fc.array(
    fc.record({
      kind: fc.constantFrom<Kind>('deny', 'some', 'all'),
      read: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
      targets: fc.subarray(TARGETS),
    }),
    { maxLength: 3 },
  ),
  full: fc.subarray(TARGETS),
  accounts: fc.subarray([...ACCOUNTS]),
  accountsRead: fc.boolean(),
});

/** By what AWS does at each step from the root to the account: what is allowed there is the union of what is attached, less what is denied. */
function isLimited({ policies, full }: World, { path, accountId }: PlacedAccount, kindOf: (policy: Written) => Kind): boolean {
  return [...path, accountId].some((target) => {
    const kinds = policies.filter(({ targets }) => targets.includes(target)).map(kindOf);
    const allowsAll = full.includes(target) || kinds.includes('all');
    return kinds.includes('deny') || (kinds.includes('some') && !allowsAll);
  });
}

function judge(world: World): PlacedAccount | undefined | 'unknown' {
  try {
    return unlimitedAccount({
      serviceControlPolicies: world.policies.map(toPolicy),
      unlimitedTargets: world.full,
      accounts: world.accountsRead ? world.accounts : partial(world.accounts, 'organizations:ListAccountsForParent'),
    });
  } catch (error) {
    if (!isUnread(error)) throw error;
    return 'unknown';
  }
}

function toPolicy({ kind, read, targets }: Written, index: number): ServiceControlPolicy {
  return {
    ...{ id: `p-${index}`, name: `policy ${index}`, targets },
    get document() {
      return read ? DOCUMENTS[kind] : refuse('organizations:DescribePolicy');
    },
  };
}

/** What the policies that were not read might be. */
function kindsOf(world: World): readonly ((policy: Written) => Kind)[] {
  if (world.policies.every(({ read }) => read)) return [({ kind }) => kind];
  return (['deny', 'some', 'all'] as const).map((unread) => (policy: Written) => (policy.read ? policy.kind : unread));
}

test('an account is named only if nothing limits it, and none is only if all are limited, whatever was not read', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const verdict = judge(world);
      if (verdict === 'unknown') {
        expect(world.accountsRead && world.policies.every(({ read }) => read)).toBe(false);
        return;
      }
      const accounts = world.accountsRead ? world.accounts : ACCOUNTS;
      for (const kindOf of kindsOf(world)) {
        const free = accounts.filter((account) => !isLimited(world, account, kindOf));
        if (verdict === undefined) expect(free).toEqual([]);
        else expect(free).toContainEqual(verdict);
      }
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['*', ['*'], true],
  ['*:*', ['*'], true],
  ['**', ['*'], true],
  ['s3:*', ['*'], false],
  ['*:Get*', ['*'], false],
  ['*', ['arn:aws:s3:::logs'], false],
])('a policy that allows %s on %j leaves everything: %s', (action, resources, everything) => {
  const document: PolicyDocument = { statements: [{ ...ALLOW_ALL, actions: [action], resources }] };
  const found = unlimitedAccount({
    serviceControlPolicies: [{ id: 'p-own', name: 'own', document, targets: ['r-exam'] }],
    unlimitedTargets: [],
    accounts: ACCOUNTS,
  });
  expect(found !== undefined).toBe(everything);
});

test('a policy that allows everything on a condition takes away what does not meet it', () => {
  const conditions = [{ operator: 'stringequals', ifExists: false, key: 'aws:requestedregion', values: ['eu-west-1'] }];
  const document: PolicyDocument = { statements: [{ ...ALLOW_ALL, conditions }] };
  const serviceControlPolicies = [{ id: 'p-own', name: 'own', document, targets: ['r-exam'] }];
  expect(unlimitedAccount({ serviceControlPolicies, unlimitedTargets: [], accounts: ACCOUNTS })).toBeUndefined();
});

test('a policy that allows everything beside something takes nothing away', () => {
  const document: PolicyDocument = { statements: [{ ...ALLOW_ALL, actions: ['s3:*', '*'], resources: ['arn:aws:s3:::logs', '*'] }] };
  const serviceControlPolicies = [{ id: 'p-own', name: 'own', document, targets: ['r-exam'] }];
  expect(unlimitedAccount({ serviceControlPolicies, unlimitedTargets: [], accounts: ACCOUNTS })).toBe(ACCOUNTS[0]);
});

test('a policy that allows all but some actions takes those away', () => {
  const document: PolicyDocument = { statements: [{ effect: 'Allow', notActions: ['s3:*'], resources: ['*'], conditions: [] }] };
  const serviceControlPolicies = [{ id: 'p-own', name: 'own', document, targets: ['r-exam'] }];
  expect(unlimitedAccount({ serviceControlPolicies, unlimitedTargets: [], accounts: ACCOUNTS })).toBeUndefined();
});

test('where a policy that allows everything is attached need not be known', () => {
  const policy = { id: 'p-own', name: 'own', document: { statements: [ALLOW_ALL] } };
  const unreadTargets = { ...policy, targets: partial<string>([], 'organizations:ListTargetsForPolicy') };
  expect(unlimitedAccount({ serviceControlPolicies: [unreadTargets], unlimitedTargets: [], accounts: ACCOUNTS })).toBe(ACCOUNTS[0]);
});

test('one whose document was not read limits nothing that is known, though its targets are', () => {
  const targets = ['r-exam'];
  expect(judge({ policies: [{ kind: 'deny', read: false, targets }], full: [], accounts: ACCOUNTS, accountsRead: true })).toBe('unknown');
});
