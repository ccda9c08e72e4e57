import { expect, test } from 'vitest';
import { organizations } from '../../../inventory/organizations/organization.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, type Input, pages, refused } from '../fake-session.ts';

const ORGANIZATION = {
  Id: 'o-exampleorgid',
  Arn: `arn:aws:organizations::${ACCOUNT}:organization/o-exampleorgid`,
  FeatureSet: 'ALL',
  MasterAccountId: ACCOUNT,
};
const DENY = JSON.stringify({ Statement: { Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' } });
const denying = { statements: [{ effect: 'Deny', actions: ['organizations:LeaveOrganization'], resources: ['*'], conditions: [] }] };

/** Two units, one in the other; an account in the root, one suspended, one in each unit; the management account in the root. */
const ACCOUNTS: Readonly<Record<string, readonly object[]>> = {
  'r-exam': [
    { Id: ACCOUNT, State: 'ACTIVE' },
    { Id: '222222222222', State: 'ACTIVE' },
    { Id: '333333333333', State: 'SUSPENDED' },
  ],
  'ou-exam-1': [{ Id: '444444444444', State: 'ACTIVE' }],
  'ou-exam-2': [{ Id: '555555555555', Status: 'ACTIVE' }],
};
const UNITS: Readonly<Record<string, readonly object[]>> = {
  'r-exam': [{ Id: 'ou-exam-1' }],
  'ou-exam-1': [{ Id: 'ou-exam-2' }],
  'ou-exam-2': [],
};
const TARGETS: Readonly<Record<string, readonly object[]>> = {
  'p-FullAWSAccess': [{ TargetId: 'r-exam' }, { TargetId: 'ou-exam-1' }],
  'p-own': [{ TargetId: 'ou-exam-1' }],
};

const answers: Answers = {
  'organizations:DescribeOrganization': { Organization: ORGANIZATION },
  'iam:ListOrganizationsFeatures': { OrganizationId: 'o-exampleorgid', EnabledFeatures: ['RootSessions'] },
  'organizations:ListRoots': { Roots: [{ Id: 'r-exam' }] },
  'organizations:ListAccountsForParent': (input: Input) => ({ Accounts: ACCOUNTS[String(input.ParentId)] }),
  'organizations:ListOrganizationalUnitsForParent': (input: Input) => ({ OrganizationalUnits: UNITS[String(input.ParentId)] }),
  'organizations:ListPolicies': pages(
    { Policies: [{ Id: 'p-FullAWSAccess', Name: 'FullAWSAccess', AwsManaged: true }] },
    { Policies: [{ Id: 'p-own', Name: 'own', AwsManaged: false }] },
  ),
  'organizations:DescribePolicy': { Policy: { Content: DENY } },
  'organizations:ListTargetsForPolicy': (input: Input) => ({ Targets: TARGETS[String(input.PolicyId)] }),
  'organizations:ListDelegatedAdministrators': pages(
    { DelegatedAdministrators: [] },
    { DelegatedAdministrators: [{ Id: '222222222222' }] },
  ),
  'organizations:ListDelegatedServicesForAccount': { DelegatedServices: [{ ServicePrincipal: 'guardduty.amazonaws.com' }] },
  'organizations:ListAWSServiceAccessForOrganization': { EnabledServicePrincipals: [{ ServicePrincipal: 'guardduty.amazonaws.com' }] },
  'organizations:DescribeResourcePolicy': { ResourcePolicy: { Content: DENY } },
  'ec2:DescribeNetworkInterfaces': (_input: Input, region) => ({
    NetworkInterfaces: region === 'us-east-1' ? [{ InterfaceType: 'lambda' }, {}] : [],
  }),
};

const inRoot = { accountId: '222222222222', path: ['r-exam'] };
const contract: ReaderContract = {
  reader: organizations,
  answers,
  unpaged: true,
  ids: ['o-exampleorgid'],
  facets: {
    organization: { id: 'o-exampleorgid', managementAccountId: ACCOUNT, allFeatures: true },
    rootFeatures: ['RootSessions'],
    rootAccounts: [inRoot],
    accounts: [
      inRoot,
      { accountId: '444444444444', path: ['r-exam', 'ou-exam-1'] },
      { accountId: '555555555555', path: ['r-exam', 'ou-exam-1', 'ou-exam-2'] },
    ],
    serviceControlPolicies: [{ id: 'p-own', name: 'own', document: denying, targets: ['ou-exam-1'] }],
    unlimitedTargets: ['r-exam', 'ou-exam-1'],
    delegations: [{ accountId: '222222222222', service: 'guardduty.amazonaws.com' }],
    trustedServices: ['guardduty.amazonaws.com'],
    resourcePolicy: denying,
    usedInterfaces: [
      { region: 'us-east-1', kind: 'lambda' },
      { region: 'us-east-1', kind: 'interface' },
    ],
  },
  absences: {
    'resource policy': absence('resourcePolicy', 'organizations:DescribeResourcePolicy', 'ResourcePolicyNotFoundException', undefined),
    'trusted access for IAM': absence('rootFeatures', 'iam:ListOrganizationsFeatures', 'ServiceAccessNotEnabled', []),
    'features beyond billing': absence('rootFeatures', 'iam:ListOrganizationsFeatures', 'OrganizationNotInAllFeaturesMode', []),
  },
};

describeReader(contract);

function absence(facet: string, operation: string, error: string, value: unknown) {
  return { facet, value, answers: { [operation]: () => throwing(error) } };
}

const subject = (changed: Answers) => subjectOf(contract, { ...answers, ...changed });

test.each([
  ['in no organization', () => throwing('AWSOrganizationsNotInUseException')],
  ['a member of one', { Organization: { ...ORGANIZATION, MasterAccountId: '999999999999' } }],
])('an account that is %s manages none', async (_, answer) => {
  const { session } = fakeSession({ 'organizations:DescribeOrganization': answer });
  expect(await organizations.list(session, scopeOf(organizations))).toMatchObject({ known: [], unread: undefined });
});

test('an organization that does not say who manages it is unread, not none', async () => {
  const { session } = fakeSession({
    'organizations:DescribeOrganization': { Organization: { ...ORGANIZATION, MasterAccountId: undefined } },
  });
  expect(await refusalOf(() => organizations.list(session, scopeOf(organizations)))).toMatchObject({ cause: 'malformed' });
});

test('one unit that is refused hides its accounts and no others', async () => {
  const { resource } = await subject({
    'organizations:ListAccountsForParent': (input) =>
      input.ParentId === 'ou-exam-1' ? throwing('AccessDeniedException') : { Accounts: ACCOUNTS[String(input.ParentId)] },
  });
  expect(await resource.facet('accounts')).toMatchObject({
    value: {
      known: [inRoot, { accountId: '555555555555' }],
      unread: { cause: 'denied', operation: 'organizations:ListAccountsForParent' },
    },
  });
});

test('a policy whose document is refused keeps its targets', async () => {
  const { resource } = await subject({ 'organizations:DescribePolicy': () => throwing('AccessDeniedException') });
  const facet = await resource.facet('serviceControlPolicies');
  expect(facet).toMatchObject({ read: true, value: { known: [{ id: 'p-own', targets: { known: ['ou-exam-1'] } }], unread: undefined } });
  expect(await refusalOf(() => facetOf(resource, 'serviceControlPolicies'))).toMatchObject({ operation: 'organizations:DescribePolicy' });
});

test('one region that refuses hides its interfaces and no others', async () => {
  const { resource } = await subject({
    'ec2:DescribeNetworkInterfaces': (_input, region) =>
      region === 'us-east-1' ? { NetworkInterfaces: [{}] } : throwing('UnauthorizedOperation'),
  });
  expect(await resource.facet('usedInterfaces')).toMatchObject({
    value: { known: [{ region: 'us-east-1', kind: 'interface' }], unread: { cause: 'denied' } },
  });
});

test('interfaces are asked for in every region until there is one, in use only, and no further', async () => {
  const { resource, sent } = await subject({
    'ec2:DescribeNetworkInterfaces': pages({ NetworkInterfaces: [] }, { NetworkInterfaces: [{}] }, { NetworkInterfaces: [{}] }),
  });
  await facetOf(resource, 'usedInterfaces');
  const asked = sent.filter(({ operation }) => operation === 'ec2:DescribeNetworkInterfaces');
  expect(asked.map(({ region }) => region).sort()).toEqual(['eu-central-1', 'eu-central-1', 'us-east-1', 'us-east-1']);
  expect(asked.every(({ input }) => JSON.stringify(input.Filters) === '[{"Name":"status","Values":["in-use"]}]')).toBe(true);
});

test.each([
  ['rootFeatures', 'iam:ListOrganizationsFeatures', {}],
  ['rootAccounts', 'organizations:ListRoots', { Roots: [{}] }],
  ['rootAccounts', 'organizations:ListAccountsForParent', { Accounts: [{}] }],
  ['serviceControlPolicies', 'organizations:ListPolicies', { Policies: [{ Id: 'p' }] }],
  ['serviceControlPolicies', 'organizations:ListTargetsForPolicy', { Targets: [{}] }],
  ['serviceControlPolicies', 'organizations:DescribePolicy', { Policy: {} }],
  ['delegations', 'organizations:ListDelegatedAdministrators', { DelegatedAdministrators: [{}] }],
  ['delegations', 'organizations:ListDelegatedServicesForAccount', { DelegatedServices: [{}] }],
  ['trustedServices', 'organizations:ListAWSServiceAccessForOrganization', {}],
  ['resourcePolicy', 'organizations:DescribeResourcePolicy', {}],
])('%s is unread where %s answers %j', async (facet, operation, answer) => {
  const { resource } = await subject({ [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation });
});

function throwing(name: string): never {
  throw refused(name);
}
