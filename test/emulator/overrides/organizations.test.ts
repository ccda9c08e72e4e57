import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  ListAccountsForParentCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { afterAll, describe, expect, it } from 'vitest';
import { account, allow, deny } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const [MANAGEMENT, LONE, SHOP, WATCH, STRANGER] = ['111122223333', '222233334444', '333344445555', '444455556666', '777788889999'] as const;
const aws = await startLocalAws({ regions: ['us-east-1'] });
await aws.seed(
  account(MANAGEMENT).organization({
    rootAccounts: [LONE],
    units: { shop: [SHOP, WATCH] },
    rootFeatures: ['RootSessions'],
    policies: { guardrail: { document: deny('organizations:LeaveOrganization'), targets: ['shop', LONE] } },
    trusted: ['guardduty.amazonaws.com'],
    delegated: { [WATCH]: ['guardduty.amazonaws.com'] },
    resourcePolicy: allow('organizations:AttachPolicy', '*', { principal: { AWS: WATCH } }),
  }),
  account(STRANGER).organization({ features: 'CONSOLIDATED_BILLING' }),
);
afterAll(() => aws.stop());

const as = (id: string) => new OrganizationsClient(aws.client(id));

describe('a described organization', () => {
  it('is known to each of its accounts, and to no other', async () => {
    for (const id of [MANAGEMENT, SHOP]) {
      const { Organization } = await as(id).send(new DescribeOrganizationCommand({}));
      expect(Organization).toMatchObject({ MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' });
    }
    expect(await nameOf(as('999999999999').send(new DescribeOrganizationCommand({})))).toBe('AWSOrganizationsNotInUseException');
  });

  it('has its accounts where they are', async () => {
    const { Roots } = await as(MANAGEMENT).send(new ListRootsCommand({}));
    const ParentId = Roots?.[0]?.Id;
    const { OrganizationalUnits } = await as(MANAGEMENT).send(new ListOrganizationalUnitsForParentCommand({ ParentId }));
    const below = async (parent: string | undefined) =>
      (await as(MANAGEMENT).send(new ListAccountsForParentCommand({ ParentId: parent }))).Accounts?.map(({ Id }) => Id);
    expect(await below(ParentId)).toEqual([MANAGEMENT, LONE]);
    expect(await below(OrganizationalUnits?.[0]?.Id)).toEqual([SHOP, WATCH]);
  });

  it('has its policies, beside that of AWS, and what they are attached to', async () => {
    const { Policies = [] } = await as(MANAGEMENT).send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }));
    expect(Policies.map(({ Name, AwsManaged }) => [Name, AwsManaged])).toEqual([
      ['FullAWSAccess', true],
      ['guardrail', false],
    ]);
    const PolicyId = Policies[1]?.Id;
    const { Targets } = await as(MANAGEMENT).send(new ListTargetsForPolicyCommand({ PolicyId }));
    expect(Targets?.map(({ Name }) => Name)).toEqual(['shop', LONE]);
    const { Policy } = await as(MANAGEMENT).send(new DescribePolicyCommand({ PolicyId }));
    expect(Policy?.Content).toContain('LeaveOrganization');
  });

  it('tells its delegated administrators and their services, to them too', async () => {
    const { DelegatedAdministrators } = await as(WATCH).send(new ListDelegatedAdministratorsCommand({}));
    expect(DelegatedAdministrators?.map(({ Id }) => Id)).toEqual([WATCH]);
    const { DelegatedServices } = await as(WATCH).send(new ListDelegatedServicesForAccountCommand({ AccountId: WATCH }));
    expect(DelegatedServices?.map(({ ServicePrincipal }) => ServicePrincipal)).toEqual(['guardduty.amazonaws.com']);
  });

  it('tells members nothing but that it is there', async () => {
    expect(await nameOf(as(SHOP).send(new ListRootsCommand({})))).toBe('AccessDeniedException');
  });

  it('refuses what it does not have', async () => {
    expect(await nameOf(as(STRANGER).send(new DescribeResourcePolicyCommand({})))).toBe('ResourcePolicyNotFoundException');
    expect(await nameOf(as(MANAGEMENT).send(new DescribePolicyCommand({ PolicyId: 'p-nothing123' })))).toBe('PolicyNotFoundException');
  });

  it('manages root access as far as it has the features', async () => {
    const features = (id: string) => new IAMClient(aws.client(id)).send(new ListOrganizationsFeaturesCommand({}));
    expect((await features(MANAGEMENT)).EnabledFeatures).toEqual(['RootSessions']);
    expect(await nameOf(features(STRANGER))).toBe('OrganizationNotInAllFeaturesMode');
    expect(await nameOf(features(SHOP))).toBe('AccountNotManagementOrDelegatedAdministrator');
  });
});
