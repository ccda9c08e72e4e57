import type { PolicyStatement, Principals } from '../../inventory/policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** Who sends a request; somebody who has not signed it has none of these. */
export interface RequestPrincipal {
  /** Of the user or role. */
  readonly arn?: string;
  /** Of the session, where the principal is one: `arn:aws:sts::111122223333:assumed-role/deploy/ci`. */
  readonly session?: string;
  /** Twelve digits, of a user or role. */
  readonly account?: string;
  /** `s3.amazonaws.com` */
  readonly service?: string;
  /** ARN or name of an identity provider whose token or assertion comes with the request. */
  readonly provider?: string;
}

/** How a statement of a resource's policy names somebody: itself or everybody; only its account, which may then give its own principals the right; or not at all. */
export type Naming = 'itself' | 'account' | 'not';

/** How the statement's Principal or NotPrincipal names whoever sends a request. Policies of identities, which have neither, name their bearer. */
export function namingOf({ principals, notPrincipals }: PolicyStatement, principal: RequestPrincipal): Naming {
  if (notPrincipals) return namingAmong(notPrincipals, principal) === 'not' ? 'itself' : 'not';
  return principals ? namingAmong(principals, principal) : 'itself';
}

function namingAmong({ aws, service, federated }: Principals, principal: RequestPrincipal): Naming {
  if (principal.service !== undefined && service.includes(principal.service)) return 'itself';
  if (principal.provider !== undefined && federated.some((name) => matchesWildcard(name, principal.provider ?? ''))) return 'itself';
  if (aws.some((name) => isItself(name, principal))) return 'itself';
  return principal.account !== undefined && aws.some((name) => isAccount(name, principal.account ?? '')) ? 'account' : 'not';
}

function isItself(name: string, { arn, session }: RequestPrincipal): boolean {
  return name === '*' || (arn !== undefined && matchesWildcard(name, arn)) || (session !== undefined && name === session);
}

function isAccount(name: string, account: string): boolean {
  return name === account || /^arn:[^:]*:iam::(\d{12}):root$/.exec(name)?.[1] === account;
}
