import { toDocument } from '../account/policies.ts';
import { stableId } from '../callers.ts';
import { type Exchange, type Override, type Overrides, reject, reply } from '../exchange.ts';
import type { Organization, OrganizationAccount } from '../state.ts';
import type { WireObject } from '../wire/serialize.ts';

const ID = 'o-exampleorgid';
const ROOT = 'r-exam';
const FULL_ACCESS = 'p-FullAWSAccess';

/** What is answered about the organization of whoever asks, or the code of a refusal. */
type Answered = (organization: Organization, exchange: Exchange) => WireObject | string;

/**
 * Moto makes up the ids of accounts, and knows neither delegated administrators, the states that accounts go through, nor who may ask what: the described
 * organization is answered.
 */
export const organizationsOverrides: Overrides = {
  'organizations:DescribeOrganization': toAnyMember(({ managementAccount, managed }) => ({
    Organization: {
      Id: ID,
      Arn: arnOf(managementAccount, 'organization', ID),
      FeatureSet: managed?.features ?? 'ALL',
      MasterAccountArn: arnOf(managementAccount, 'account', `${ID}/${managementAccount}`),
      MasterAccountId: managementAccount,
      MasterAccountEmail: `${managementAccount}@example.com`,
    },
  })),
  'organizations:ListAccounts': toAdministrators(({ managementAccount, accounts }) => ({
    Accounts: accounts.map((account) => toAccount(account, managementAccount)),
  })),
  'organizations:ListRoots': toAdministrators(({ managementAccount }) => ({
    Roots: [{ Id: ROOT, Arn: arnOf(managementAccount, 'root', `${ID}/${ROOT}`), Name: 'Root', PolicyTypes: [] }],
  })),
  'organizations:ListOrganizationalUnitsForParent': toAdministrators(({ managementAccount, managed }, { request: { json } }) => ({
    OrganizationalUnits: Object.keys(json.ParentId === ROOT ? (managed?.units ?? {}) : {}).map((name) => ({
      Id: unitId(name),
      Arn: arnOf(managementAccount, 'ou', `${ID}/${unitId(name)}`),
      Name: name,
    })),
  })),
  'organizations:ListAccountsForParent': toAdministrators((organization, { request: { json } }) => ({
    Accounts: accountsBelow(organization, json.ParentId).map((account) => toAccount(account, organization.managementAccount)),
  })),
  'organizations:ListPolicies': toAdministrators((organization) => ({
    Policies: [
      { Id: FULL_ACCESS, Name: 'FullAWSAccess', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: true },
      ...policyNames(organization).map((name) => ({ Id: policyId(name), Name: name, Type: 'SERVICE_CONTROL_POLICY', AwsManaged: false })),
    ],
  })),
  'organizations:DescribePolicy': toAdministrators((organization, { request: { json } }) => {
    const document = policyOf(organization, json.PolicyId)?.document;
    if (document === undefined) return 'PolicyNotFoundException';
    return { Policy: { PolicySummary: { Id: String(json.PolicyId), AwsManaged: false }, Content: toDocument(document) } };
  }),
  'organizations:ListTargetsForPolicy': toAdministrators((organization, { request: { json } }) => {
    const { units = {} } = organization.managed ?? {};
    const everywhere = ['root', ...Object.keys(units), ...organization.accounts.map(({ id }) => id)];
    const targets = json.PolicyId === FULL_ACCESS ? everywhere : policyOf(organization, json.PolicyId)?.targets;
    if (targets === undefined) return 'PolicyNotFoundException';
    return { Targets: targets.map((target) => ({ TargetId: targetId(target), Name: target })) };
  }),
  'organizations:ListDelegatedAdministrators': toAdministrators(({ managementAccount, delegatedAdministrators = [] }) => ({
    DelegatedAdministrators: delegatedAdministrators.map((id) => toAccount({ id }, managementAccount)),
  })),
  'organizations:ListDelegatedServicesForAccount': toAdministrators(({ managed }, { request: { json } }) => ({
    DelegatedServices: (managed?.delegated?.[String(json.AccountId)] ?? []).map((ServicePrincipal) => ({ ServicePrincipal })),
  })),
  'organizations:ListAWSServiceAccessForOrganization': toAdministrators(({ managed }) => ({
    EnabledServicePrincipals: (managed?.trusted ?? []).map((ServicePrincipal) => ({ ServicePrincipal })),
  })),
  'organizations:DescribeResourcePolicy': toAdministrators(({ managed }) => {
    if (managed?.resourcePolicy === undefined) return 'ResourcePolicyNotFoundException';
    return { ResourcePolicy: { ResourcePolicySummary: { Id: 'rp-example' }, Content: toDocument(managed.resourcePolicy) } };
  }),
  'iam:ListOrganizationsFeatures': (exchange) => {
    const organization = exchange.world.organizationOf(exchange.caller.accountId);
    if (!organization) return refuse(exchange, 'OrganizationNotFound');
    if (organization.managementAccount !== exchange.caller.accountId) {
      return refuse(exchange, 'AccountNotManagementOrDelegatedAdministrator');
    }
    if (organization.managed?.features === 'CONSOLIDATED_BILLING') return refuse(exchange, 'OrganizationNotInAllFeaturesMode');
    const { rootFeatures = [] } = organization.managed ?? {};
    return rootFeatures.length === 0
      ? refuse(exchange, 'ServiceAccessNotEnabled')
      : reply(exchange, { OrganizationId: ID, EnabledFeatures: rootFeatures });
  },
};

/** Any account of an organization may ask. */
function toAnyMember(answered: Answered): Override {
  return (exchange) => {
    const organization = exchange.world.organizationOf(exchange.caller.accountId);
    const answer = organization ? answered(organization, exchange) : 'AWSOrganizationsNotInUseException';
    return typeof answer === 'string' ? refuse(exchange, answer) : reply(exchange, answer);
  };
}

/** Only the management account and those whom it has made administrators may ask. */
function toAdministrators(answered: Answered): Override {
  return toAnyMember((organization, exchange) => {
    const { managementAccount, delegatedAdministrators = [] } = organization;
    const mayAsk = [managementAccount, ...delegatedAdministrators].includes(exchange.caller.accountId);
    return mayAsk ? answered(organization, exchange) : 'AccessDeniedException';
  });
}

function refuse(exchange: Exchange, code: string) {
  return reject(exchange, { status: 400, code, message: `The request was refused: ${code}.` });
}

function accountsBelow({ accounts, managementAccount, managed }: Organization, parent: unknown): readonly OrganizationAccount[] {
  if (!managed) return parent === ROOT ? accounts : [];
  const { rootAccounts = [], units = {} } = managed;
  const unit = Object.keys(units).find((name) => unitId(name) === parent);
  const ids = parent === ROOT ? [managementAccount, ...rootAccounts] : unit === undefined ? [] : (units[unit] ?? []);
  return ids.map((id) => ({ id }));
}

function policyNames({ managed }: Organization): readonly string[] {
  return Object.keys(managed?.policies ?? {});
}

function policyOf(organization: Organization, id: unknown) {
  const name = policyNames(organization).find((each) => policyId(each) === id);
  return name === undefined ? undefined : organization.managed?.policies?.[name];
}

function toAccount({ id, name, state = 'ACTIVE' }: OrganizationAccount, managementAccount: string): WireObject {
  return {
    Id: id,
    Arn: arnOf(managementAccount, 'account', `${ID}/${id}`),
    Email: `${id}@example.com`,
    Name: name ?? id,
    State: state,
    JoinedMethod: 'CREATED',
    JoinedTimestamp: new Date('2026-01-01T00:00:00Z'),
  };
}

function targetId(target: string): string {
  if (target === 'root') return ROOT;
  return /^\d{12}$/.test(target) ? target : unitId(target);
}

function unitId(name: string): string {
  return `ou-exam-${stableId(`unit ${name}`, 8).toLowerCase()}`;
}

function policyId(name: string): string {
  return `p-${stableId(`policy ${name}`, 10).toLowerCase()}`;
}

function arnOf(managementAccount: string, kind: string, path: string): string {
  return `arn:aws:organizations::${managementAccount}:${kind}/${path}`;
}
