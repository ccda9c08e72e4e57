import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Config } from '../config/config.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { Alarms } from './alarms.ts';
import { AuditDashboard } from './audit-dashboard.ts';
import { AuditMachine } from './audit-machine.ts';
import { AuditSchedule } from './audit-schedule.ts';
import { EventIntake } from './event-intake.ts';
import { FindingsTable } from './findings-table.ts';
import { functionTargets } from './function-targets.ts';
import { HubBus } from './hub-bus.ts';
import { JobBucket } from './job-bucket.ts';
import { NAMESPACE, SERVICE } from './metrics.ts';
import { PREFIX } from './names.ts';
import { PostureFunctions } from './posture-functions.ts';
import { Topics } from './topics.ts';
import { setAsideIn, Undelivered } from './undelivered.ts';

export interface HubStackProps extends StackProps {
  readonly config: Config;
  /** Folder of the bundled functions. */
  readonly asset: string;
  readonly externalId: string;
}

/** Everything that stands once, in the account and region from which the others are audited. */
export class HubStack extends Stack {
  constructor(scope: Construct, id: string, { config, asset, externalId, ...props }: HubStackProps) {
    super(scope, id, { description: 'cloud-posture: audits accounts several times a day', ...props });
    const { audited, deployment, schedule, securityHub, subscribers, tailoring } = config;
    const retention = deployment.logRetentionDays;
    const key = new Key(this, 'Key', {
      alias: PREFIX,
      description: 'Findings and who is told of them',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { table } = new FindingsTable(this, 'Findings', { key });
    const topics = new Topics(this, 'Topics', { key, subscribers });
    const { bucket } = new JobBucket(this, 'Jobs');
    const { queue } = new Undelivered(this, 'Undelivered');
    const intake = new EventIntake(this, 'Intake', { audited, undelivered: queue });

    const { byName } = new PostureFunctions(this, 'Functions', {
      asset,
      circumstances: { audited: audited.kind, securityHub, units: tailoring.namesUnits },
      targets: functionTargets({ table, bucket, topic: topics.findings, events: intake.queue, audited, roleName: deployment.roleName }),
      keyArn: key.keyArn,
      retention,
      undelivered: queue,
      environment: {
        POSTURE_TABLE: table.tableName,
        POSTURE_TOPIC: topics.findings.topicArn,
        POSTURE_BUCKET: bucket.bucketName,
        POSTURE_EVENTS: intake.queue.queueUrl,
        POSTURE_ROLE: deployment.roleName,
        POSTURE_EXTERNAL_ID: externalId,
        POSTURE_PARTITION: Aws.PARTITION,
        POSTURE_SECURITY_HUB: securityHub ? 'on' : 'off',
        POWERTOOLS_SERVICE_NAME: SERVICE,
        POWERTOOLS_METRICS_NAMESPACE: NAMESPACE,
      },
    });
    const { react, notify, confirm } = byName;
    intake.judgedBy(react);
    notify.addEventSource(
      new DynamoEventSource(table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 25,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 10,
        maxRecordAge: Duration.hours(6),
        onFailure: setAsideIn(queue),
        filters: [changedFinding(securityHub), UNTOLD_ACTIVITY].map((NewImage) => FilterCriteria.filter({ dynamodb: { NewImage } })),
      }),
    );
    if (notify.role)
      acknowledgeWildcard(notify.role, '*', 'dynamodb:ListStreams, which Lambda asks for, is granted without a resource by AWS itself.');
    topics.findings.addSubscription(new LambdaSubscription(confirm, { deadLetterQueue: queue }));

    const { machine } = new AuditMachine(this, 'Audit', { ...byName, jobs: bucket, concurrency: deployment.concurrency, retention });
    new AuditSchedule(this, 'Schedule', { schedule, machine, undelivered: queue });
    new HubBus(this, 'Events', { audited, operations: topics.operations, key });
    new Alarms(this, 'Alarms', {
      operations: topics.operations,
      machine,
      functions: byName,
      undelivered: queue,
      events: intake.queue,
      schedule,
    });
    new AuditDashboard(this, 'Dashboard', { machine, functions: byName, undelivered: queue });

    this.tell({
      Table: table.tableName,
      Topic: topics.findings.topicArn,
      OperationsTopic: topics.operations.topicArn,
      JobBucket: bucket.bucketName,
      StateMachine: machine.stateMachineArn,
      UndeliveredQueue: queue.queueUrl,
      AuditRole: deployment.roleName,
      ExternalId: externalId,
    });
  }

  private tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

/** What somebody did that cannot wait for a digest. */
const UNTOLD_ACTIVITY = { pk: { S: [{ prefix: 'ACTIVITY#' }] }, unannounced: { BOOL: [true] } };

/** Security Hub gets every change of a finding; people only what is to be told. */
function changedFinding(securityHub: boolean): object {
  const finding = { sk: { S: ['FINDING'] } };
  return securityHub ? finding : { ...finding, unannounced: { BOOL: [true] } };
}
