import type { PolicyDocument, PolicyStatement, Principals } from '../../inventory/policy-document.ts';
import type { Evidence } from '../check.ts';
import { coversAction, statementEvidence } from './policy-statements.ts';
import { namedAccounts, toSparing } from './trust-conditions.ts';
import { anyoneNeeds, foreignAccountNeeds, type Home, type Need, providerNeeds, type TrustSeverity } from './trust-needs.ts';

/** A way into a role for somebody outside: who it is, what is missing, and the statement that proves it. */
export interface TrustOpening {
  readonly reason: string;
  readonly severity: TrustSeverity;
  readonly evidence: Evidence;
}

const ASSUME = 'sts:assumerole';
const WITH_SAML = 'sts:assumerolewithsaml';
const WITH_WEB_IDENTITY = 'sts:assumerolewithwebidentity';

/**
 * Ways into a role for people outside its account, worst first. Services are let in: whom they act for is another question. `NotPrincipal`
 * in an Allow lets in everybody else ("AWS JSON policy elements: NotPrincipal"; today's IAM refuses it in trust policies, roles of old may
 * have it). Deleted principals, which IAM shows as unique ids (AROA…, AIDA…), are nobody. A Deny closes a way if those whom its conditions
 * spare meet what the way lacks.
 */
export function trustOpenings(trust: PolicyDocument, home: Home): readonly TrustOpening[] {
  const denies = trust.statements.filter(({ effect }) => effect === 'Deny');
  const openings = trust.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => callersOf(statement, home).flatMap((caller) => openingsFor(caller, statement, denies)));
  return [...openings.filter(({ severity }) => severity === 'CRITICAL'), ...openings.filter(({ severity }) => severity !== 'CRITICAL')];
}

/** Somebody outside whom a statement names, and what would have to hold for that to be safe. */
interface Caller {
  readonly principal: string;
  /** 12 digits where the caller is an account or a part of one. */
  readonly account?: string;
  readonly action: string;
  readonly needs: readonly Need[];
}

function openingsFor(caller: Caller, statement: PolicyStatement, denies: readonly PolicyStatement[]): readonly TrustOpening[] {
  const met = (need: Need) =>
    statement.conditions.some((condition) => need.metBy(condition)) || denies.some((deny) => closes(deny, caller, need));
  const [need] = caller.needs.filter((wanted) => !met(wanted));
  if (need === undefined) return [];
  const severity = (statement.conditions.length > 0 && need.conditional) || need.severity;
  return [{ reason: need.reason, severity, evidence: { principal: caller.principal, statement: statementEvidence(statement) } }];
}

/** True if all whom the Deny spares meet the need. */
function closes(deny: PolicyStatement, caller: Caller, need: Need): boolean {
  if (!coversAction(deny, caller.action) || !hits(deny, caller)) return false;
  return deny.conditions.every((condition) => {
    const sparing = toSparing(condition);
    return sparing !== undefined && need.metBy(sparing);
  });
}

/** Whether a Deny is meant for the caller. One with NotPrincipal is, unless it may spare anything of the caller's account. */
function hits({ principals, notPrincipals }: PolicyStatement, { principal, account }: Caller): boolean {
  if (notPrincipals) {
    const spared = [...notPrincipals.aws, ...notPrincipals.federated];
    return account !== undefined && !spared.some((other) => other === '*' || other.includes(account));
  }
  if (principals === undefined) return false;
  if (principals.aws.includes('*') || [...principals.aws, ...principals.federated].includes(principal)) return true;
  return account !== undefined && principals.aws.some((other) => other === account || other.endsWith(`:iam::${account}:root`));
}

function callersOf(statement: PolicyStatement, home: Home): readonly Caller[] {
  const { principals, notPrincipals } = statement;
  if (notPrincipals) return everybody(statement, home, `everybody but ${namesOf(notPrincipals).join(', ')}`);
  if (principals === undefined) return [];
  return [
    ...principals.aws.flatMap((principal) => awsCallers(principal, statement, home)),
    ...principals.federated.flatMap((principal) => federatedCallers(principal, statement, home)),
  ];
}

function namesOf({ aws, service, federated, canonicalUser }: Principals): readonly string[] {
  return [...aws, ...service, ...federated, ...canonicalUser];
}

function awsCallers(principal: string, statement: PolicyStatement, home: Home): readonly Caller[] {
  if (principal === '*') return everybody(statement, home, principal);
  const account = accountOf(principal);
  if (account === undefined || !coversAction(statement, ASSUME)) return [];
  if (/[*?]/.test(account)) return everybody(statement, home, principal);
  return foreignAccount(account, principal, home);
}

/** A bare account id, or the account of an ARN; `undefined` for the unique id of a principal that is gone, or a name of AWS's own. */
function accountOf(principal: string): string | undefined {
  const account = principal.startsWith('arn:') ? (principal.split(':')[4] ?? '') : principal;
  return /^\d{12}$|[*?]/.test(account) ? account : undefined;
}

function foreignAccount(account: string, principal: string, home: Home): readonly Caller[] {
  if (isTrusted(account, home)) return [];
  return [{ principal, account, action: ASSUME, needs: [foreignAccountNeeds(account)] }];
}

function isTrusted(account: string, { accountId, trustedAccounts }: Home): boolean {
  return account === accountId || trustedAccounts.includes(account);
}

/** Where a condition names accounts, those are meant; where not, the world: users of identity providers too, if they may come with a token. */
function everybody(statement: PolicyStatement, home: Home, principal: string): readonly Caller[] {
  const withToken = [WITH_WEB_IDENTITY, WITH_SAML].find((action) => coversAction(statement, action));
  const ways = [...(coversAction(statement, ASSUME) ? [ASSUME] : []), ...(withToken ? [withToken] : [])];
  const accounts = statement.conditions.map(namedAccounts).find((named) => named !== undefined);
  if (accounts && ways.length > 0) return accounts.flatMap((account) => foreignAccount(account, principal, home));
  return ways.map((action) => ({ principal, action, needs: [anyoneNeeds(home, action === ASSUME)] }));
}

function federatedCallers(provider: string, statement: PolicyStatement, home: Home): readonly Caller[] {
  const action = [WITH_WEB_IDENTITY, WITH_SAML].find((way) => coversAction(statement, way));
  if (action === undefined) return [];
  if (/[*?]/.test(provider)) return [{ principal: provider, action, needs: [anyoneNeeds(home, false)] }];
  if (!provider.startsWith('arn:')) return [{ principal: provider, action, needs: providerNeeds(provider.toLowerCase()) }];
  const account = provider.split(':')[4] ?? '';
  if (!isTrusted(account, home)) return [{ principal: provider, account, action, needs: [foreignAccountNeeds(account)] }];
  const issuer = /:oidc-provider\/(.+)$/.exec(provider)?.[1];
  return issuer === undefined ? [] : [{ principal: provider, action, needs: providerNeeds(issuer.toLowerCase()) }];
}
