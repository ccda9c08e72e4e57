import type { RoleFacets } from '../../inventory/iam/role.ts';
import type { PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import { type Evidence, fail, notApplicable, pass, type SeverityModifier, type Verdict } from '../check.ts';
import { coversAction, statementEvidence, statementLabel } from './policy-statements.ts';
import { type Admittance, judgeResourcePolicy } from './resource-policy-verdict.ts';
import { isPositive, mayHoldWhenAbsent } from './trust-conditions.ts';
import type { Home } from './trust-needs.ts';

const ASSUME = 'sts:assumerole';
const WITH_SAML = 'sts:assumerolewithsaml';
const SOURCE = 'iam:GetAccountAuthorizationDetails';

/** What a role must not be able to do for others: what follows `it`, and why it is no worse. */
interface Power {
  readonly words: string;
  readonly evidence: Evidence;
  readonly modifier?: SeverityModifier;
}

/** FAIL if strangers may assume the role and it has this power, which is looked for only then. */
export function judgeIfTaken(
  role: Pick<RoleFacets, 'trustPolicy'> & { readonly identity: Pick<ResourceIdentity, 'accountId'> },
  trustedAccounts: readonly string[],
  findPower: () => Power | undefined,
): Verdict {
  const takers = outsideTakers(role.trustPolicy, { accountId: role.identity.accountId, trustedAccounts });
  const [taker] = takers;
  if (taker === undefined) return notApplicable('no other account may assume it');
  const power = findPower();
  if (power === undefined) return pass;
  const assumableBy = takers.map(({ who, evidence }) => ({ who, statement: evidence }));
  return fail(`${taker.who} may assume it; it ${power.words}`, { assumableBy, ...power.evidence }, power.modifier);
}

/** Everyone, and accounts that nobody trusts, who may assume a role; with an external id too, which keeps out others but not them. */
function outsideTakers(trust: PolicyDocument, home: Home): readonly Admittance[] {
  const { everyone, accounts } = judgeResourcePolicy(trust, { home, actions: { admin: [ASSUME] }, operation: SOURCE });
  return [...everyone, ...accounts.filter(({ trusted }) => !trusted)].filter(({ powers }) => powers.length > 0);
}

/**
 * Services that say for whom they act when they assume a role, as their own documentation of the confused deputy problem shows in a trust policy; others do not, or not always,
 * and a condition would shut them out: EC2, ECS tasks, Lambda. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const SOURCE_TELLING_SERVICES: readonly string[] = [
  'bedrock',
  'codebuild',
  'comprehend',
  'frauddetector',
  'iot',
  'personalize',
  'pipes',
  'scheduler',
  'states',
  'transfer',
  'vpc-flow-logs',
].map((service) => `${service}.amazonaws.com`);

/** Those services that may assume a role for whomever they like. */
export function unboundServices(trust: PolicyDocument, home: Home): readonly { readonly service: string; readonly evidence: Evidence }[] {
  return judgeResourcePolicy(trust, { home, actions: { admin: [ASSUME] }, operation: SOURCE }).services.filter(
    ({ service, powers }) => powers.length > 0 && SOURCE_TELLING_SERVICES.includes(service),
  );
}

/** Unique ids, which IAM shows in place of users (AIDA) and roles (AROA) that are gone: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const UNIQUE_ID = /^A(IDA|ROA)[A-Z0-9]{12,}$/;

/** Principals of a trust policy that no longer exist. */
export function deletedPrincipals({ statements }: PolicyDocument): readonly string[] {
  const named = statements.flatMap(({ principals, notPrincipals }) => [...(principals?.aws ?? []), ...(notPrincipals?.aws ?? [])]);
  return [...new Set(named.filter((name) => UNIQUE_ID.test(name)))];
}

/** Statements that take a SAML assertion for any recipient: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html (`SAML:aud`). */
export function anyAudience({ statements }: PolicyDocument): readonly { readonly label: string; readonly evidence: Evidence }[] {
  return statements.flatMap((statement, index) =>
    takesAssertions(statement) && !statement.conditions.some(isOnAudience)
      ? [{ label: statementLabel(statement, index), evidence: statementEvidence(statement) }]
      : [],
  );
}

function takesAssertions(statement: PolicyStatement): boolean {
  const providers = statement.principals?.federated ?? [];
  return statement.effect === 'Allow' && providers.some((name) => name.includes(':saml-provider/')) && coversAction(statement, WITH_SAML);
}

const AUDIENCE_KEYS = new Set(['saml:aud', 'saml:sub']);

function isOnAudience(condition: PolicyStatement['conditions'][number]): boolean {
  const { key, values } = condition;
  if (!AUDIENCE_KEYS.has(key) || !isPositive(condition) || mayHoldWhenAbsent(condition)) return false;
  return values.length > 0 && values.every((value) => !/^[*?]+$/.test(value));
}
