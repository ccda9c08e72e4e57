import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionFilter, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SEVERITIES, type Severity } from '../checks/check.ts';
import type { Subscriber } from '../config/written-config.ts';
import { OPERATIONS_TOPIC, TOPIC } from './names.ts';

export interface TopicsProps {
  readonly key: Key;
  readonly subscribers: readonly Subscriber[];
}

/** One topic for findings and digests, one for what is wrong with the audit itself. */
export class Topics extends Construct {
  readonly findings: Topic;
  readonly operations: Topic;

  constructor(scope: Construct, id: string, { key, subscribers }: TopicsProps) {
    super(scope, id);
    this.findings = this.addTopic('Findings', TOPIC, key);
    this.operations = this.addTopic('Operations', OPERATIONS_TOPIC, key);
    this.letAlarmsPublish(key);
    for (const [index, subscriber] of subscribers.entries()) {
      const to = toEnd(subscriber);
      const { severity } = subscriber;
      new Subscription(this, `Subscriber${index + 1}`, {
        topic: this.findings,
        ...to,
        ...(severity === undefined
          ? {}
          : { filterPolicy: { severity: SubscriptionFilter.stringFilter({ allowlist: [...atOrAbove(severity)] }) } }),
      });
      if (subscriber.alarms !== false) new Subscription(this, `Operator${index + 1}`, { topic: this.operations, ...to });
    }
  }

  private addTopic(id: string, topicName: string, masterKey: IKey): Topic {
    return new Topic(this, id, { topicName, masterKey, enforceSSL: true });
  }

  /**
   * A topic with a policy of its own no longer lets the account's services in, and a topic with a key needs them in the key's policy too:
   * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
   */
  private letAlarmsPublish(key: Key): void {
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    const conditions = {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*` },
    };
    const sid = 'AlarmsPublish';
    this.operations.addToResourcePolicy(
      new PolicyStatement({ sid, principals, actions: ['sns:Publish'], resources: [this.operations.topicArn], conditions }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({ sid, principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'], conditions }),
    );
  }
}

/** Messages carry their severity as a text, which a filter cannot compare: it lists what it lets through. */
export function atOrAbove(severity: Severity): readonly Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1);
}

function toEnd({ email, https, sqs, lambda }: Subscriber) {
  if (email !== undefined) return { protocol: SubscriptionProtocol.EMAIL, endpoint: email };
  if (https !== undefined) return { protocol: SubscriptionProtocol.HTTPS, endpoint: https };
  if (sqs !== undefined) return { protocol: SubscriptionProtocol.SQS, endpoint: sqs };
  return { protocol: SubscriptionProtocol.LAMBDA, endpoint: lambda ?? '' };
}
