import { Aws, CfnStackSet, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Audited } from '../config/config.ts';
import { type AccountTemplates, INLINE_BYTES } from './account-templates.ts';
import { MEMBER_STACK, REGION_STACK } from './names.ts';

type Organization = Extract<Audited, { kind: 'organization' }>;

/** In whose name StackSets is called: `SELF` in the management account. */
export type CallAs = 'DELEGATED_ADMIN' | 'SELF';

export interface OrganizationStackProps extends StackProps {
  readonly organization: Organization;
  readonly templates: AccountTemplates;
  readonly externalId: string;
  /** Where region stacks go. */
  readonly regions: readonly string[];
  readonly callAs: CallAs;
}

/**
 * The member and region stacks in all accounts of an organization, and in each new one when it is born. StackSets leaves out the management
 * account whatever one says, and the hub's account has its own already.
 */
export class OrganizationStack extends Stack {
  constructor(scope: Construct, id: string, { organization, templates, externalId, regions, callAs, ...props }: OrganizationStackProps) {
    super(scope, id, { description: 'cloud-posture: the audit role in every account of the organization', ...props });
    const common = { organization, callAs };
    const HubAccount = Aws.ACCOUNT_ID;
    // IAM is the same in all regions of an account: the role is made from one.
    this.addStackSet('Members', {
      ...common,
      name: MEMBER_STACK,
      template: templates.member,
      regions: [Aws.REGION],
      parameters: { HubAccount, ExternalId: externalId },
    });
    this.addStackSet('Regions', {
      ...common,
      name: REGION_STACK,
      template: templates.region,
      regions,
      parameters: { HubAccount, HubRegion: Aws.REGION },
    });
  }

  private addStackSet(id: string, { name, template, regions, parameters, organization, callAs }: StackSetDefinition): void {
    const templateBody = JSON.stringify(template);
    if (Buffer.byteLength(templateBody) > INLINE_BYTES) throw new Error(`the template ${name} has more than ${INLINE_BYTES} bytes`);
    new CfnStackSet(this, id, {
      stackSetName: name,
      description: 'cloud-posture',
      permissionModel: 'SERVICE_MANAGED',
      callAs,
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      managedExecution: { Active: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      templateBody,
      parameters: Object.entries(parameters).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue })),
      // An account that fails is named by the next audit; it shall not keep the others from being audited.
      operationPreferences: { failureTolerancePercentage: 100, maxConcurrentPercentage: 100, regionConcurrencyType: 'PARALLEL' },
      stackInstancesGroup: [
        {
          deploymentTargets: {
            organizationalUnitIds: [...organization.units],
            accountFilterType: 'DIFFERENCE',
            accounts: [...new Set([Aws.ACCOUNT_ID, ...organization.exclude])],
          },
          regions: [...regions],
        },
      ],
    });
  }
}

interface StackSetDefinition {
  readonly name: string;
  readonly template: object;
  readonly regions: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly organization: Organization;
  readonly callAs: CallAs;
}
