import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  PutUserPermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Account, account, allow, trust } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';
const now = new Date('2026-06-01T12:00:00Z');
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1'] });
const iam = new IAMClient(aws.client(ID));
const empty = () => account(ID, { now });

beforeEach(() => aws.reset());
afterAll(() => aws.stop());

async function reportOf(described: Account): Promise<readonly Readonly<Record<string, string>>[]> {
  await aws.seed(described);
  await iam.send(new GenerateCredentialReportCommand({}));
  const { Content } = await iam.send(new GetCredentialReportCommand({}));
  const [header = '', ...lines] = Buffer.from(Content ?? [])
    .toString()
    .split('\n');
  const columns = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])));
}

async function detailsOf(described: Account) {
  await aws.seed(described);
  return iam.send(new GetAccountAuthorizationDetailsCommand({}));
}

const decoded = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? ''));

describe('the account summary', () => {
  it.each([
    [
      'as AWS opens an account',
      {},
      { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0, AccountPasswordPresent: 1 },
    ],
    [
      'with everything',
      { mfa: 'hardware', keys: [{ active: false }], certificates: 1 },
      { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1, AccountSigningCertificatesPresent: 1 },
    ],
    ['without credentials', { password: false }, { AccountPasswordPresent: 0, AccountMFAEnabled: 0 }],
  ] as const)('tells of root %s', async (_, root, expected) => {
    await aws.seed(empty().root(root));
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({ ...expected, UsersQuota: 5000 });
  });

  it('follows the description when that changes', async () => {
    const described = empty();
    await aws.seed(described);
    described.root({ mfa: 'virtual' });
    expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap).toMatchObject({ AccountMFAEnabled: 1 });
  });
});

describe('the credential report', () => {
  it('must be made before it is there', async () => {
    expect(await nameOf(iam.send(new GetCredentialReportCommand({})))).toBe('CredentialReportNotPresentException');
  });

  it('begins with root', async () => {
    const [root] = await reportOf(
      empty().root({
        password: { lastUsed: 1 },
        mfa: 'virtual',
        keys: [{ age: 10 }, { age: 20, lastUsed: 2, active: false }],
        certificates: 1,
      }),
    );
    expect(root).toMatchObject({
      user: '<root_account>',
      arn: `arn:aws:iam::${ID}:root`,
      password_enabled: 'true',
      password_last_used: '2026-05-31T12:00:00+00:00',
      mfa_active: 'true',
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2026-05-22T12:00:00+00:00',
      access_key_1_last_used_date: 'N/A',
      access_key_2_active: 'false',
      access_key_2_last_used_date: '2026-05-30T12:00:00+00:00',
      access_key_2_last_used_service: 's3',
      cert_1_active: 'true',
      cert_2_active: 'false',
    });
  });

  it('says not_supported of root where it is told to', async () => {
    const [root] = await reportOf(empty().root({ password: 'not-supported' }));
    expect(root).toMatchObject({ password_enabled: 'not_supported', password_last_used: 'no_information' });
  });

  it('has the described dates of a user', async () => {
    const user = {
      created: 300,
      password: { lastUsed: 40, changed: 100 },
      mfa: true,
      keys: [
        { age: 200, lastUsed: 7 },
        { age: 91, active: false },
      ],
    };
    const [, alice] = await reportOf(empty().user('alice', user));
    expect(alice).toMatchObject({
      user: 'alice',
      user_creation_time: '2025-08-05T12:00:00+00:00',
      password_enabled: 'true',
      password_last_used: '2026-04-22T12:00:00+00:00',
      password_last_changed: '2026-02-21T12:00:00+00:00',
      mfa_active: 'true',
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2025-11-13T12:00:00+00:00',
      access_key_1_last_used_date: '2026-05-25T12:00:00+00:00',
      access_key_2_active: 'false',
      access_key_2_last_rotated: '2026-03-02T12:00:00+00:00',
      access_key_2_last_used_date: 'N/A',
    });
  });

  it('has N/A where a user has no password and no_information where it was never used', async () => {
    const [, bare, fresh] = await reportOf(empty().user('bare').user('fresh', { password: true }));
    expect(bare).toMatchObject({
      password_enabled: 'false',
      password_last_used: 'N/A',
      password_last_changed: 'N/A',
      access_key_1_last_rotated: 'N/A',
    });
    expect(fresh).toMatchObject({ password_enabled: 'true', password_last_used: 'no_information' });
  });

  it('can be old, and not know of a new device', async () => {
    const [, alice] = await reportOf(
      empty()
        .user('alice', { password: true, mfa: true })
        .credentialReport({ generated: '2026-06-01T09:00:00Z', staleMfa: ['alice'] }),
    );
    expect(alice?.mfa_active).toBe('false');
    expect((await iam.send(new GetCredentialReportCommand({}))).GeneratedTime).toEqual(new Date('2026-06-01T09:00:00Z'));
    expect((await iam.send(new ListMFADevicesCommand({ UserName: 'alice' }))).MFADevices).toHaveLength(1);
  });
});

describe('MFA devices', () => {
  it.each([
    ['virtual', [`arn:aws:iam::${ID}:root`, `arn:aws:iam::${ID}:user/groot`]],
    ['hardware', [`arn:aws:iam::${ID}:user/groot`]],
    ['none', [`arn:aws:iam::${ID}:user/groot`]],
  ] as const)("list root's among the virtual ones when it is one (%s)", async (mfa, owners) => {
    await aws.seed(empty().root({ mfa }).user('groot', { mfa: true }));
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }));
    expect(VirtualMFADevices?.map(({ User }) => User?.Arn).sort()).toEqual(owners);
  });

  it.each([
    [true, `arn:aws:iam::${ID}:mfa/dora`],
    ['fido', `arn:aws:iam::${ID}:u2f/user/dora/key-EXAMPLE`],
    ['sms', `arn:aws:iam::${ID}:sms-mfa/dora`],
    ['hardware', 'GAHT12345678'],
  ] as const)('of users are known by their serial numbers (%s)', async (mfa, serial) => {
    await aws.seed(empty().user('dora', { mfa }));
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName: 'dora' }));
    expect(MFADevices?.map(({ SerialNumber }) => SerialNumber)).toEqual([serial]);
  });
});

describe('the authorization details', () => {
  it('URL-encode every document, trust policies too', async () => {
    const { RoleDetailList, UserDetailList } = await detailsOf(
      empty()
        .user('alice', { policies: { mine: allow('s3:*') } })
        .role('app', { trust: trust({ AWS: '*' }) }),
    );
    expect(RoleDetailList?.[0]?.AssumeRolePolicyDocument).toMatch(/^%7B/);
    expect(decoded(RoleDetailList?.[0]?.AssumeRolePolicyDocument)).toMatchObject({ Statement: [{ Principal: { AWS: '*' } }] });
    expect(decoded(UserDetailList?.[0]?.UserPolicyList?.[0]?.PolicyDocument)).toMatchObject({ Statement: [{ Action: 's3:*' }] });
  });

  it('hold the AWS managed policies in use, and no others', async () => {
    const { Policies } = await detailsOf(
      empty()
        .user('alice', { attached: ['AdministratorAccess'] })
        .policy('own', allow('s3:*')),
    );
    expect(Policies?.map(({ PolicyName, Arn }) => [PolicyName, Arn])).toEqual([
      ['own', `arn:aws:iam::${ID}:policy/own`],
      ['AdministratorAccess', 'arn:aws:iam::aws:policy/AdministratorAccess'],
    ]);
    const [version] = Policies?.[1]?.PolicyVersionList ?? [];
    expect(version).toMatchObject({ IsDefaultVersion: true });
    expect(decoded(version?.Document)).toMatchObject({ Statement: [{ Action: '*', Resource: '*' }] });
  });

  it('hold only what was asked for', async () => {
    await aws.seed(
      empty()
        .user('alice', { attached: ['AdministratorAccess'] })
        .role('app'),
    );
    const details = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['AWSManagedPolicy'] }));
    expect(details).toMatchObject({ UserDetailList: [], RoleDetailList: [], Policies: [{ PolicyName: 'AdministratorAccess' }] });
  });

  it('have described dates, last use and boundaries', async () => {
    const { UserDetailList, RoleDetailList } = await detailsOf(
      empty()
        .policy('limit', allow('s3:*'))
        .user('alice', { created: 10, boundary: 'limit', groups: [] })
        .role('app', { created: 20, lastUsed: 5, boundary: 'limit', path: '/team/' }),
    );
    const PermissionsBoundary = {
      PermissionsBoundaryArn: `arn:aws:iam::${ID}:policy/limit`,
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
    };
    expect(UserDetailList?.[0]).toMatchObject({ CreateDate: new Date('2026-05-22T12:00:00Z'), PermissionsBoundary });
    expect(RoleDetailList?.[0]).toMatchObject({
      CreateDate: new Date('2026-05-12T12:00:00Z'),
      RoleLastUsed: { LastUsedDate: new Date('2026-05-27T12:00:00Z') },
      Path: '/team/',
      PermissionsBoundary,
    });
  });

  it('have a boundary that was put on a user later', async () => {
    await aws.seed(empty().user('alice'));
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'alice', PermissionsBoundary }));
    const { UserDetailList } = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(UserDetailList?.[0]?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(PermissionsBoundary);
    expect(await nameOf(iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'nobody', PermissionsBoundary })))).toBe(
      'NoSuchEntityException',
    );
  });
});
