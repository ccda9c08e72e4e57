import fc from 'fast-check';
import { type DecidingPolicies, type Decision, decide } from '../../../checks/predicates/evaluate-policy.ts';
import type { RequestPrincipal } from '../../../checks/predicates/policy-principals.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import { isAllowed, type RawPolicies, type WholeRequest } from './brute-force-policies.ts';
import type { RawPolicy, RawStatement } from './raw-policies.ts';

/** All that can be asked: every action of every resource by everybody. Few enough to try them all, and odd enough for every rule to matter. */
const ACTIONS = ['s3:GetObject', 's3:PutObject', 'iam:PassRole'];
const RESOURCES = ['arn:aws:s3:::b/alice', 'arn:aws:s3:::b/x', 'arn:aws:iam::111122223333:role/x'];

type Context = WholeRequest['context'];

interface Caller {
  readonly principal: RequestPrincipal;
  readonly names: WholeRequest['names'];
  readonly accountNames: readonly string[];
}

const ALICE = 'arn:aws:iam::111122223333:user/alice';
const ROLE = 'arn:aws:iam::111122223333:role/x';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/x/run';
const STRANGER = 'arn:aws:iam::444455556666:user/mallory';

const CALLERS: readonly Caller[] = [
  { principal: { arn: ALICE, account: '111122223333' }, names: { AWS: [ALICE] }, accountNames: namesOfAccount('111122223333') },
  {
    principal: { arn: ROLE, session: SESSION, account: '111122223333' },
    names: { AWS: [ROLE, SESSION] },
    accountNames: namesOfAccount('111122223333'),
  },
  { principal: { arn: STRANGER, account: '444455556666' }, names: { AWS: [STRANGER] }, accountNames: namesOfAccount('444455556666') },
  { principal: { service: 's3.amazonaws.com' }, names: { Service: ['s3.amazonaws.com'] }, accountNames: [] },
  { principal: {}, names: {}, accountNames: [] },
];

function namesOfAccount(id: string): readonly string[] {
  return [id, `arn:aws:iam::${id}:root`];
}

/** What a request may carry under each key; `undefined` is nothing. */
const CARRIED: Readonly<Record<string, readonly (readonly string[] | undefined)[]>> = {
  'aws:username': [undefined, ['alice'], ['x']],
  'aws:PrincipalArn': [undefined, [ALICE], [ROLE], [STRANGER]],
  'aws:SourceIp': [undefined, ['203.0.113.7'], ['8.8.8.8'], ['2001:db8::7']],
  'aws:TagKeys': [undefined, ['team'], ['team', 'cost'], ['Team']],
  'aws:MultiFactorAuthAge': [undefined, ['10'], ['3600'], ['7200']],
  'aws:CurrentTime': [['2026-01-01T00:00:00Z'], ['2026-12-31T00:00:00Z']],
  'aws:SecureTransport': [['true'], ['false']],
};

const STRINGS = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'];
const ARNS = ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals'];
const NUMBERS = ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'];

/** Operators and values that a condition on a key may have. */
const ASKED: Readonly<Record<string, readonly [operators: readonly string[], values: readonly string[]]>> = {
  'aws:username': [STRINGS, ['alice', 'ALICE', 'a*', '?', '*', `\${*}`]],
  'aws:PrincipalArn': [
    [...ARNS, ...STRINGS],
    [ALICE, 'arn:aws:iam::*:user/*', 'arn:*:role/x', 'arn:aws:iam::111122223333:*', `arn:aws:iam::111122223333:user/\${aws:username}`],
  ],
  'aws:SourceIp': [
    ['IpAddress', 'NotIpAddress'],
    ['203.0.113.0/24', '203.0.113.7', '0.0.0.0/0', '2001:db8::/32', '::/0', '8.0.0.0/6'],
  ],
  'aws:TagKeys': [STRINGS, ['team', 'cost', 't*', `\${aws:username}`]],
  'aws:MultiFactorAuthAge': [NUMBERS, ['10', '3600']],
  'aws:CurrentTime': [
    ['DateLessThan', 'DateGreaterThan'],
    ['2026-06-30T00:00:00Z', '1767225600'],
  ],
  'aws:SecureTransport': [['Bool'], ['true', 'false']],
};

/** Keys that the policies of one case speak of: two, so that all that a request may carry under them can be tried. */
const spokenOf = fc.subarray(Object.keys(ASKED), { minLength: 1, maxLength: 2 });

function conditionBlocks(keys: readonly string[]) {
  const some = fc.array(
    fc.constantFrom(...keys).chain((key) => conditionOn(key)),
    { maxLength: 2 },
  );
  return some.map((several) => {
    const block: Record<string, Record<string, readonly string[]>> = {};
    for (const { operator, key, values } of several) block[operator] = { ...block[operator], [key]: values };
    return block;
  });
}

function conditionOn(key: string) {
  const [operators, values] = ASKED[key] ?? [[], []];
  const named = fc
    .tuple(fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'), fc.constantFrom(...operators), fc.constantFrom('', '', 'IfExists'))
    .map((parts) => parts.join(''));
  const asked = fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
  const absence = fc.subarray(['true', 'false'], { minLength: 1 }).map((wanted) => ({ operator: 'Null', key, values: wanted }));
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ operator: named, key: fc.constant(key), values: asked }) },
    { weight: 1, arbitrary: absence },
  );
}

const actions = eitherOf('Action', 'NotAction', ['*', 's3:*', 'S3:get*', 's3:?utObject', 'iam:PassRole', '*:P*', '*']);
const resources = eitherOf('Resource', 'NotResource', [
  '*',
  'arn:aws:s3:::b/*',
  `arn:aws:s3:::b/\${aws:username}`,
  'arn:aws:s3:::b/?',
  'arn:aws:*:role/*',
  'arn:aws:s3:::b/x',
]);
const principals = fc.oneof(
  fc.constantFrom<Pick<RawStatement, 'Principal' | 'NotPrincipal'>>(
    ...(['*', { AWS: ['*'] }, { Service: ['s3.amazonaws.com'] }, { AWS: [STRANGER, ALICE] }] as const).map((Principal) => ({ Principal })),
    { NotPrincipal: { AWS: [ALICE] } },
    { NotPrincipal: { AWS: ['111122223333'] } },
  ),
  fc
    .subarray([ALICE, ROLE, SESSION, '111122223333', 'arn:aws:iam::444455556666:root'], { minLength: 1, maxLength: 2 })
    .map((AWS) => ({ Principal: { AWS } })),
);

function eitherOf<Yes extends string, No extends string>(yes: Yes, no: No, patterns: readonly string[]) {
  const some = fc.uniqueArray(fc.constantFrom(...patterns), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { weight: 4, arbitrary: some.map((list) => ({ [yes]: list })) },
    { weight: 1, arbitrary: some.map((list) => ({ [no]: list })) },
  );
}

function policies(keys: readonly string[], withPrincipal: boolean): fc.Arbitrary<RawPolicy> {
  const who: fc.Arbitrary<object> = withPrincipal ? principals : fc.constant({});
  const statement = fc
    .tuple(fc.constantFrom<RawStatement['Effect']>('Allow', 'Allow', 'Deny'), who, actions, resources, conditionBlocks(keys))
    .map(([Effect, by, what, where, Condition]): RawStatement => ({ Effect, ...by, ...what, ...where, Condition }));
  return fc.array(statement, { minLength: 1, maxLength: 3 }).map((Statement) => ({ Statement }));
}

/** Policies of an identity, a boundary and a resource, and the request of one caller that they decide: everything else is tried in all ways. */
export interface Case {
  readonly policies: RawPolicies;
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  /** Whether each of the keys is not known. */
  readonly hides: readonly boolean[];
}

export const cases: fc.Arbitrary<Case> = spokenOf.chain((keys) =>
  fc.record({
    policies: fc.record({
      identity: policies(keys, false),
      boundary: fc.option(policies(keys, false), { nil: undefined, freq: 2 }),
      resource: fc.option(policies(keys, true), { nil: undefined, freq: 2 }),
      kind: fc.constantFrom<RawPolicies['kind']>('may-allow', 'must-allow', 'foreign'),
    }),
    caller: fc.constantFrom(...CALLERS),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES),
    hides: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  }),
);

/** How many requests were tried, and in which both evaluators do not agree. */
export interface Comparison {
  readonly requests: number;
  readonly disagreements: readonly string[];
  /** Requests known in part that were called `sometimes`, and those of them that are decided after all, whatever is not known. */
  readonly sometimes: number;
  readonly vague: number;
}

/**
 * Tries everything that the request may carry. Of a whole request both evaluators must say the same. Of one that is known in part, `always` and `never` must hold for
 * every request that it may be.
 */
export function compareWithBruteForce({ policies: raw, caller, action, resource, hides }: Case): Comparison {
  const text = JSON.stringify(raw);
  const keys = Object.keys(CARRIED).filter((key) => text.includes(`"${key}"`) || text.includes(`{${key}}`));
  const hidden = keys.filter((_, index) => hides[index]);
  const contexts = combinations(keys);
  const ours = toDeciding(raw);
  const disagreements: string[] = [];
  const vague: boolean[] = [];
  const isRole = caller.principal.session !== undefined;
  const asked = { action: action.toLowerCase(), resource, principal: caller.principal };
  const truths = contexts.map((context) => isAllowed(raw, { action, resource, ...caller, isRole, context }));
  for (const [index, context] of contexts.entries()) {
    const whole = decide(ours, { ...asked, carries: carrying(context, []) });
    if (whole.outcome !== (truths[index] ? 'always' : 'never')) disagreements.push(complaint(asked, context, whole));
  }
  for (const [context, possible] of alike(contexts, truths, hidden)) {
    const part = decide(ours, { ...asked, carries: carrying(context, hidden) });
    if (part.outcome === 'sometimes') vague.push(new Set(possible).size === 1);
    else if (possible.includes(part.outcome === 'never')) disagreements.push(`${complaint(asked, context, part)} without ${hidden.join()}`);
  }
  return { requests: contexts.length, disagreements, sometimes: vague.length, vague: vague.filter(Boolean).length };
}

/** One context of those that differ only in what is hidden, with what is true of each of them. */
function alike(
  contexts: readonly Context[],
  truths: readonly boolean[],
  hidden: readonly string[],
): Iterable<readonly [Context, readonly boolean[]]> {
  if (hidden.length === 0) return [];
  const groups = new Map<string, readonly [Context, boolean[]]>();
  for (const [index, context] of contexts.entries()) {
    const seen = JSON.stringify(Object.entries(context).filter(([key]) => !hidden.includes(key)));
    const group = groups.get(seen) ?? ([context, []] as const);
    groups.set(seen, group);
    group[1].push(truths[index] === true);
  }
  return groups.values();
}

function complaint(asked: object, context: object, { outcome }: Decision): string {
  return `${JSON.stringify({ ...asked, context })} is not allowed ${outcome}`;
}

function combinations(keys: readonly string[]): readonly Context[] {
  return keys.reduce<Context[]>(
    (some, key) => some.flatMap((context) => (CARRIED[key] ?? []).map((values) => (values ? { ...context, [key]: values } : context))),
    [{}],
  );
}

function carrying(context: Context, hidden: readonly string[]) {
  const unknown = new Set(hidden.map((key) => key.toLowerCase()));
  const known = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]));
  return (key: string) => (unknown.has(key) ? undefined : (known.get(key) ?? ('absent' as const)));
}

function toDeciding({ identity, boundary, resource, kind }: RawPolicies): DecidingPolicies {
  return {
    identity: statementsOf(identity),
    boundary: boundary && statementsOf(boundary),
    resource: resource && statementsOf(resource),
    resourcePolicy: kind,
  };
}

function statementsOf(policy: RawPolicy) {
  return toPolicyDocument(policy, 'test').statements;
}
