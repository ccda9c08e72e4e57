import type { Account } from '../account.ts';
import { allow, trust } from '../account.ts';

/** Those who do Brightcart's taxes and audits, in an account of their own. */
const PARTNER_ROOT = 'arn:aws:iam::444455556666:root';

/** Founders, the payments team, programs, and roles for outsiders. */
export function addPeople(shop: Account): void {
  addGroups(shop);
  addUsers(shop);
  addRoles(shop);
  addProviders(shop);
}

function addGroups(shop: Account): void {
  shop
    .group('founders', { attached: ['AdministratorAccess'] })
    .group('payments', { attached: ['ReadOnlyAccess'], policies: { 'run-payments': allow(['ecs:*', 'logs:*']) } });
}

function addUsers(shop: Account): void {
  shop
    // Right, but for being an administrator all day.
    .user('anna', { created: 900, password: { lastUsed: 1, changed: 60 }, mfa: true, groups: ['founders'] })
    // Right until somebody looks at how she signs in: no MFA. The demo mends that.
    .user('mira', { created: 300, password: { lastUsed: 2, changed: 100 }, groups: ['payments'] })
    // Signs in with a security key, and beside it has an access key on his laptop.
    .user('jonas', {
      created: 300,
      password: { lastUsed: 3, changed: 80 },
      mfa: 'fido',
      keys: [{ age: 60, lastUsed: 3 }],
      groups: ['payments'],
    })
    // Left the company last spring.
    .user('felix', { created: 1000, password: { lastUsed: 210, changed: 400 }, mfa: true, groups: ['payments'] })
    // The build server: an administrator by an old key, and by a second one that replaced nothing.
    .user('build-server', {
      created: 800,
      attached: ['AdministratorAccess'],
      keys: [
        { age: 640, lastUsed: 1 },
        { age: 30, lastUsed: 1 },
      ],
    })
    .user('metrics', {
      created: 200,
      keys: [
        { age: 20, lastUsed: 0.1 },
        { age: 150, lastUsed: 20, active: false },
      ],
      groups: ['payments'],
    });
}

function addRoles(shop: Account): void {
  shop
    .role('payments-api', {
      created: 400,
      lastUsed: 0.1,
      policies: { 'read-orders': allow('dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/orders') },
    })
    .role('tax-adviser', { created: 500, lastUsed: 30, trust: trust({ AWS: PARTNER_ROOT }), attached: ['ReadOnlyAccess'] })
    .role('auditor', {
      created: 90,
      lastUsed: 20,
      trust: trust({ AWS: PARTNER_ROOT }, { StringEquals: { 'sts:ExternalId': 'brightcart-7f3c' } }),
      attached: ['AWSCloudShellFullAccess'],
    })
    .role('deploy-from-github', { created: 90, lastUsed: 0.5, trust: fromGitHub(shop, 'repo:brightcart/shop:ref:refs/heads/main') })
    .role('test-from-github', { created: 90, trust: fromGitHub(shop, '*') });
}

function fromGitHub({ id }: Account, subject: string) {
  const condition = {
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    StringLike: { 'token.actions.githubusercontent.com:sub': subject },
  };
  return trust(
    { Federated: `arn:aws:iam::${id}:oidc-provider/token.actions.githubusercontent.com` },
    condition,
    'sts:AssumeRoleWithWebIdentity',
  );
}

/** Who else may say who somebody is. */
function addProviders(shop: Account): void {
  shop
    .oidcProvider('token.actions.githubusercontent.com')
    // The pipelines of last year.
    .oidcProvider('gitlab.com')
    .samlProvider('brightcart-directory', { validUntil: -3_000 })
    .samlProvider('warehouse-directory', { validUntil: -3_000, expiredCertificate: true })
    .policy('stock-lists', allow('dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/stock'))
    .role('warehouse', { created: 300, lastUsed: 2, trust: fromDirectory(shop, 'warehouse-directory'), attached: ['stock-lists'] })
    // Made when nobody knew which roles the office would need: it gets from one to the next, and at last to the build server's keys.
    .policy('whatever-role', allow('sts:AssumeRole'))
    .role('office', { created: 300, lastUsed: 1, trust: fromDirectory(shop, 'brightcart-directory'), attached: ['whatever-role'] })
    .role('key-rotation', {
      created: 200,
      lastUsed: 5,
      trust: trust({ AWS: `arn:aws:iam::${shop.id}:root` }),
      policies: { rotate: allow(['iam:CreateAccessKey', 'iam:DeleteAccessKey'], `arn:aws:iam::${shop.id}:user/build-server`) },
    })
    .serverCertificate('shop-2024', { expires: 400 })
    .serverCertificate('shop-2027', { expires: -300 });
}

function fromDirectory({ id }: Account, name: string) {
  const signIn = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } };
  return trust({ Federated: `arn:aws:iam::${id}:saml-provider/${name}` }, signIn, 'sts:AssumeRoleWithSAML');
}
