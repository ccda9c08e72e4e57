import { Aws } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Audited } from '../config/config.ts';
import { BUS, TAMPERING_RULE } from './names.ts';
import { toSenders } from './senders.ts';
import { TAMPERING } from './tampering.ts';

export interface HubBusProps {
  readonly audited: Audited;
  readonly operations: ITopic;
  readonly key: IKey;
}

/**
 * Where all accounts and regions send what touches us. It goes to the operations topic by a rule alone, and so still does when the functions that judge
 * events are what was touched.
 */
export class HubBus extends Construct {
  constructor(scope: Construct, id: string, { audited, operations, key }: HubBusProps) {
    super(scope, id);
    const bus = new EventBus(this, 'Bus', {
      eventBusName: BUS,
      description: 'Events of all accounts and regions that concern the posture',
    });
    const senders = toSenders(audited);
    if (senders)
      bus.addToResourcePolicy(
        new PolicyStatement({ sid: 'AuditedAccounts', actions: ['events:PutEvents'], resources: [bus.eventBusArn], ...senders }),
      );

    // With a role of its own the rule needs neither the topic's nor the key's policy, where EventBridge could not be held to one rule.
    const role = new Role(this, 'Role', {
      roleName: TAMPERING_RULE,
      assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    role.addToPolicy(new PolicyStatement({ sid: 'Publish', actions: ['sns:Publish'], resources: [operations.topicArn] }));
    role.addToPolicy(new PolicyStatement({ sid: 'TopicKey', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }));
    new Rule(this, 'Tampering', {
      eventBus: bus,
      ruleName: TAMPERING_RULE,
      description: 'Tells who touched cloud-posture itself',
      // Nobody but AWS may put events of these sources on a bus.
      eventPattern: { source: TAMPERING.map(({ source }) => source) },
      targets: [{ bind: () => ({ arn: operations.topicArn, role, input: toText() }) }],
    });
  }
}

function toText(): RuleTargetInput {
  const field = (path: string) => EventField.fromPath(path);
  return RuleTargetInput.fromMultilineText(
    [
      `cloud-posture itself was touched: ${field('$.detail.eventName')} (${field('$.detail.eventSource')})`,
      `Who:     ${field('$.detail.userIdentity.arn')} from ${field('$.detail.sourceIPAddress')}`,
      `When:    ${field('$.detail.eventTime')}`,
      `Where:   account ${field('$.account')}, ${field('$.region')}`,
      `Refused: ${field('$.detail.errorCode')} (empty: it was not)`,
      `Event:   ${field('$.detail.eventID')} in CloudTrail`,
      'If this was no deployment of yours: docs/runbook.md, section Tampering.',
    ].join('\n'),
  );
}
