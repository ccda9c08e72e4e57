import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, FilterCriteria, Function as LambdaFunction, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';

export interface SmallApp {
  readonly outdir: string;
  /** Folder with the code of the functions. */
  readonly code: string;
  readonly account: string;
  readonly region: string;
}

/** Synthesizes the stack `small`: a table, a topic, a queue, a state machine and four functions. */
export function synthesizeSmallApp({ outdir, code, account, region }: SmallApp): void {
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'small', { env: { account, region } });
  const key = { name: 'pk', type: AttributeType.STRING };
  const table = new Table(stack, 'Table', { partitionKey: key, stream: StreamViewType.NEW_AND_OLD_IMAGES });
  const topic = new Topic(stack, 'Topic');
  const queue = new Queue(stack, 'Queue');
  const named = (name: string) =>
    new LambdaFunction(stack, name, {
      functionName: `small-${name}`,
      runtime: Runtime.NODEJS_22_X,
      handler: `${name}.handler`,
      code: Code.fromAsset(code),
      environment: {
        POSTURE_TABLE: table.tableName,
        POSTURE_TOPIC: topic.topicArn,
        POSTURE_BUCKET: 'none',
        POSTURE_EVENTS: queue.queueUrl,
      },
    });
  named('notify').addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.LATEST,
      batchSize: 2,
      retryAttempts: 2,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: { told: { BOOL: [false] } } } })],
    }),
  );
  named('react').addEventSource(new SqsEventSource(queue, { batchSize: 2, reportBatchItemFailures: true }));
  topic.addSubscription(new LambdaSubscription(named('confirm')));
  const task = new LambdaInvoke(stack, 'Plan', { lambdaFunction: named('plan'), outputPath: '$.Payload' });
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(task) });
  app.synth();
}
