import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnRule, EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Audited } from '../config/config.ts';
import { EVENTS_BUS, EVENTS_RULE } from './names.ts';
import { REACT_SECONDS } from './posture-functions.ts';
import { toSenders } from './senders.ts';

export interface EventIntakeProps {
  readonly audited: Audited;
  /** Where an event ends that could not be judged, however often it was tried. */
  readonly undelivered: IQueue;
}

/** Attempts at an event before it is set aside. */
const ATTEMPTS = 5;
/** As many as a reaction judges at once: what they touch together is read once. */
const BATCH = 100;
/** Each of them looks at what an event touched unless another has: a burst costs no more looks than there are of them. */
const CONCURRENT_REACTIONS = 5;

/** Where all accounts and regions send what happens in them, and the queue from which it is judged. */
export class EventIntake extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { audited, undelivered }: EventIntakeProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: EVENTS_BUS,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the function's, as Lambda asks: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * REACT_SECONDS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: undelivered, maxReceiveCount: ATTEMPTS },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const bus = new EventBus(this, 'Bus', { eventBusName: EVENTS_BUS, description: 'What happens in all accounts and regions' });
    const senders = toSenders(audited);
    if (senders)
      bus.addToResourcePolicy(
        new PolicyStatement({ sid: 'AuditedAccounts', actions: ['events:PutEvents'], resources: [bus.eventBusArn], ...senders }),
      );
    const rule = new CfnRule(this, 'Rule', {
      eventBusName: bus.eventBusName,
      name: EVENTS_RULE,
      description: 'Puts events in line to be judged',
      // The account's id stands in every event, but only AWS may name itself as its source: what others put on the bus is not judged.
      eventPattern: { source: [{ prefix: 'aws.' }] },
      // Or what only reads, which the rules of the regions chose, would be kept back here: the construct for rules does not know this state.
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      targets: [{ id: 'Queue', arn: this.queue.queueArn, deadLetterConfig: { arn: undelivered.queueArn } }],
    });
    // A queue that a rule sends to lets in exactly that rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    for (const queue of [this.queue, undelivered])
      queue.addToResourcePolicy(
        new PolicyStatement({
          sid: 'Events',
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
        }),
      );
  }

  /** Has a function judge what comes. */
  judgedBy(react: IFunction): void {
    react.addToRolePolicy(
      new PolicyStatement({
        sid: 'Judged',
        actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        resources: [this.queue.queueArn],
      }),
    );
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: react,
      eventSourceArn: this.queue.queueArn,
      batchSize: BATCH,
      // Batches of more than ten are only made while some time passes.
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      maxConcurrency: CONCURRENT_REACTIONS,
    });
    if (react.role) mapping.node.addDependency(react.role);
  }
}
