import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partial, refuse } from '../../../checks/check.ts';
import { adminGrant, conditionalAdminGrant, type PermissionHolder } from '../../../checks/predicates/effective-permissions.ts';
import type { AttachedPolicy } from '../../../inventory/iam/attached-policy.ts';
import type { PolicyCondition, PolicyStatement } from '../../../inventory/policy-document.ts';

const ALL: PolicyStatement = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] };
const DENY: PolicyStatement = { ...ALL, effect: 'Deny' };
const NOT_IAM: PolicyStatement = { effect: 'Allow', notActions: ['iam:*'], resources: ['*'], conditions: [] };
const MFA: PolicyCondition = { operator: 'bool', ifExists: false, key: 'aws:multifactorauthpresent', values: ['true'] };

const EVERYTHING = 'allows every action on every resource';
const ALMOST = 'allows every action but some, and may lift those limits itself';
const ALL_OF_IAM = 'allows all of iam:*, so it can make itself administrator';

describe('one statement', () => {
  test.each<[string, Partial<PolicyStatement>, string | undefined]>([
    ['*', {}, EVERYTHING],
    ['*:*, the very string of the CIS title', { actions: ['*:*'] }, EVERYTHING],
    ['**', { actions: ['**'] }, EVERYTHING],
    ['?* of ?*', { actions: ['?*:?*'] }, EVERYTHING],
    ['* in a list of actions', { actions: ['s3:GetObject', '*'] }, EVERYTHING],
    ['* in a list of resources', { resources: ['arn:aws:s3:::bucket', '*'] }, EVERYTHING],
    ['any ARN', { resources: ['arn:*'] }, EVERYTHING],
    ['any ARN of the partition, in parts', { resources: ['arn:aws:*:*:*:*'] }, EVERYTHING],
    ['an ARN of another partition', { resources: ['arn:aws-cn:*'] }, undefined],
    ['every ARN of the account, which spares buckets', { resources: ['arn:aws:*:*:111122223333:*'] }, ALL_OF_IAM],
    ['every ARN of another account', { resources: ['arn:aws:*:*:444455556666:*'] }, undefined],
    ['an action for every first letter but i', { actions: [...'abcdefghjklmnopqrstuvwxyz'].map((letter) => `${letter}*`) }, undefined],
    ['everything but two services', { actions: undefined, notActions: ['iam:*', 's3:*'] }, undefined],
    ['everything but a service that is not iam', { actions: undefined, notActions: ['s3:*'] }, ALL_OF_IAM],
    ['not anything', { actions: undefined, notActions: ['*'] }, undefined],
    ['not an action that is none', { actions: undefined, notActions: ['nothing'] }, EVERYTHING],
    ['everything but one bucket', { resources: undefined, notResources: ['arn:aws:s3:::bucket'] }, ALL_OF_IAM],
    ['everything but one role', { resources: undefined, notResources: ['arn:aws:iam::111122223333:role/x'] }, undefined],
    ['all of IAM in the account', { actions: ['IAM:*'], resources: ['arn:aws:iam::*:*'] }, ALL_OF_IAM],
    ['all of IAM on users only', { actions: ['iam:*'], resources: ['arn:aws:iam::*:user/*'] }, undefined],
    ['IAM with a single-character wildcard', { actions: ['i?m:*'] }, ALL_OF_IAM],
    ['all reads', { actions: ['*:Get*', '*:List*', '*:Describe*'] }, undefined],
  ])('%s', (_, statement, expected) => {
    expect(reasonFor({ ...ALL, ...statement })).toBe(expected);
  });
});

describe('several statements and policies', () => {
  test('halves in two policies, each harmless alone', () => {
    expect(reasonFor({ ...ALL, actions: ['iam:*'] }, NOT_IAM)).toBe(EVERYTHING);
  });

  test('a NotAction beside an Action that leaves a gap', () => {
    expect(reasonFor({ ...ALL, actions: ['iam:C*', 'iam:P*'] }, NOT_IAM)).toBeUndefined();
  });

  test('two NotActions that have nothing in common', () => {
    expect(reasonFor({ ...NOT_IAM, notActions: ['s3:*'] }, NOT_IAM)).toBe(EVERYTHING);
  });

  test('two NotActions that both leave out reading IAM', () => {
    expect(reasonFor({ ...NOT_IAM, notActions: ['*:Get*'] }, NOT_IAM)).toBeUndefined();
  });

  test('two NotActions that overlap in no action, although their texts could', () => {
    expect(reasonFor({ ...NOT_IAM, notActions: ['*:Get*'] }, { ...NOT_IAM, notActions: ['iam:Put*'] })).toBe(EVERYTHING);
  });

  test('a grant of actions and a grant of resources do not add up', () => {
    expect(reasonFor({ ...ALL, resources: ['arn:aws:s3:::*'] }, { ...ALL, actions: ['s3:*'] })).toBeUndefined();
  });

  test('the evidence names the policies that are needed, their group, and no others', () => {
    const policies = [policy('reads', { ...ALL, actions: ['s3:Get*'] }), policy('rest', NOT_IAM), grouped('iam', 'access')];
    expect(adminGrant(holder(policies))?.evidence).toEqual({
      grantedBy: [
        { policy: 'iam', group: 'access', statement: { effect: 'Allow', action: ['iam:*'], resource: ['*'] } },
        { policy: 'rest', statement: { effect: 'Allow', notAction: ['iam:*'], resource: ['*'] } },
      ],
    });
  });
});

describe('what is denied', () => {
  test.each<[string, Partial<PolicyStatement>, string | undefined]>([
    ['everything', {}, undefined],
    ['all of IAM', { actions: ['iam:*'] }, undefined],
    ['all but reading', { actions: undefined, notActions: ['s3:Get*'] }, undefined],
    ['everything on every ARN', { resources: ['arn:aws:*'] }, undefined],
    ['all that changes IAM', { actions: ['iam:Attach*', 'iam:Put*', 'iam:Create*'] }, undefined],
    ['stopping trails, which the principal can undo', { actions: ['cloudtrail:StopLogging'] }, ALMOST],
    ['one protected role', { actions: ['iam:*'], resources: ['arn:aws:iam::111122223333:role/protected'] }, ALMOST],
    ['everything, under a condition', { conditions: [{ ...MFA, key: 'aws:sourceip', operator: 'notipaddress' }] }, EVERYTHING],
  ])('%s', (_, deny, expected) => {
    expect(reasonFor(ALL, { ...DENY, ...deny })).toBe(expected);
  });
});

describe('a permissions boundary', () => {
  test.each<[string, readonly PolicyStatement[], string | undefined]>([
    ['of everything', [ALL], EVERYTHING],
    ['in two halves', [{ ...ALL, actions: ['iam:*'] }, NOT_IAM], EVERYTHING],
    ['without IAM', [NOT_IAM], undefined],
    ['of nothing', [], undefined],
    ['of IAM only', [{ ...ALL, actions: ['iam:*'] }], ALL_OF_IAM],
    ['that denies IAM', [ALL, { ...DENY, actions: ['iam:*'] }], undefined],
    ['that allows only from somewhere', [{ ...ALL, conditions: [{ ...MFA, key: 'aws:sourceip', operator: 'ipaddress' }] }], undefined],
  ])('%s', (_, statements, expected) => {
    expect(adminGrant({ ...holder([policy('all', ALL)]), boundary: { statements } })?.reason).toBe(expected);
  });
});

describe('conditions of the grant', () => {
  const condition = (operator: string, key: string, value: string, more: Partial<PolicyCondition> = {}): PolicyCondition => ({
    operator,
    ifExists: false,
    key,
    values: [value],
    ...more,
  });

  test.each<[string, PolicyCondition, string | undefined]>([
    ['MFA', MFA, 'allowed only with MFA'],
    ['recent MFA', condition('numericlessthan', 'aws:multifactorauthage', '3600'), 'allowed only with MFA'],
    ['MFA if the key is there: access keys pass', { ...MFA, ifExists: true }, undefined],
    ['any principal', condition('arnlike', 'aws:principalarn', '*'), undefined],
    ['TLS', condition('bool', 'aws:securetransport', 'true'), undefined],
    ['any address', condition('ipaddress', 'aws:sourceip', '0.0.0.0/0'), undefined],
    ['resources of the own account', condition('stringequals', 'aws:resourceaccount', '111122223333'), undefined],
    [
      'resources of the own account, by a variable',
      condition('stringequals', 'aws:resourceaccount', `\${aws:PrincipalAccount}`),
      undefined,
    ],
    ['resources of the own organization', condition('stringequals', 'aws:resourceorgid', `\${aws:PrincipalOrgID}`), undefined],
  ])('%s: an administrator', (_, only, mitigation) => {
    const grant = adminGrant(holder([policy('all', { ...ALL, conditions: [only] })]));
    expect(grant?.evidence.mitigation).toBe(mitigation);
    expect(grant?.reason).toBe(EVERYTHING);
  });

  test.each<[string, PolicyCondition]>([
    ['one address', condition('ipaddress', 'aws:sourceip', '203.0.113.7/32')],
    ['one region', condition('stringequals', 'aws:requestedregion', 'eu-west-1')],
    ['a tag on the request', condition('stringlike', 'aws:requesttag/team', '*')],
    ['resources of another account', condition('stringequals', 'aws:resourceaccount', '444455556666')],
    ['MFA and one address', condition('ipaddress', 'aws:sourceip', '203.0.113.7/32')],
  ])('%s: not proven', (_, only) => {
    expect(reasonFor({ ...ALL, conditions: [MFA, only] })).toBeUndefined();
  });

  test.each<[string, PolicyCondition, readonly string[] | undefined]>([
    ['one address', condition('ipaddress', 'aws:sourceip', '203.0.113.7/32'), ['ipaddress aws:sourceip 203.0.113.7/32']],
    ['a tag on the request', condition('stringlike', 'aws:requesttag/team', '*'), ['stringlike aws:requesttag/team *']],
    ['the region of IAM', condition('stringequals', 'aws:requestedregion', 'us-east-1'), ['stringequals aws:requestedregion us-east-1']],
    ['a region that IAM is not in', condition('stringequals', 'aws:requestedregion', 'eu-west-1'), undefined],
    ['resources of another account', condition('stringequals', 'aws:resourceaccount', '444455556666'), undefined],
  ])('%s: told as a condition, unless it can never be met', (_, only, onlyIf) => {
    expect(conditionalAdminGrant(holder([policy('all', { ...ALL, conditions: [only] })]))?.evidence.onlyIf).toEqual(onlyIf);
  });

  test('a Deny under a condition is told', () => {
    const deny: PolicyStatement = { ...DENY, conditions: [condition('notipaddress', 'aws:sourceip', '203.0.113.0/24')] };
    expect(adminGrant(holder([policy('all', ALL, deny)]))?.evidence.unless).toEqual(['notipaddress aws:sourceip 203.0.113.0/24']);
  });

  test('an unconditional grant beside one with MFA is the proof', () => {
    const policies = [policy('a-with-mfa', { ...ALL, conditions: [MFA] }), policy('b-without', ALL)];
    expect(adminGrant(holder(policies))?.evidence).toEqual({
      grantedBy: [{ policy: 'b-without', statement: { effect: 'Allow', action: ['*'], resource: ['*'] } }],
    });
  });

  test('a Deny of everything without MFA is a mitigation', () => {
    const noMfa = condition('bool', 'aws:multifactorauthpresent', 'false', { ifExists: true });
    const deny: PolicyStatement = { effect: 'Deny', notActions: ['iam:ListMFADevices'], resources: ['*'], conditions: [noMfa] };
    expect(adminGrant(holder([policy('all', ALL, deny)]))).toMatchObject({
      reason: EVERYTHING,
      evidence: { mitigation: 'denied without MFA' },
    });
  });
});

describe('what was not read', () => {
  test('a known administrator is undecided, and the reason still says what is known', () => {
    const policies = partial([policy('all', ALL)], 'iam:GetAccountAuthorizationDetails');
    expect(() => adminGrant({ ...holder([]), policies })).toThrow(`denied; what was read ${EVERYTHING}`);
  });

  test('no Allow that was not read can undo a Deny that was', () => {
    const policies = partial([policy('none', DENY)], 'iam:GetAccountAuthorizationDetails');
    expect(adminGrant({ ...holder([]), policies })).toBeUndefined();
  });

  test('nor a boundary that was', () => {
    const policies = partial([policy('all', ALL)], 'iam:GetAccountAuthorizationDetails');
    expect(adminGrant({ ...holder([]), policies, boundary: { statements: [NOT_IAM] } })).toBeUndefined();
  });
});

describe('under conditions of whom one does not know', () => {
  const OFFICE: PolicyCondition = { ...MFA, operator: 'ipaddress', key: 'aws:sourceip', values: ['203.0.113.0/24'] };
  const office: PolicyStatement = { ...ALL, conditions: [OFFICE] };
  const CONDITION = 'ipaddress aws:sourceip 203.0.113.0/24';

  test('a grant is told with those conditions alone that are not met anyway', () => {
    const grant = conditionalAdminGrant(holder([policy('all', { ...ALL, conditions: [OFFICE, MFA] })]));
    expect(grant?.evidence.onlyIf).toContain(CONDITION);
    const halves = [policy('iam', { ...ALL, actions: ['iam:*'], conditions: [OFFICE] }), policy('rest', NOT_IAM)];
    expect(conditionalAdminGrant(holder(halves))?.evidence.onlyIf).toEqual([CONDITION]);
  });

  test('a boundary that asks for them is as good as a grant that does', () => {
    const bounded = { ...holder([policy('all', ALL)]), boundary: { statements: [office] } };
    expect(conditionalAdminGrant(bounded)?.reason).toBe(EVERYTHING);
  });

  test('one that can be met and one that cannot make no grant', () => {
    const elsewhere: PolicyCondition = { ...MFA, operator: 'stringequals', key: 'aws:requestedregion', values: ['eu-west-1'] };
    expect(conditionalAdminGrant(holder([policy('all', { ...ALL, conditions: [OFFICE, elsewhere] })]))).toBeUndefined();
  });

  test('of a policy or a boundary that was not read, nothing is told', () => {
    const policies = partial([policy('reads', { ...ALL, actions: ['s3:Get*'] })], 'iam:GetAccountAuthorizationDetails');
    expect(() => conditionalAdminGrant({ ...holder([]), policies })).toThrow('iam:GetAccountAuthorizationDetails was denied');
    const unbound = {
      identity: { accountId: '111122223333', partition: 'aws' },
      policies: [policy('all', ALL)],
      get boundary() {
        return refuse('iam:GetPolicyVersion');
      },
    };
    expect(() => conditionalAdminGrant(unbound)).toThrow(`iam:GetPolicyVersion was denied; what was read ${EVERYTHING}`);
  });

  test('a Deny is told only if it may deny all of IAM', () => {
    const unless = (deny: Partial<PolicyStatement>) =>
      adminGrant(holder([policy('all', ALL, { ...DENY, conditions: [OFFICE], ...deny })]))?.evidence.unless;
    expect(unless({})).toEqual([CONDITION]);
    expect(unless({ actions: ['iam:*'] })).toEqual([CONDITION]);
    expect(unless({ actions: ['iam:DeleteUser'] })).toBeUndefined();
    expect(unless({ actions: ['s3:*'] })).toBeUndefined();
  });

  test('a Deny without MFA is told as what it is, and another beside it too', () => {
    const noMfa: PolicyStatement = { ...DENY, conditions: [{ ...MFA, ifExists: true, values: ['false'] }] };
    expect(adminGrant(holder([policy('all', ALL, noMfa, { ...DENY, conditions: [OFFICE] })]))?.evidence).toMatchObject({
      mitigation: 'denied without MFA',
      unless: [CONDITION],
    });
    expect(adminGrant(holder([policy('all', ALL, noMfa)]))?.evidence).not.toHaveProperty('unless');
  });
});

describe('the proof', () => {
  const names = (...policies: readonly AttachedPolicy[]) => adminGrant(holder(policies))?.evidence.grantedBy;

  test('is the same however the policies are listed: the first by name that suffices', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => policy(name, ALL));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three');
    const first = [expect.objectContaining({ policy: 'a' })];
    for (const listed of [
      [a, b, c],
      [c, b, a],
      [b, c, a],
      [b, a, c],
    ])
      expect(names(...listed)).toEqual(first);
  });

  test('leaves out what others grant as well', () => {
    const [iam, other, rest] = [
      policy('a', { ...ALL, actions: ['iam:*'] }),
      policy('b', { ...ALL, actions: ['iam:*', 's3:*'] }),
      policy('c', NOT_IAM),
    ];
    expect(names(iam, other, rest)).toEqual([expect.objectContaining({ policy: 'a' }), expect.objectContaining({ policy: 'c' })]);
  });
});

describe('over all policies of a small world', () => {
  const ACTIONS = [
    'iam:PutUserPolicy',
    'iam:AttachRolePolicy',
    'iam:GetUser',
    'iam:Zzz',
    's3:GetObject',
    's3:PutObject',
    's3:Zz',
    'zz:GetZz',
    'zz:Zz',
    'qq:GetQq',
    'qq:Qq',
  ];
  const IAM_ARNS = ['user/z', 'role/z', 'zz', 'zz:user/z'].map((name) => `arn:aws:iam::111122223333:${name}`);
  const SOMEWHERE = ['arn:aws:s3:::', 'arn:aws:zz:eu-west-1:111122223333:', 'arn:aws:zz::444455556666:', 'arn:aws:iam::444455556666:'];
  // Names may hold colons, and an account's id.
  const NAMES = ['zz', 'zz:user/z', 'zz:111122223333:zz', 'zz:111122223333:user/z'];
  const ARNS = [...IAM_ARNS, ...NAMES.flatMap((name) => SOMEWHERE.map((prefix) => `${prefix}${name}`))];
  const GIVERS = [
    ['iam:PutUserPolicy', 'arn:aws:iam::111122223333:user/z'],
    ['iam:AttachRolePolicy', 'arn:aws:iam::111122223333:role/z'],
    ['iam:AttachUserPolicy', 'arn:aws:iam::111122223333:user/z'],
    ['iam:AttachGroupPolicy', 'arn:aws:iam::111122223333:group/z'],
    ['iam:PutRolePolicy', 'arn:aws:iam::111122223333:role/z'],
    ['iam:PutGroupPolicy', 'arn:aws:iam::111122223333:group/z'],
    ['iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/z'],
  ] as const;

  const actionPattern = fc.constantFrom(
    '*',
    '*:*',
    'iam:*',
    'IAM:Get*',
    'iam:Put*',
    'iam:Attach*',
    's3:*',
    '*:Get*',
    's3:PutObject',
    'zz:*',
  );
  const arnPattern = fc.constantFrom(
    '*',
    'arn:*',
    'arn:aws:s3:::*',
    'arn:aws:iam::*',
    'arn:aws:iam::111122223333:*',
    'arn:aws:*:*:111122223333:*',
    '*:user/*',
  );
  const someActions = fc.uniqueArray(actionPattern, { minLength: 1, maxLength: 3 });
  const someArns = fc.uniqueArray(arnPattern, { minLength: 1, maxLength: 2 });
  const statement = fc
    .record({ deny: fc.nat(4), notAction: fc.nat(2), notResource: fc.nat(4), actions: someActions, resources: someArns })
    .map(
      ({ deny, notAction, notResource, actions, resources }): PolicyStatement => ({
        effect: deny === 0 ? 'Deny' : 'Allow',
        ...(notAction === 0 ? { notActions: actions } : { actions }),
        ...(notResource === 0 ? { notResources: resources } : { resources }),
        conditions: [],
      }),
    );
  const statements = fc.array(statement, { minLength: 1, maxLength: 4 });

  test('is what asking for every action and resource finds', () => {
    let administrators = 0;
    fc.assert(
      fc.property(statements, fc.option(fc.array(statement, { maxLength: 3 }), { nil: undefined, freq: 3 }), (identity, limits) => {
        const allowedIn = (some: readonly PolicyStatement[], effect: string, action: string, arn: string) =>
          some.some((one) => one.effect === effect && speaksOf(one, action, arn));
        const allowed = (action: string, arn: string) =>
          allowedIn(identity, 'Allow', action, arn) && (limits === undefined || allowedIn(limits, 'Allow', action, arn));
        const denied = (action: string, arn: string) => allowedIn([...identity, ...(limits ?? [])], 'Deny', action, arn);
        const iam = ACTIONS.filter((action) => action.startsWith('iam:'));
        const allOfIam = [...iam, ...GIVERS.map(([action]) => action)].every((action) => IAM_ARNS.every((arn) => allowed(action, arn)));
        const expected = allOfIam && GIVERS.some(([action, arn]) => !denied(action, arn));
        const everything = ACTIONS.every((action) => ARNS.every((arn) => allowed(action, arn)));

        const grant = adminGrant({ ...holder([policy('p', ...identity)]), boundary: limits && { statements: limits } });
        expect(grant !== undefined).toBe(expected);
        if (grant) expect(grant.reason === ALL_OF_IAM).toBe(!everything);
        if (grant) administrators += 1;
      }),
      { numRuns: 3000 },
    );
    expect(administrators).toBeGreaterThan(100);
  }, 60_000);
});

/** Independent of the code under test: wildcards as plain regular expressions. */
function speaksOf({ actions, notActions, resources, notResources }: PolicyStatement, action: string, arn: string): boolean {
  const matches = (pattern: string, text: string, flags: string) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, flags).test(text);
  const onAction = (notActions ?? actions ?? []).some((pattern) => matches(pattern, action, 'i'));
  const onArn = (notResources ?? resources ?? []).some((pattern) => matches(pattern, arn, ''));
  return onAction !== (notActions !== undefined) && onArn !== (notResources !== undefined);
}

function holder(policies: Iterable<AttachedPolicy>): PermissionHolder {
  return { identity: { accountId: '111122223333', partition: 'aws' }, policies, boundary: undefined };
}

function policy(name: string, ...statements: readonly PolicyStatement[]): AttachedPolicy {
  return { name, via: 'direct', document: { statements } };
}

function grouped(name: string, group: string): AttachedPolicy {
  return { ...policy(name, { ...ALL, actions: ['iam:*'] }), via: { group } };
}

function reasonFor(...statements: readonly PolicyStatement[]): string | undefined {
  return adminGrant(holder(statements.map((statement, index) => policy(`policy-${index}`, statement))))?.reason;
}
