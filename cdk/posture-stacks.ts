import {
  type App,
  Aws,
  BootstraplessSynthesizer,
  DefaultStackSynthesizer,
  type Environment,
  type Stack,
  Tags,
  Validations,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Config } from '../config/config.ts';
import { type AccountTemplates, accountTemplates } from './account-templates.ts';
import { HubStack } from './hub-stack.ts';
import { MemberStack } from './member-stack.ts';
import {
  globalRegionOf,
  HUB_STACK,
  MEMBER_STACK,
  ORGANIZATION_REGION_STACK,
  ORGANIZATION_STACK,
  PREFIX,
  REGION_STACK,
  regionsEnabledByDefault,
} from './names.ts';
import { type CallAs, OrganizationStack, type OrganizationStackProps } from './organization-stack.ts';
import { RegionStack } from './region-stack.ts';
import { watchedEvents } from './watched-events.ts';

export interface Deployment {
  readonly config: Config;
  /** Folder of the bundled functions. */
  readonly asset: string;
  /** The hub's; `undefined`: whichever it is deployed into. */
  readonly account: string | undefined;
  /** The hub's. */
  readonly region: string;
  readonly callAs: CallAs;
}

/** Adds all stacks of a deployment to an app, with cdk-nag, and gives the templates for accounts that are deployed by other means. */
export function addPostureStacks(app: App, { config, asset, account, region, callAs }: Deployment): AccountTemplates {
  const { audited, deployment } = config;
  const { roleName } = deployment;
  const tags = { application: PREFIX, ...deployment.tags };
  const env: Environment = { region, ...(account === undefined ? {} : { account }) };
  const hubAccount = account ?? Aws.ACCOUNT_ID;
  const externalId = deployment.externalId ?? defaultExternalId(hubAccount);
  const regions = [...new Set([region, globalRegionOf(region), ...(config.regions ?? regionsEnabledByDefault(region))])];
  const events = watchedEvents(config);

  const hub = new HubStack(app, HUB_STACK, { config, asset, externalId, env, tags });
  const member = new MemberStack(app, MEMBER_STACK, { roleName, hubAccount, externalId, env, tags, synthesizer: bootstrappedIn(region) });
  // A rate begins with the schedule itself: the first audit would find no role to take on, here or in the organization.
  hub.addStackDependency(member);
  for (const each of regions) {
    const stack = new RegionStack(app, `${REGION_STACK}-${each}`, {
      stackName: REGION_STACK,
      roleName,
      events,
      hubAccount,
      hubRegion: region,
      env: { ...env, region: each },
      tags,
      synthesizer: bootstrappedIn(region),
    });
    stack.addStackDependency(hub);
  }
  const known = {
    HubAccount: account,
    HubRegion: region,
    ExternalId: deployment.externalId ?? (account === undefined ? undefined : defaultExternalId(account)),
  };
  const templates = accountTemplates(app, { roleName, known, events, tags });
  if (audited.kind === 'organization') {
    const { roles, rules } = addOrganization(
      app,
      { organization: audited, callAs, env, tags },
      { hubAccount, externalId, regions, templates },
    );
    hub.addStackDependency(roles);
    rules.addStackDependency(hub);
  }
  // A stack hands its tags on to its rules, of which the template of a region has many and little room.
  for (const [key, value] of Object.entries(tags)) Tags.of(app).add(key, value, { excludeResourceTypes: ['AWS::Events::Rule'] });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return templates;
}

interface OfOrganization {
  readonly hubAccount: string;
  readonly externalId: string;
  /** The hub's first. */
  readonly regions: readonly string[];
  readonly templates: AccountTemplates;
}

function addOrganization(
  app: App,
  common: Pick<OrganizationStackProps, 'organization' | 'callAs' | 'env' | 'tags'>,
  { hubAccount, externalId, regions, templates }: OfOrganization,
): { readonly roles: Stack; readonly rules: Stack } {
  const [hubRegion = ''] = regions;
  const roles = new OrganizationStack(app, ORGANIZATION_STACK, {
    ...common,
    description: 'cloud-posture: the audit role in every account of the organization',
    name: MEMBER_STACK,
    template: templates.member,
    // IAM is the same in all regions of an account: the role is made from one.
    regions: [hubRegion],
    parameters: { HubAccount: hubAccount, ExternalId: externalId },
  });
  const rules = new OrganizationStack(app, ORGANIZATION_REGION_STACK, {
    ...common,
    description: 'cloud-posture: what every account of the organization tells the hub',
    name: REGION_STACK,
    template: templates.region,
    regions,
    parameters: { HubAccount: hubAccount, HubRegion: hubRegion },
  });
  return { roles, rules };
}

/**
 * Only the hub's region needs bootstrapping: its roles serve the other regions too. Left to itself the synthesizer names roles of each region.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.BootstraplessSynthesizer.html
 */
function bootstrappedIn(hubRegion: string): BootstraplessSynthesizer {
  const { DEFAULT_DEPLOY_ROLE_ARN, DEFAULT_CLOUDFORMATION_ROLE_ARN } = DefaultStackSynthesizer;
  const ofHub = (role: string) => role.replace(/\$\{AWS::Region\}/g, hubRegion);
  return new BootstraplessSynthesizer({
    deployRoleArn: ofHub(DEFAULT_DEPLOY_ROLE_ARN),
    cloudFormationExecutionRoleArn: ofHub(DEFAULT_CLOUDFORMATION_ROLE_ARN),
  });
}

/** Not a secret: it keeps another customer of a tool that audits many from having it look into your accounts, and there is no such tool here. */
function defaultExternalId(hubAccount: string): string {
  return `${PREFIX}-${hubAccount}`;
}
