import { describe, expect, test } from 'vitest';
import { type Naming, namingOf, type RequestPrincipal } from '../../../checks/predicates/policy-principals.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const ROLE: RequestPrincipal = {
  arn: 'arn:aws:iam::111122223333:role/deploy',
  session: 'arn:aws:sts::111122223333:assumed-role/deploy/ci',
  account: '111122223333',
};
const SERVICE: RequestPrincipal = { service: 's3.amazonaws.com' };
const TOKEN: RequestPrincipal = { provider: 'arn:aws:iam::111122223333:oidc-provider/login.example.com' };
const STRANGER: RequestPrincipal = {};

describe('how a statement names who asks', () => {
  test.each<[string, object, RequestPrincipal, Naming]>([
    ['everybody', { Principal: '*' }, ROLE, 'itself'],
    ['everybody, of somebody who has not signed', { Principal: '*' }, STRANGER, 'itself'],
    ['the role', { Principal: { AWS: ROLE.arn } }, ROLE, 'itself'],
    ['the role, by a pattern', { Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }, ROLE, 'itself'],
    ['its session', { Principal: { AWS: ROLE.session } }, ROLE, 'itself'],
    ['another session', { Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/deploy/me' } }, ROLE, 'not'],
    ['its account', { Principal: { AWS: '111122223333' } }, ROLE, 'account'],
    ['its account, by the root', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, ROLE, 'account'],
    ['its account in China', { Principal: { AWS: 'arn:aws-cn:iam::111122223333:root' } }, ROLE, 'account'],
    ['its account and another', { Principal: { AWS: ['444455556666', '111122223333'] } }, ROLE, 'account'],
    ['the role and its account', { Principal: { AWS: ['111122223333', ROLE.arn] } }, ROLE, 'itself'],
    ['another account', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }, ROLE, 'not'],
    ['a name that holds that of the root', { Principal: { AWS: 'not arn:aws:iam::111122223333:root' } }, ROLE, 'not'],
    ['a path below the root', { Principal: { AWS: 'arn:aws:iam::111122223333:root/x' } }, ROLE, 'not'],
    ['an account, of somebody who has not signed', { Principal: { AWS: '111122223333' } }, STRANGER, 'not'],
    ['the service', { Principal: { Service: ['sns.amazonaws.com', 's3.amazonaws.com'] } }, SERVICE, 'itself'],
    ['another service', { Principal: { Service: 'sns.amazonaws.com' } }, SERVICE, 'not'],
    ['a service, of a role', { Principal: { Service: 's3.amazonaws.com' } }, ROLE, 'not'],
    ['the identity provider', { Principal: { Federated: TOKEN.provider } }, TOKEN, 'itself'],
    ['the identity provider, by a pattern', { Principal: { Federated: ['graph.facebook.com', '*login.example.com'] } }, TOKEN, 'itself'],
    ['another identity provider', { Principal: { Federated: 'graph.facebook.com' } }, TOKEN, 'not'],
    ['an identity provider, of a role', { Principal: { Federated: '*' } }, ROLE, 'not'],
    ['all but the role', { NotPrincipal: { AWS: ROLE.arn } }, ROLE, 'not'],
    ['all but its account', { NotPrincipal: { AWS: '111122223333' } }, ROLE, 'not'],
    ['all but another account', { NotPrincipal: { AWS: '444455556666' } }, ROLE, 'itself'],
    ['nobody, as policies of identities do', {}, ROLE, 'itself'],
  ])('%s', (_, who, principal, naming) => {
    const { statements } = toPolicyDocument({ Statement: [{ ...who, Effect: 'Allow', Action: '*', Resource: '*' }] }, 'test');
    expect(statements.map((statement) => namingOf(statement, principal))).toEqual([naming]);
  });
});
