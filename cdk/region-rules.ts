import { Aws } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BUS, FORWARD_ROLE, TAMPERING_RULE } from './names.ts';
import { TAMPERING, toPattern } from './tampering.ts';

export interface RegionRulesProps {
  readonly hubAccount: string;
  readonly hubRegion: string;
  /** Of the audit role. */
  readonly roleName: string;
}

/** What a region tells the hub: an event is seen only by rules of the region that it happened in. */
export class RegionRules extends Construct {
  constructor(scope: Construct, id: string, { hubAccount, hubRegion, roleName }: RegionRulesProps) {
    super(scope, id);
    const busArn = `arn:${Aws.PARTITION}:events:${hubRegion}:${hubAccount}:event-bus/${BUS}`;
    const role = new Role(this, 'Role', {
      roleName: `${FORWARD_ROLE}${Aws.REGION}`,
      description: 'Sends events to the hub',
      assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    const bus = EventBus.fromEventBusArn(this, 'Hub', busArn);
    for (const tampering of TAMPERING) {
      const rule = new Rule(this, tampering.name, {
        ruleName: `${TAMPERING_RULE}-${tampering.name}`,
        description: 'Notices who touches cloud-posture itself',
        eventPattern: toPattern(tampering, roleName),
        targets: [new EventBusTarget(bus, { role })],
      });
      // EventBridge refuses a target whose role does not let it through yet.
      rule.node.addDependency(role);
    }
  }
}
