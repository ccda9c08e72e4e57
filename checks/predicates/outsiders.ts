import type { Home } from './trust-needs.ts';

const KINDS = ['everyone', 'account', 'organization'] as const;

/** Somebody whom neither the account nor those that its owners trust know. Worst kind first. */
export interface Outsider {
  readonly kind: (typeof KINDS)[number];
  /** `everyone`, `account 444455556666`, `organization o-a1b2c3d4e5`. */
  readonly who: string;
}

const EVERYONE: Outsider = { kind: 'everyone', who: 'everyone' };
const EVERYONE_BY_NAME = new Set(['*', 'all']);

/**
 * Whom a principal or the target of a share names, if that is an outsider: `*` and `all` are everyone. Nobody is: a service, what is of AWS itself
 * (`arn:aws:iam::cloudfront:user/…`), and the unique id of a principal that is gone. A name of no known form is taken for that of an outsider.
 */
export function outsiderNamed(name: string, home: Home): Outsider | undefined {
  if (EVERYONE_BY_NAME.has(name.toLowerCase())) return EVERYONE;
  const organization = /:organizations::\d*:(?:organization|ou)\/(.+)$/.exec(name)?.[1] ?? /^(?:o|ou)-[a-z0-9-]+$/.exec(name)?.[0];
  if (organization !== undefined) return { kind: 'organization', who: `organization ${organization}` };
  if (OF_NOBODY.test(name)) return undefined;
  const account = name.startsWith('arn:') ? (name.split(':')[4] ?? '') : name;
  if (/[*?]/.test(account)) return EVERYONE;
  const id = /^\d{1,12}$/.test(account) ? account.padStart(12, '0') : account.slice(0, LONGEST);
  return id === home.accountId || home.trustedAccounts.includes(id) ? undefined : { kind: 'account', who: `account ${id}` };
}

const OF_NOBODY = /^[a-z0-9.-]+\.(amazonaws\.com|amazon\.com|aws\.internal)(\.cn)?$|^arn:[^:]*:iam::[a-z]+:|^A[A-Z]{3}[A-Z0-9]{12,}$/;
const LONGEST = 40;

/** The worst among those whom names stand for. */
export function worstOutsider(names: readonly string[], home: Home): Outsider | undefined {
  const outsiders = names.flatMap((name) => outsiderNamed(name, home) ?? []);
  return KINDS.map((kind) => outsiders.find((outsider) => outsider.kind === kind)).find((found) => found !== undefined);
}
