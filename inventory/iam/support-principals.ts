import type { AttachedPolicy } from '@aws-sdk/client-iam';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined } from '../partial.ts';
import { type Entity, readAuthorization } from './authorization.ts';
import { getAccountAuthorizationDetails } from './calls.ts';

export const supportPrincipalCalls = [getAccountAuthorizationDetails];

/** AWS's own policy by which one may open and manage cases with AWS Support. */
export function isSupportAccess(policyArn: string): boolean {
  return /^arn:[\w-]+:iam::aws:policy\/AWSSupportAccess$/.test(policyArn);
}

/** ARNs of the users, roles and groups with members that AWSSupportAccess is attached to. A group without members lets nobody in. */
export async function readSupportPrincipals(place: Place): Promise<Listed<string>> {
  const { users, groups, roles } = await readAuthorization(place);
  const inhabited = new Set(users.known.flatMap(({ detail }) => detail.GroupList ?? []));
  return joined([holders(users), holders(roles), holders(groups.filter(({ name }) => inhabited.has(name)))]);
}

function holders(entities: Listed<Entity<{ readonly AttachedManagedPolicies?: AttachedPolicy[] }>>): Listed<string> {
  return entities
    .filter(({ detail }) => detail.AttachedManagedPolicies?.some(({ PolicyArn = '' }) => isSupportAccess(PolicyArn)) === true)
    .map(({ arn }) => arn);
}
