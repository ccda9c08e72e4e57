import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { type Climber, escalationsOf } from '../../../checks/predicates/escalation.ts';
import { ESCALATION_PATHS } from '../../../checks/predicates/escalation-paths.ts';
import type { AttachedPolicy } from '../../../inventory/iam/attached-policy.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../../inventory/resource.ts';

const IAM = 'arn:aws:iam::111122223333:';
const USER = identity('AWS::IAM::User', 'user/alice');
const ROLE = identity('AWS::IAM::Role', 'role/ci/deploy');
const GROUP = identity('AWS::IAM::Group', 'group/devs');
const PASS = allow('iam:PassRole');

describe('a permissions boundary', () => {
  const attach = policyOf(allow('iam:AttachUserPolicy'));

  test.each<[string, readonly object[], readonly string[]]>([
    ['that leaves it', [allow('*')], ['iam-attach-to-user']],
    ['that leaves other things', [allow('s3:*')], []],
    ['that denies it', [allow('*'), { ...allow('iam:Attach*'), Effect: 'Deny' }], []],
    ['for one user only', [allow('*', `${IAM}user/bob`)], []],
  ])('%s', (_, statements, ids) => {
    expect(idsOf(USER, [attach], documentOf(...statements))).toEqual(ids);
  });

  test('that it may lift, and is an administrator without', () => {
    const boundary = documentOf(allow('s3:*'), allow('iam:DeleteUserPermissionsBoundary', `${IAM}user/alice`));
    expect(idsOf(USER, [policyOf(allow('*'))], boundary)).toEqual(['iam-lift-boundary']);
    expect(idsOf(USER, [policyOf(allow('iam:Delete*'))], boundary)).toEqual([]);
    expect(idsOf(identity('AWS::IAM::User', 'user/bob'), [policyOf(allow('*'))], boundary)).toEqual([]);
  });
});

describe('of several ways to take a step', () => {
  const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const OFFICE = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const steps = (...statements: readonly object[]) => escalationsOf(climber(USER, [policyOf(...statements)]))[0]?.evidence.steps;

  test.each<[string, readonly object[]]>([
    ['named last', [{ ...allow('lambda:InvokeFunction'), Condition: MFA }, allow('lambda:AddPermission')]],
    ['named first', [allow('lambda:AddPermission'), { ...allow('lambda:InvokeFunction'), Condition: MFA }]],
    [
      'that asks for less',
      [
        { ...allow('lambda:InvokeFunction'), Condition: { ...MFA, ...OFFICE } },
        { ...allow('lambda:AddPermission'), Condition: MFA },
      ],
    ],
  ])('that which asks for least is told: %s', (_, statements) => {
    const told = steps(PASS, allow('lambda:CreateFunction'), ...statements);
    expect(told).toContainEqual(expect.objectContaining({ action: 'lambda:addpermission' }));
  });

  test('the evidence names the Allow, not a Deny of something like it', () => {
    const deny = { ...allow('iam:*', `${IAM}user/alice`), Effect: 'Deny', Condition: { StringEquals: { 'iam:ResourceTag/team': 'blue' } } };
    const [way] = escalationsOf(climber(USER, [policyOf(deny), { ...policyOf(allow('iam:PutUserPolicy')), name: 'other' }]));
    expect(way?.evidence.steps).toEqual([
      expect.objectContaining({ policy: 'other', statement: expect.objectContaining({ effect: 'Allow' }) }),
    ]);
  });

  test('the evidence names no conditions where there are none, and all of them where there are', () => {
    expect(escalationsOf(climber(USER, [policyOf(allow('iam:PutUserPolicy'))]))[0]?.evidence).not.toHaveProperty('onlyIf');
    const conditional = { ...allow('ssm:SendCommand'), Condition: MFA };
    expect(escalationsOf(climber(USER, [policyOf(conditional)]))[0]).toMatchObject({
      evidence: { onlyIf: ['bool aws:multifactorauthpresent true', 'an instance runs as a role that may do more'] },
    });
  });
});

test('a group has no boundary to lift', () => {
  expect(idsOf(GROUP, [policyOf(allow('*'))], documentOf(allow('iam:DeleteGroupPermissionsBoundary')))).toEqual([]);
});

test('what is only denied leads nowhere', () => {
  expect(idsOf(USER, [policyOf({ ...allow('*'), Effect: 'Deny' })])).toEqual([]);
});

describe('what was not read', () => {
  test('a policy: nothing is proven, and the reason says what is known', () => {
    const policies = partial([policyOf(allow('iam:PutUserPolicy'))], 'iam:GetAccountAuthorizationDetails');
    expect(() => escalationsOf({ identity: USER, policies, boundary: undefined })).toThrow('may write an inline policy of its own');
  });

  test('a policy, of which nothing is known: it may be one that lets it', () => {
    const policies = partial<AttachedPolicy>([], 'iam:GetAccountAuthorizationDetails');
    expect(() => escalationsOf({ identity: USER, policies, boundary: undefined })).toThrow('iam:GetAccountAuthorizationDetails was denied');
  });

  test('a policy, but the boundary leaves nothing', () => {
    const policies = partial([policyOf(allow('iam:PutUserPolicy'))], 'iam:GetAccountAuthorizationDetails');
    expect(escalationsOf({ identity: USER, policies, boundary: documentOf(allow('s3:Get*')) })).toEqual([]);
  });
});

describe('whose resources a statement speaks of', () => {
  const self = `arn:aws:iam::*:user/\${aws:username}`;

  test.each<[string, ResourceIdentity, object, readonly string[]]>([
    ['keys of itself', USER, allow('iam:CreateAccessKey', self), []],
    ['keys of itself, for a group', GROUP, allow('iam:CreateAccessKey', self), []],
    ['everything about itself', USER, allow('iam:*', self), ['iam-attach-to-user', 'iam-put-on-user']],
    ['everything about itself, by name', USER, allow('iam:*', `${IAM}user/alice`), ['iam-attach-to-user', 'iam-put-on-user']],
    ['everything about another', USER, allow('iam:Put*', `${IAM}user/bob`), []],
    ['policies of itself, for members of a group', GROUP, allow('iam:PutUserPolicy', self), ['iam-put-on-user']],
    ['policies of itself, but it is a role', ROLE, allow('iam:PutUserPolicy', self), []],
    ['policies of its own role', ROLE, allow('iam:PutRolePolicy', `${IAM}role/ci/*`), ['iam-put-on-role']],
    ['policies of other roles', ROLE, allow('iam:PutRolePolicy', `${IAM}role/apps/*`), []],
    ['policies of its own group', GROUP, allow('iam:PutGroupPolicy', `${IAM}group/devs`), ['iam-put-on-group']],
    ['keys of one user', USER, allow('iam:CreateAccessKey', `${IAM}user/bob`), []],
    ['keys of users in a path', USER, allow('iam:CreateAccessKey', `${IAM}user/apps/*`), []],
    [
      'keys of all but one user',
      USER,
      { ...allow('iam:CreateAccessKey'), Resource: undefined, NotResource: `${IAM}user/root` },
      ['iam-create-access-key'],
    ],
    ['every user, in another account', USER, allow('iam:CreateAccessKey', 'arn:aws:iam::444455556666:user/*'), []],
  ])('%s', (_, who, statement, ids) => {
    expect(idsOf(who, [policyOf(statement)])).toEqual(ids);
  });

  test('a policy of the account that is attached to it can be rewritten; one of AWS, or one of others, cannot', () => {
    const attached = (arn: string, resource: string) => [
      { name: 'own', arn, via: 'direct' as const, document: documentOf(allow('iam:CreatePolicyVersion', resource)) },
    ];
    expect(idsOf(USER, attached(`${IAM}policy/own`, `${IAM}policy/own`))).toEqual(['iam-rewrite-own-policy']);
    expect(idsOf(USER, attached(`${IAM}policy/own`, `${IAM}policy/other`))).toEqual([]);
    expect(idsOf(USER, attached('arn:aws:iam::aws:policy/own', `${IAM}policy/own`))).toEqual([]);
  });
});

describe('passing roles', () => {
  const run = allow('ec2:RunInstances');

  test('in one policy, and using it in another, through a group', () => {
    const policies = [policyOf(PASS), { ...policyOf(run), name: 'machines', via: { group: 'devs' } }];
    expect(escalationsOf(climber(USER, policies))).toMatchObject([
      {
        id: 'pass-role-ec2',
        onlyIf: [],
        evidence: {
          steps: [
            { action: 'iam:passrole', policy: 'some' },
            { action: 'ec2:runinstances', policy: 'machines', group: 'devs' },
          ],
        },
      },
    ]);
  });

  test.each<[string, object, readonly string[]]>([
    ['to every service', PASS, ['pass-role-ec2']],
    ['to this service', { ...PASS, Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }, ['pass-role-ec2']],
    ['to this among others', { ...PASS, Condition: { StringLike: { 'iam:PassedToService': ['ec2.*', 'ssm.*'] } } }, ['pass-role-ec2']],
    ['to another service', { ...PASS, Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }, []],
    ['to every service but this', { ...PASS, Condition: { StringNotEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }, []],
    ['by name', allow('iam:PassRole', `${IAM}role/web`), []],
    ['by path', allow('iam:PassRole', `${IAM}role/apps/*`), []],
    ['but for one', { ...PASS, Resource: undefined, NotResource: `${IAM}role/admin` }, ['pass-role-ec2']],
    ['of another partition', allow('iam:PassRole', 'arn:aws-cn:iam::*:role/*'), []],
  ])('%s', (_, pass, ids) => {
    expect(idsOf(USER, [policyOf(pass, run)])).toEqual(ids);
  });

  test('what is made may have a name that holds its own', () => {
    const own = (action: string) => allow(action, `arn:aws:lambda:*:\${aws:PrincipalAccount}:function:\${aws:username}-*`);
    const policies = [policyOf(PASS, own('lambda:CreateFunction'), own('lambda:InvokeFunction'))];
    expect(idsOf(USER, policies)).toEqual(['pass-role-lambda']);
    expect(idsOf(ROLE, policies)).toEqual([]);
  });

  test('what is made may have any name that is left: both calls must be allowed on one', () => {
    const on = (action: string, name: string) => allow(action, `arn:aws:lambda:*:*:function:${name}`);
    const found = (invoked: string) =>
      idsOf(USER, [policyOf(PASS, on('lambda:CreateFunction', 'app-*'), on('lambda:InvokeFunction', invoked))]);
    expect(found('app-*')).toEqual(['pass-role-lambda']);
    expect(found('*')).toEqual(['pass-role-lambda']);
    expect(found('prod-*')).toEqual([]);
    expect(found(`app-\${aws:username}-*`)).toEqual(['pass-role-lambda']);
  });
});

describe('conditions', () => {
  const attach = allow('iam:AttachUserPolicy');
  const MFA = 'bool aws:multifactorauthpresent true';

  test.each<[string, object, readonly string[] | undefined]>([
    ['MFA', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, [MFA]],
    ['MFA, if the key is there: access keys pass', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, []],
    ['only policies of the team', { ArnLike: { 'iam:PolicyARN': `${IAM}policy/team-*` } }, undefined],
    ['any policy of AWS', { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/*' } }, []],
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, ['ipaddress aws:sourceip 203.0.113.0/24']],
    ['its own account', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }, []],
    ['another account', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }, undefined],
    ['its own name', { StringEquals: { 'aws:username': 'alice' } }, []],
    ['another name', { StringLike: { 'aws:username': 'b*' } }, undefined],
    ['its tag', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }, []],
    ['another tag', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }, undefined],
    ['the region of IAM', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, []],
    ['a region that IAM is not in', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, undefined],
    ['a tag of the user', { StringEquals: { 'iam:ResourceTag/team': 'red' } }, ['stringequals iam:resourcetag/team red']],
    ['a key that says what it asks with', { StringLike: { 'aws:UserAgent': 'console*' } }, []],
    [
      'a boundary on whom it changes',
      { StringEquals: { 'iam:PermissionsBoundary': `${IAM}policy/b` } },
      [`stringequals iam:permissionsboundary ${IAM}policy/b`],
    ],
  ])('of the grant: %s', (_, Condition, onlyIf) => {
    const [way] = escalationsOf(climber(USER, [policyOf({ ...attach, Condition })]));
    expect(way?.onlyIf).toEqual(onlyIf);
  });

  test.each<[string, object, readonly string[] | undefined]>([
    ['without any', {}, undefined],
    ['without MFA', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, ['not boolifexists aws:multifactorauthpresent false']],
    ['from elsewhere', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, ['not notipaddress aws:sourceip 203.0.113.0/24']],
    ['of plain HTTP', { Bool: { 'aws:SecureTransport': 'false' } }, []],
    ['of other policies', { ArnNotLike: { 'iam:PolicyARN': `${IAM}policy/team-*` } }, undefined],
  ])('of a Deny: %s', (_, Condition, onlyIf) => {
    const deny = { ...attach, Effect: 'Deny', Action: 'iam:*', Condition };
    const [way] = escalationsOf(climber(USER, [policyOf(attach, deny)]));
    expect(way?.onlyIf).toEqual(onlyIf);
  });

  test('on which policy is attached keep nobody from writing one inline', () => {
    const others = { ArnNotEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } };
    const write = { ...allow('iam:PutUserPolicy'), Action: ['iam:PutUserPolicy', 'iam:AttachUserPolicy'], Condition: others };
    const ids = idsOf(ROLE, [policyOf(write, allow('iam:CreateAccessKey'))]);
    expect(ids).toContain('iam-put-on-any-user');
    expect(ids).not.toContain('iam-attach-to-any-user');
  });

  test('a region is chosen that the Deny spares too', () => {
    const pass = policyOf(PASS, allow('lambda:*'), {
      ...allow('*'),
      Effect: 'Deny',
      Action: undefined,
      NotAction: 'iam:*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
    });
    expect(escalationsOf(climber(USER, [pass])).find(({ id }) => id === 'pass-role-lambda')?.onlyIf).toEqual([]);
  });

  test('sure ways come before those that depend on something', () => {
    const ways = escalationsOf(climber(USER, [policyOf(allow('ssm:SendCommand'), allow('iam:PutUserPolicy'))]));
    expect(ways.map(({ id, onlyIf }) => [id, onlyIf])).toEqual([
      ['iam-put-on-user', []],
      ['command-any-instance', ['an instance runs as a role that may do more']],
    ]);
  });
});

describe('each path', () => {
  test.each(ESCALATION_PATHS.map((path) => [path.id, path] as const))('%s is found, and not with one step missing', (id, { of, steps }) => {
    const who = identity(of?.[0] === 'role' ? 'AWS::IAM::Role' : of?.[0] === 'group' ? 'AWS::IAM::Group' : 'AWS::IAM::User', 'user/x');
    const own = [{ name: 'own', arn: `${IAM}policy/own`, via: 'direct' as const, document: documentOf() }];
    const each = steps.map((step) => allow(step.actions[0] ?? ''));
    expect(idsOf(who, [...each.map((one) => policyOf(one)), ...own])).toContain(id);
    for (const missing of each)
      expect(idsOf(who, [...each.filter((one) => one !== missing).map((one) => policyOf(one)), ...own])).not.toContain(id);
  });

  test('has a name of its own, and asks for whole names of actions', () => {
    expect(new Set(ESCALATION_PATHS.map(({ id }) => id)).size).toBe(ESCALATION_PATHS.length);
    const actions = ESCALATION_PATHS.flatMap(({ steps }) => steps.flatMap((step) => step.actions));
    expect(actions.filter((action) => !/^[a-z0-9-]+:[a-z0-9]+$/.test(action))).toEqual([]);
  });
});

function identity(type: ResourceIdentity['type'], name: string): ResourceIdentity {
  const id = name.slice(name.lastIndexOf('/') + 1);
  return { type, arn: IAM + name, id, accountId: '111122223333', region: 'global', partition: 'aws', tags: { Team: 'red' } };
}

function allow(Action: string, Resource = '*'): object {
  return { Effect: 'Allow', Action, Resource };
}

function documentOf(...statements: readonly object[]) {
  return toPolicyDocument(JSON.stringify({ Statement: statements }), 'test');
}

function policyOf(...statements: readonly object[]): AttachedPolicy {
  return { name: 'some', via: 'direct', document: documentOf(...statements) };
}

function climber(who: ResourceIdentity, policies: readonly AttachedPolicy[], boundary?: Climber['boundary']): Climber {
  return { identity: who, policies, boundary };
}

function idsOf(who: ResourceIdentity, policies: readonly AttachedPolicy[], boundary?: Climber['boundary']): readonly string[] {
  return escalationsOf(climber(who, policies, boundary)).map(({ id }) => id);
}
