import type { AttachedPolicy } from '../../inventory/iam/attached-policy.ts';
import type { AccountPrincipal } from '../../inventory/iam/principals.ts';
import type { PolicyStatement } from '../../inventory/policy-document.ts';

/** A policy that is attached directly. */
export function policy(name: string, ...statements: readonly PolicyStatement[]): AttachedPolicy {
  return { name, via: 'direct', document: { statements } };
}

const ACCOUNT = '111122223333';
const OWN_ACCOUNT = { aws: [ACCOUNT], service: [], federated: [], canonicalUser: [] };

/** A role that whoever of its account is allowed to may assume. */
export function role(id: string, ...policies: readonly AttachedPolicy[]): AccountPrincipal {
  const arn = `arn:aws:iam::${ACCOUNT}:role/${id}`;
  return {
    identity: { type: 'AWS::IAM::Role', arn, id, accountId: ACCOUNT, region: 'global', partition: 'aws', tags: {} },
    policies,
    boundary: undefined,
    trustPolicy: { statements: [{ effect: 'Allow', principals: OWN_ACCOUNT, actions: ['sts:AssumeRole'], conditions: [] }] },
  };
}
