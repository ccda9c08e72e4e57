import { Aws, CfnStackSet, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Audited } from '../config/config.ts';
import { INLINE_BYTES } from './account-templates.ts';

type Organization = Extract<Audited, { kind: 'organization' }>;

/** In whose name StackSets is called: `SELF` in the management account. */
export type CallAs = 'DELEGATED_ADMIN' | 'SELF';

export interface OrganizationStackProps extends StackProps {
  readonly organization: Organization;
  /** Of the stack set, and so of its stacks. */
  readonly name: string;
  /** What each account gets: see AccountTemplates. */
  readonly template: object;
  readonly parameters: Readonly<Record<string, string>>;
  /** Where each account gets it. */
  readonly regions: readonly string[];
  readonly callAs: CallAs;
}

/**
 * A stack in all accounts of an organization, and in each new one when it is born. StackSets leaves out the management account whatever one
 * says, and the hub's account has its own already.
 * @throws Error for a template that is too large to be given inline
 */
export class OrganizationStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { organization, name, template, parameters, regions, callAs, ...props }: OrganizationStackProps,
  ) {
    super(scope, id, { ...props });
    const templateBody = JSON.stringify(template);
    if (Buffer.byteLength(templateBody) > INLINE_BYTES) throw new Error(`the template ${name} has more than ${INLINE_BYTES} bytes`);
    new CfnStackSet(this, 'StackSet', {
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
