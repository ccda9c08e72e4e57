import { Stack, type StackProps } from 'aws-cdk-lib';
import * as cxapi from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { RegionRules, type RegionRulesProps } from './region-rules.ts';

export interface RegionStackProps extends StackProps, RegionRulesProps {}

/** What a region of an audited account has: the rules that tell the hub what happens there. */
export class RegionStack extends Stack {
  constructor(scope: Construct, id: string, { hubAccount, hubRegion, roleName, events, ...props }: RegionStackProps) {
    super(scope, id, {
      description: 'cloud-posture: tells the hub what happens in this region',
      // It is given inline, for its region need not be bootstrapped: then it must be short.
      suppressTemplateIndentation: true,
      ...props,
    });
    this.node.setContext(cxapi.PATH_METADATA_ENABLE_CONTEXT, false);
    new RegionRules(this, 'Events', { hubAccount, hubRegion, roleName, events });
  }
}
