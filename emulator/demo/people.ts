import type { Account } from '../account.ts';
import { allow, trust } from '../account.ts';

/** Those who do Brightcart's taxes and audits, in an account of their own. */
const PARTNER_ROOT = 'arn:aws:iam::444455556666:root';

/** Founders, the payments team, programs, and roles for outsiders. */
export function addPeople(shop: Account): void {
  addGroups(shop);
  addUsers(shop);
  addRoles(shop);
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
    .user('jonas', { created: 300, password: { lastUsed: 3, changed: 80 }, mfa: true, groups: ['payments'] })
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
    .user('metrics', { created: 200, keys: [{ age: 20, lastUsed: 0.1 }], groups: ['payments'] });
}

function addRoles(shop: Account): void {
  shop
    .role('payments-api', { created: 400, policies: { 'read-orders': allow('dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/orders') } })
    .role('tax-adviser', { created: 500, trust: trust({ AWS: PARTNER_ROOT }), attached: ['ReadOnlyAccess'] })
    .role('auditor', { created: 90, trust: trust({ AWS: PARTNER_ROOT }, { StringEquals: { 'sts:ExternalId': 'brightcart-7f3c' } }) })
    .role('deploy-from-github', { created: 90, trust: fromGitHub(shop, 'repo:brightcart/shop:ref:refs/heads/main') })
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
