import { type App, Aws, BootstraplessSynthesizer, type Environment, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Config } from '../config/config.ts';
import { type AccountTemplates, accountTemplates } from './account-templates.ts';
import { HubStack } from './hub-stack.ts';
import { MemberStack } from './member-stack.ts';
import { globalRegionOf, HUB_STACK, MEMBER_STACK, ORGANIZATION_STACK, PREFIX, REGION_STACK } from './names.ts';
import { type CallAs, OrganizationStack } from './organization-stack.ts';
import { RegionStack } from './region-stack.ts';

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
  const regions = [...new Set([region, globalRegionOf(region), ...(config.regions ?? [])])];

  const hub = new HubStack(app, HUB_STACK, { config, asset, externalId, env, tags });
  new MemberStack(app, MEMBER_STACK, { roleName, hubAccount, externalId, env, tags, synthesizer: new BootstraplessSynthesizer() });
  for (const each of regions) {
    const stack = new RegionStack(app, `${REGION_STACK}-${each}`, {
      stackName: REGION_STACK,
      roleName,
      hubAccount,
      hubRegion: region,
      env: { ...env, region: each },
      tags,
      // Only the hub's region needs bootstrapping.
      synthesizer: new BootstraplessSynthesizer(),
    });
    stack.addStackDependency(hub);
  }
  const known = {
    HubAccount: account,
    HubRegion: region,
    ExternalId: deployment.externalId ?? (account === undefined ? undefined : defaultExternalId(account)),
  };
  const templates = accountTemplates(app, { roleName, known, tags });
  if (audited.kind === 'organization') {
    const stack = new OrganizationStack(app, ORGANIZATION_STACK, {
      organization: audited,
      templates,
      externalId,
      regions,
      callAs,
      env,
      tags,
    });
    stack.addStackDependency(hub);
  }
  for (const [key, value] of Object.entries(tags)) Tags.of(app).add(key, value);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return templates;
}

/** Not a secret: it keeps another customer of a tool that audits many from having it look into your accounts, and there is no such tool here. */
function defaultExternalId(hubAccount: string): string {
  return `${PREFIX}-${hubAccount}`;
}
