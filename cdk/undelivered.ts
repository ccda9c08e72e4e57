import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { UNDELIVERED } from './names.ts';

/**
 * Where everything ends that was tried as often as it may be: audits that could not be started, changes that could not be told, receipts that
 * could not be written down. One queue and one alarm: each message says where it comes from.
 */
export class Undelivered extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: UNDELIVERED,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/**
 * A queue as the end of what a function could not get done of an event source. Lambda needs to send to it; the CDK's own would allow more.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function setAsideIn(queue: IQueue): IEventSourceDlq {
  return {
    bind(_source, handler) {
      handler.addToRolePolicy(new PolicyStatement({ sid: 'SetAside', actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
      return { destination: queue.queueArn };
    },
  };
}
