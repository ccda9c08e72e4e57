import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../inventory/events/actor.ts';
import { toActor } from '../../../inventory/events/to-actor.ts';
import { anyText } from '../../cli/any-text.ts';
import { corpusRecords, corpusTitle, hasCorpus, type Raw } from './corpus.ts';
import { record } from './records.ts';

const ACCOUNT = '111122223333';

const actor = (userIdentity: unknown, other: Raw = {}): Actor => toActor(record({ userIdentity, ...other }));

function session(role: string, name: string, more: Raw = {}, context: Raw = {}): Raw {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/${role}`, accountId: ACCOUNT, userName: role },
      attributes: { creationDate: '2026-11-21T07:00:00Z', mfaAuthenticated: 'false' },
      ...context,
    },
    ...more,
  };
}

describe('who it was', () => {
  test.each<[string, unknown, Partial<Actor>]>([
    [
      'the root user',
      { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT, accessKeyId: 'AKIAROOT' },
      { kind: 'root', name: `root of ${ACCOUNT}`, accessKeyId: 'AKIAROOT' },
    ],
    ['a root session of the organization', { type: 'AssumedRoot', accountId: ACCOUNT }, { kind: 'root', name: `root of ${ACCOUNT}` }],
    ['an IAM user', { type: 'IAMUser', userName: 'bob', arn: `arn:aws:iam::${ACCOUNT}:user/bob` }, { kind: 'user', name: 'bob' }],
    [
      'an IAM user whose name is hidden, by the ARN',
      { type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS', arn: `arn:aws:iam::${ACCOUNT}:user/staff/bob` },
      { kind: 'user', name: 'bob' },
    ],
    [
      'an IAM user of whom nothing is told',
      { type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS', accountId: ACCOUNT, accessKeyId: '' },
      { kind: 'user', name: `a user of ${ACCOUNT}` },
    ],
    [
      'somebody from Identity Center',
      session('AWSReservedSSO_AdministratorAccess_0123456789abcdef', 'ana@example.com'),
      { kind: 'identity center', name: 'ana@example.com as AdministratorAccess', session: 'ana@example.com' },
    ],
    [
      'a permission set with an underscore',
      session('AWSReservedSSO_Break_Glass_0123456789abcdef', 'ana'),
      { kind: 'identity center', name: 'ana as Break_Glass' },
    ],
    [
      "an instance's role",
      session('web-server', 'i-0123456789abcdef0', {}, { ec2RoleDelivery: '2.0' }),
      { kind: 'role', name: 'i-0123456789abcdef0 as web-server', issuer: `arn:aws:iam::${ACCOUNT}:role/web-server` },
    ],
    [
      'a person behind a role',
      session('deploy', 'botocore-session-1', {}, { sourceIdentity: 'ana' }),
      { kind: 'role', name: 'ana as deploy', sourceIdentity: 'ana', session: 'botocore-session-1' },
    ],
    ['a role that calls itself nothing', { type: 'AssumedRole' }, { kind: 'role', name: 'a role' }],
    [
      'a role of which only the principal is told',
      { type: 'AssumedRole', principalId: 'AROAEXAMPLE:s' },
      { kind: 'role', name: 's as a role', session: 's' },
    ],
    [
      'a root session of the old kind',
      session('x', 'y', {}, { sessionIssuer: { type: 'Root', accountId: ACCOUNT } }),
      { kind: 'root', name: `root of ${ACCOUNT}` },
    ],
    [
      'a user of Identity Center in their own name',
      {
        type: 'IdentityCenterUser',
        accountId: ACCOUNT,
        onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:aws:identitystore::1:identitystore/d-1' },
      },
      { kind: 'identity center', name: 'u-1', onBehalfOf: 'u-1' },
    ],
    [
      'a federated user',
      {
        type: 'FederatedUser',
        arn: `arn:aws:sts::${ACCOUNT}:federated-user/eve`,
        principalId: `${ACCOUNT}:eve`,
        sessionContext: { sessionIssuer: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/bob`, userName: 'bob' } },
      },
      { kind: 'federated', name: 'eve as bob', session: 'eve', issuer: `arn:aws:iam::${ACCOUNT}:user/bob` },
    ],
    [
      'a user federated by root',
      { type: 'FederatedUser', arn: `arn:aws:sts::${ACCOUNT}:federated-user/eve`, sessionContext: { sessionIssuer: { type: 'Root' } } },
      { kind: 'federated', name: 'eve as root' },
    ],
    [
      'a SAML user',
      { type: 'SAMLUser', principalId: 'hash:ana@example.com', userName: 'ana@example.com', identityProvider: 'hash' },
      { kind: 'federated', name: 'ana@example.com of hash' },
    ],
    [
      'a workflow',
      {
        type: 'WebIdentityUser',
        principalId: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:o/r:ref:refs/heads/main',
        userName: 'repo:o/r:ref:refs/heads/main',
        identityProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
      },
      { kind: 'federated', name: 'repo:o/r:ref:refs/heads/main of token.actions.githubusercontent.com' },
    ],
    [
      'another account',
      { type: 'AWSAccount', accountId: '444455556666', principalId: 'AIDAX' },
      { kind: 'account', name: 'account 444455556666' },
    ],
    [
      'a session of another account',
      { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROAX:deploy' },
      { kind: 'account', name: 'deploy of account 444455556666' },
    ],
    ['nobody known', { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' }, { kind: 'account', name: 'anonymous' }],
    ['a service', { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, { kind: 'service', name: 'ec2.amazonaws.com', tool: 'service' }],
    [
      'a service without a type',
      { accountId: ACCOUNT, invokedBy: 'rds.amazonaws.com' },
      { kind: 'service', name: 'rds.amazonaws.com', invokedBy: 'rds.amazonaws.com', tool: 'service' },
    ],
    ['a kind of which we have not heard', { type: 'Novel', principalId: 'p' }, { kind: 'unknown', name: 'p' }],
    ['a kind of which we know nothing', { type: 'Novel' }, { kind: 'unknown', name: 'somebody unknown' }],
    ['nothing at all', undefined, { kind: 'unknown', name: 'somebody unknown' }],
    ['an identity that is no object', 'ana', { kind: 'unknown', name: 'somebody unknown' }],
    [
      'an identity of the wrong kinds',
      { type: 5, arn: {}, userName: [], sessionContext: 'x' },
      { kind: 'unknown', name: 'somebody unknown' },
    ],
  ])('%s', (_, identity, expected) => {
    expect(actor(identity)).toMatchObject(expected);
  });

  test('is told before somebody is signed in to Identity Center', () => {
    const signIn = { eventSource: 'signin.amazonaws.com', additionalEventData: { UserName: 'ana@example.com' } };
    expect(actor({ type: 'Unknown', accountId: ACCOUNT }, signIn)).toMatchObject({ kind: 'identity center', name: 'ana@example.com' });
  });

  test('is root where the type makes no sense and the ARN is that of root', () => {
    const arn = 'arn:aws:iam::111122223333:root';
    for (const type of [['Root'], {}, 7, undefined]) expect(actor({ type, arn, invokedBy: 'signin.amazonaws.com' }).kind).toBe('root');
  });

  test('is no service for what it was invoked by, where it has a principal and no type', () => {
    expect(actor({ principalId: 'AIDAEXAMPLE', invokedBy: 'AWS Internal' }).kind).toBe('unknown');
    expect(actor({ accountId: '111122223333', invokedBy: 'rds.amazonaws.com' }).kind).toBe('service');
    expect(actor({ type: 'Root', invokedBy: 7 }).invokedBy).toBeUndefined();
  });

  test('has no members that are not known', () => {
    expect(actor({ type: 'IAMUser', userName: 'bob' }, { sourceIPAddress: undefined, userAgent: undefined })).toEqual({
      kind: 'user',
      name: 'bob',
      tool: 'other',
    });
  });
});

describe('on whose behalf', () => {
  const bob = { type: 'IAMUser', userName: 'bob' };

  test.each(['signin.amazonaws.com', 'AWS Internal'])('%s is the console for a person', (invokedBy) => {
    const { tool, invokedBy: service } = actor({ ...bob, invokedBy }, { userAgent: invokedBy });
    expect({ tool, service }).toEqual({ tool: 'console', service: undefined });
  });

  test('a service that acts for a person is named', () => {
    expect(actor({ ...bob, invokedBy: 'cloudformation.amazonaws.com' })).toMatchObject({
      name: 'bob',
      tool: 'cloudformation',
      invokedBy: 'cloudformation.amazonaws.com',
    });
    expect(actor({ ...bob, invokedBy: 'autoscaling.amazonaws.com' })).toMatchObject({ tool: 'service' });
  });

  test("a service's own role is no person", () => {
    const issuer = { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS` };
    const own = session('AWSServiceRoleForRDS', 's', { invokedBy: 'AWS Internal' }, { sessionIssuer: issuer });
    expect(actor(own)).toMatchObject({ invokedBy: 'AWS Internal', tool: 'service' });
  });
});

describe('the tool', () => {
  test.each<[string, Actor['tool']]>([
    ['aws-cli/2.31.0 md/awscrt#0.27.6 exec-env/CloudShell', 'cli'],
    ['APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) aws-sdk-go/1.44.157', 'terraform'],
    ['[APN/1.0 HashiCorp/1.0 Terraform/1.1.2]', 'terraform'],
    ['aws-sdk-js/3.5 ua/2.1 os/linux app/aws-cdk/2.100', 'cdk'],
    ['cloudformation.amazonaws.com', 'cloudformation'],
    ['Mozilla/5.0 (X11; Linux x86_64) Firefox/102.0', 'console'],
    ['[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488]', 'console'],
    ['RDS Console, aws-internal/3 aws-sdk-java/1.11.975', 'console'],
    ['console.amazonaws.com', 'console'],
    ['AWS Internal', 'console'],
    ['Boto3/1.26.165 Python/3.10.6', 'sdk'],
    ['aws-sdk-go-v2/1.17.0 os/linux', 'sdk'],
    ['health.amazonaws.com', 'service'],
    ['curl/8', 'other'],
    ['', 'other'],
  ])('of %s is %s', (userAgent, tool) => {
    expect(actor({ type: 'IAMUser', userName: 'bob' }, { userAgent }).tool).toBe(tool);
  });

  test('is the console where the session was opened there, and nothing says otherwise', () => {
    const fromConsole = { sessionCredentialFromConsole: 'true' };
    expect(actor({ type: 'IAMUser', userName: 'bob' }, { userAgent: 'x', ...fromConsole }).tool).toBe('console');
    expect(actor({ type: 'IAMUser', userName: 'bob' }, { userAgent: 'aws-cli/2.31.0', ...fromConsole }).tool).toBe('cli');
  });
});

describe('MFA', () => {
  const attributes = (mfaAuthenticated: unknown) => session('r', 's', {}, { attributes: { mfaAuthenticated } });

  test.each([
    ['true', true],
    ['false', false],
    [true, true],
    ['perhaps', undefined],
    [undefined, undefined],
  ])('of a session that says %j is %j', (told, mfa) => {
    expect(actor(attributes(told)).mfa).toBe(mfa);
  });

  test.each<[string, unknown, boolean | undefined]>([
    ['Yes', { type: 'IAMUser' }, true],
    ['No', { type: 'IAMUser' }, false],
    ['No', { type: 'Root' }, false],
    ['Yes', { type: 'AssumedRole' }, true],
    ['No', { type: 'AssumedRole' }, undefined],
  ])('of a sign-in with MFAUsed %s of %j is %j', (MFAUsed, identity, mfa) => {
    expect(actor(identity, { additionalEventData: { MFAUsed } }).mfa).toBe(mfa);
  });
});

describe('whatever somebody calls themselves', () => {
  test('is bounded, and the role is still seen', () => {
    const { name, arn, session: called } = actor(session('admin', 'x'.repeat(10_000)));
    expect(name.length).toBeLessThanOrEqual(256);
    expect(name).toMatch(/^x{119}… as admin$/);
    expect(called?.length).toBe(256);
    expect(arn?.length).toBe(1024);
  });

  test('is inert, and never empty', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        fc.constantFrom('IAMUser', 'AssumedRole', 'SAMLUser', 'AWSAccount', 'FederatedUser', 'x'),
        (a, b, type) => {
          const told = actor(
            { ...session(a, b), type, userName: a, principalId: b, identityProvider: a },
            { userAgent: a, sourceIPAddress: b },
          );
          expect(told.name).not.toBe('');
          expect(JSON.stringify(told)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\\u/u);
        },
      ),
    );
  });
});

describe.skipIf(!hasCorpus)(corpusTitle, () => {
  test('names its actors as people would', () => {
    const names = new Set(
      corpusRecords()
        .map((raw) => toActor(raw))
        .map(({ kind, name }) => `${kind}: ${name}`),
    );
    expect([...names].filter((name) => !/^(user: [\w-]+|service: [a-z0-9-]+\.amazonaws\.com|role: [\w.-]+ as [\w-]+)$/.test(name))).toEqual(
      [],
    );
  });
});
