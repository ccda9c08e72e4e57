import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partial, refuse } from '../../../checks/check.ts';
import { routeToAdmin } from '../../../checks/predicates/escalation-routes.ts';
import type { AttachedPolicy } from '../../../inventory/iam/attached-policy.ts';
import type { AccountPrincipal } from '../../../inventory/iam/principals.ts';
import { type PolicyDocument, toPolicyDocument } from '../../../inventory/policy-document.ts';

const IAM = 'arn:aws:iam::111122223333:';
const DETAILS = 'iam:GetAccountAuthorizationDetails';
const trusts: PolicyDocument = {
  statements: [
    {
      effect: 'Allow',
      principals: { aws: ['111122223333'], service: [], federated: [], canonicalUser: [] },
      actions: ['sts:AssumeRole'],
      conditions: [],
    },
  ],
};
const ANY = principal('role', 'admin', [allow('*')]);

describe('one step', () => {
  test.each<[string, AccountPrincipal, AccountPrincipal, string | undefined]>([
    ['a role that trusts the account', may('sts:AssumeRole', 'role/admin'), ANY, 'assume role admin, which is an administrator'],
    ['a role that trusts the account, without permission', may('s3:GetObject', '*'), ANY, undefined],
    ['another role only', may('sts:AssumeRole', 'role/other'), ANY, undefined],
    [
      'a role that names it, without permission',
      may('s3:GetObject', '*'),
      trusting(`${IAM}user/start`),
      'assume role admin, which is an administrator',
    ],
    ['a role that names another', may('sts:AssumeRole', '*'), trusting(`${IAM}user/other`), undefined],
    ['a role for a service', may('sts:AssumeRole', '*'), trusting(undefined, 'lambda.amazonaws.com'), undefined],
    [
      'keys of a user',
      may('iam:CreateAccessKey', 'user/admin'),
      principal('user', 'admin', [allow('*')]),
      'make access keys of user admin, which is an administrator',
    ],
    [
      'a password of a user',
      may('iam:UpdateLoginProfile', 'user/admin'),
      principal('user', 'admin', [allow('*')]),
      'change the password of user admin, which is an administrator',
    ],
    ['keys of another user', may('iam:CreateAccessKey', 'user/other'), principal('user', 'admin', [allow('*')]), undefined],
    [
      'the trust of a role',
      may('iam:UpdateAssumeRolePolicy', 'role/admin'),
      trusting(undefined, 'lambda.amazonaws.com'),
      'let itself assume role admin, which is an administrator',
    ],
    [
      'a group',
      may('iam:AddUserToGroup', 'group/admin'),
      principal('group', 'admin', [allow('*')]),
      'join group admin, which is an administrator',
    ],
    [
      'a role that can make itself one',
      may('sts:AssumeRole', '*'),
      principal('role', 'admin', [allow('iam:PutRolePolicy', 'role/admin')]),
      'assume role admin, which may write an inline policy of its own',
    ],
    ['a role within a boundary', may('sts:AssumeRole', '*'), { ...ANY, boundary: documentOf(allow('s3:*')) }, undefined],
    [
      'a role of AWS',
      may('sts:AssumeRole', '*'),
      { ...ANY, identity: { ...ANY.identity, arn: `${IAM}role/aws-service-role/x/admin` } },
      undefined,
    ],
  ])('over %s', (_, start, other, words) => {
    expect(routeToAdmin({ ...start, principals: [start, other] })?.words).toBe(words);
    expect(routeToAdmin({ ...start, principals: [other] })?.words, 'itself not among them').toBe(words);
  });

  test.each([
    ['lambda.amazonaws.com', 'run code in a new function as role admin, which is an administrator'],
    ['ec2.amazonaws.com', undefined],
  ])('by passing a certain role to Lambda, if the role trusts %s', (service, words) => {
    const start = principal('user', 'start', [allow('iam:PassRole', 'role/admin'), allow('lambda:*Function')]);
    expect(routeToAdmin({ ...start, principals: [start, trusting(undefined, service)] })?.words).toBe(words);
  });

  test('under conditions is told as such, and only where no way is sure', () => {
    const condition = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    const start = principal('user', 'start', [{ ...allow('sts:AssumeRole', 'role/admin'), ...condition }]);
    expect(routeToAdmin({ ...start, principals: [start, ANY] })?.onlyIf).toEqual(['bool aws:multifactorauthpresent true']);
    const both = principal('user', 'start', [
      { ...allow('sts:AssumeRole', 'role/admin'), ...condition },
      allow('iam:CreateAccessKey', 'user/b'),
    ]);
    expect(routeToAdmin({ ...both, principals: [both, ANY, principal('user', 'b', [allow('*')])] })).toMatchObject({
      onlyIf: [],
      words: 'make access keys of user b, which is an administrator',
    });
  });

  test('is denied by a Deny of its own, or of the trust', () => {
    const denied = principal('user', 'start', [allow('sts:*'), { ...allow('sts:AssumeRole', 'role/admin'), Effect: 'Deny' }]);
    expect(routeToAdmin({ ...denied, principals: [denied, ANY] })).toBeUndefined();
  });
});

test('several steps are told each, with what allows them', () => {
  const [a, b, c] = [
    principal('user', 'a', [allow('sts:AssumeRole', 'role/b')]),
    principal('role', 'b', [allow('iam:CreateAccessKey', 'user/c')]),
    principal('user', 'c', [allow('*')]),
  ];
  expect(routeToAdmin({ ...a, principals: [c, b, a] })).toEqual({
    words: 'assume role b, and become administrator in 2 steps',
    onlyIf: [],
    evidence: {
      route: [
        { who: 'user a', may: 'assume role b', by: expect.objectContaining({ action: 'sts:assumerole', policy: 'own' }) },
        { who: 'role b', may: 'make access keys of user c', by: expect.objectContaining({ path: 'iam-create-access-key' }) },
        { who: 'user c', end: 'is an administrator' },
      ],
    },
  });
});

describe('what was not read', () => {
  const start = may('sts:AssumeRole', 'role/*');
  const unread = { ...ANY, policies: partial<AttachedPolicy>([], DETAILS) };
  const unbound = (who: AccountPrincipal): AccountPrincipal => ({
    ...who,
    get boundary() {
      return refuse(DETAILS);
    },
  });
  const closed = (trustPolicy: () => PolicyDocument): AccountPrincipal => ({
    ...ANY,
    get trustPolicy() {
      return trustPolicy();
    },
  });

  test.each<[string, AccountPrincipal, Iterable<AccountPrincipal>]>([
    ['the policies of a role that it may assume', start, [unread]],
    ['whom an administrator trusts', may('s3:*', '*'), [closed(() => refuse(DETAILS))]],
    ['the rest of the list', start, partial([], DETAILS)],
    ['the rest of the policies of a role that is an administrator', start, [{ ...ANY, policies: partial([...ANY.policies], DETAILS) }]],
    ['the boundary of an administrator', start, [unbound(ANY)]],
    ['its own boundary', unbound(start), [ANY]],
    ['the rest of its own policies', { ...start, policies: partial([...start.policies], DETAILS) }, [ANY]],
    ['all of its own policies', { ...start, policies: partial<AttachedPolicy>([], DETAILS) }, [ANY]],
    ['the rest of the list, of which something is known', start, partial([principal('role', 'a', [])], DETAILS)],
  ])('%s leaves it open', (_, who, principals) => {
    expect(() => routeToAdmin(among(who, principals)), 'not among them').toThrow(`${DETAILS} was denied`);
    expect(() => routeToAdmin(among(who, withIt(principals, who))), 'among them').toThrow(`${DETAILS} was denied`);
  });

  test.each<[string, AccountPrincipal, Iterable<AccountPrincipal>, string | undefined]>([
    ['a role that it may not assume', may('sts:AssumeRole', 'role/other'), [unread], undefined],
    ['another role, when one is known', start, [unread, principal('role', 'b', [allow('*')])], 'assume role b, which is an administrator'],
    ['a role that is no administrator whatever it holds', start, [{ ...unread, boundary: documentOf(allow('s3:*')) }], undefined],
    [
      'others, when all is denied to it',
      principal('user', 'start', [{ ...allow('*'), Effect: 'Deny' }]),
      partial([ANY], DETAILS),
      undefined,
    ],
  ])('%s does not matter', (_, who, principals, words) => {
    expect(routeToAdmin(among(who, principals))?.words).toBe(words);
  });
});

describe('of ways as short', () => {
  const start = may('sts:AssumeRole', 'role/*');
  const admins = ['a', 'b', 'c'].map((id) => principal('role', id, [allow('*')]));
  const self = principal('role', 'a', [allow('iam:PutRolePolicy', 'role/a')]);

  test.each([
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [2, 0, 1],
  ])('the first by ARN is told, however they are listed: %i %i %i', (...order) => {
    const principals = order.flatMap((index) => admins[index] ?? []);
    expect(routeToAdmin({ ...start, principals })?.words).toBe('assume role a, which is an administrator');
  });

  test('one to an administrator is told before one to who can make itself one', () => {
    expect(routeToAdmin({ ...start, principals: [self, ...admins.slice(1)] })?.words).toBe('assume role b, which is an administrator');
    expect(routeToAdmin({ ...start, principals: [...admins.slice(1), self] })?.words).toBe('assume role b, which is an administrator');
  });

  test('the one with fewest conditions is told', () => {
    const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    const assume = (Condition: object) => ({ ...allow('sts:AssumeRole', 'role/admin'), Condition });
    const open = (Condition: object) => ({ ...allow('iam:UpdateAssumeRolePolicy', 'role/admin'), Condition });
    const words = (...statements: readonly object[]) => {
      const who = principal('user', 'start', statements);
      return routeToAdmin({ ...who, principals: [ANY] })?.words;
    };
    expect(words(assume(mfa), open({}))).toBe('let itself assume role admin, which is an administrator');
    expect(words(assume({ ...mfa, ...office }), open(mfa))).toBe('let itself assume role admin, which is an administrator');
    expect(words(assume(mfa), open({ ...mfa, ...office }))).toBe('assume role admin, which is an administrator');
    expect(words(assume(mfa), open(mfa))).toBe('assume role admin, which is an administrator');
  });
});

test('an administrator needs no way, even to another', () => {
  const other = principal('role', 'other', [allow('*')]);
  expect(routeToAdmin({ ...ANY, principals: [ANY, other] })).toBeUndefined();
});

test('one that is an administrator only if something else is so, is no end', () => {
  const commander = principal('role', 'commander', [allow('ssm:SendCommand')]);
  expect(routeToAdmin({ ...may('sts:AssumeRole', '*'), principals: [commander] })).toBeUndefined();
});

test('conditions of all steps are told, in the evidence too', () => {
  const under = (statement: object, key: string) => ({ ...statement, Condition: { IpAddress: { [key]: '203.0.113.0/24' } } });
  const [a, b, c] = [
    principal('user', 'a', [under(allow('sts:AssumeRole', 'role/b'), 'aws:SourceIp')]),
    principal('role', 'b', [under(allow('sts:AssumeRole', 'role/c'), 'aws:VpcSourceIp')]),
    principal('role', 'c', [allow('*')]),
  ];
  const onlyIf = ['ipaddress aws:sourceip 203.0.113.0/24', 'ipaddress aws:vpcsourceip 203.0.113.0/24'];
  expect(routeToAdmin({ ...a, principals: [a, b, c] })).toMatchObject({ onlyIf, evidence: { onlyIf } });
});

test('a list of principals that was not read leaves it open', () => {
  const climber = {
    ...may('sts:AssumeRole', 'role/*'),
    get principals() {
      return refuse(DETAILS);
    },
  };
  expect(() => routeToAdmin(climber)).toThrow(`${DETAILS} was denied`);
});

/** Links as a bare graph, closed by brute force. */
test('agrees with a brute-force closure, by the shortest way, whatever the order of the list', () => {
  const size = 6;
  const edges = fc.uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 10, selector: ([a, b]) => `${a}>${b}` });
  const kinds = fc.array(fc.constantFrom('role', 'user', 'group'), { minLength: size, maxLength: size });
  fc.assert(
    fc.property(
      edges,
      kinds,
      fc.subarray([...Array(size).keys()], { maxLength: 2 }),
      fc.infiniteStream(fc.nat()),
      (links, of, admins, order) => {
        // Roles join no groups.
        const usable = links.filter(([from, to]) => from !== to && !(of[from] === 'role' && of[to] === 'group'));
        const nodes = of.map((kind, id) =>
          principal(kind, `p${id}`, [
            ...(admins.includes(id) ? [allow('*')] : []),
            ...usable.filter(([from]) => from === id).map(([, to]) => allow(TAKING[of[to] ?? 'role'], `${of[to]}/p${to}`)),
          ]),
        );
        const shuffled = nodes.map((node) => ({ node, at: order.next().value })).toSorted((one, other) => one.at - other.at);
        const distances = distancesTo(admins, usable, size);
        const hops = (principals: readonly AccountPrincipal[]) =>
          nodes.map((node, id) => (admins.includes(id) ? 0 : hopsOf(routeToAdmin({ ...node, principals }))));
        expect(hops(nodes)).toEqual(distances);
        expect(hops(shuffled.map(({ node }) => node))).toEqual(distances);
      },
    ),
    { numRuns: 300 },
  );
});

const TAKING = { role: 'sts:AssumeRole', user: 'iam:CreateAccessKey', group: 'iam:AddUserToGroup' } as const;

function hopsOf(route: ReturnType<typeof routeToAdmin>): number {
  const hops = route?.evidence.route;
  return Array.isArray(hops) ? hops.length - 1 : Number.POSITIVE_INFINITY;
}

/** Round by round, to the nearest of the ends. */
function distancesTo(ends: readonly number[], links: readonly (readonly [number, number])[], size: number): readonly number[] {
  const ids = [...Array(size).keys()];
  let best = new Map(ids.map((id) => [id, ends.includes(id) ? 0 : Number.POSITIVE_INFINITY]));
  for (let round = 0; round < size; round++)
    best = new Map(
      ids.map((id) => [id, Math.min(best.get(id) ?? 0, ...links.flatMap(([from, to]) => (from === id ? 1 + (best.get(to) ?? 0) : [])))]),
    );
  return ids.map((id) => best.get(id) ?? 0);
}

/** One of an account's principals. What was found out of a list is kept with it, so that it is a new one. */
function among(who: AccountPrincipal, list: Iterable<AccountPrincipal>) {
  const { identity } = who;
  return {
    identity,
    get policies() {
      return who.policies;
    },
    get boundary() {
      return who.boundary;
    },
    principals: { [Symbol.iterator]: () => list[Symbol.iterator]() },
  };
}

function* withIt(list: Iterable<AccountPrincipal>, who: AccountPrincipal): Generator<AccountPrincipal> {
  yield who;
  yield* list;
}

function may(action: string, resource: string): AccountPrincipal {
  return principal('user', 'start', [allow(action, resource)]);
}

function trusting(aws: string | undefined, service?: string): AccountPrincipal {
  const principals = {
    aws: aws === undefined ? [] : [aws],
    service: service === undefined ? [] : [service],
    federated: [],
    canonicalUser: [],
  };
  return { ...ANY, trustPolicy: { statements: [{ effect: 'Allow', principals, actions: ['sts:AssumeRole'], conditions: [] }] } };
}

function principal(kind: 'user' | 'group' | 'role', id: string, statements: readonly object[]): AccountPrincipal {
  const type = ({ user: 'AWS::IAM::User', group: 'AWS::IAM::Group', role: 'AWS::IAM::Role' } as const)[kind];
  return {
    identity: { type, arn: `${IAM}${kind}/${id}`, id, accountId: '111122223333', region: 'global', partition: 'aws', tags: {} },
    policies: statements.length === 0 ? [] : [{ name: 'own', via: 'direct', document: documentOf(...statements) }],
    boundary: undefined,
    trustPolicy: kind === 'role' ? trusts : undefined,
  };
}

function allow(Action: string, path = '*'): object {
  return { Effect: 'Allow', Action, Resource: path === '*' ? '*' : IAM + path };
}

function documentOf(...statements: readonly object[]): PolicyDocument {
  return toPolicyDocument(JSON.stringify({ Statement: statements }), 'test');
}
