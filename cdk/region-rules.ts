import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnRule, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EventRule } from './event-rules.ts';
import { BUS, EVENTS_BUS, EVENTS_RULE, FORWARD_ROLE, GLOBAL_REGIONS, TAMPERING_RULE } from './names.ts';
import { TAMPERING, toPattern } from './tampering.ts';

export interface RegionRulesProps {
  readonly hubAccount: string;
  readonly hubRegion: string;
  /** Of the audit role. */
  readonly roleName: string;
  /** What the hub wants to be told of. */
  readonly events: readonly EventRule[];
}

/** What a region tells the hub: an event is seen only by rules of the region that it happened in. */
export class RegionRules extends Construct {
  constructor(scope: Construct, id: string, { hubAccount, hubRegion, roleName, events }: RegionRulesProps) {
    super(scope, id);
    const busArn = (name: string) => `arn:${Aws.PARTITION}:events:${hubRegion}:${hubAccount}:event-bus/${name}`;
    const role = new Role(this, 'Role', {
      roleName: `${FORWARD_ROLE}${Aws.REGION}`,
      description: 'Sends events to the hub',
      assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    const bus = EventBus.fromEventBusArn(this, 'Hub', busArn(BUS));
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
    role.addToPolicy(new PolicyStatement({ sid: 'Events', actions: ['events:PutEvents'], resources: [busArn(EVENTS_BUS)] }));
    this.addEventRules(events, role, busArn(EVENTS_BUS));
  }

  /** The construct for rules knows two states; there is a third. */
  private addEventRules(events: readonly EventRule[], role: Role, arn: string): void {
    const global = new CfnCondition(this, 'GlobalRegion', {
      expression: Fn.conditionOr(...GLOBAL_REGIONS.map((region) => Fn.conditionEquals(Aws.REGION, region))),
    });
    for (const { name, description, pattern, where, events: delivered } of events) {
      const rule = new CfnRule(this, `Events-${name}`, {
        name: `${EVENTS_RULE}-${name}`,
        description,
        eventPattern: onOneLine(pattern),
        state: delivered === 'all' ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED',
        targets: [{ id: 'Hub', arn, roleArn: role.roleArn }],
      });
      if (where === 'global region') rule.cfnOptions.condition = global;
      rule.node.addDependency(role);
    }
  }
}

/** A list shorter than this stands as it is. */
const LONG_LIST = 4;

/**
 * The same pattern, its long lists of names as one string that CloudFormation splits: the CDK's command line sends YAML, in which each name would take an
 * indented line, and the template of a region that is not bootstrapped would be too long.
 */
function onOneLine(value: unknown): unknown {
  if (Array.isArray(value)) {
    const names = value.every((item) => typeof item === 'string');
    return names && value.length >= LONG_LIST ? { 'Fn::Split': [',', value.join(',')] } : value.map(onOneLine);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, onOneLine(inner)]));
}
