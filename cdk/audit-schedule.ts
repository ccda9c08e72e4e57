import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Schedule } from '../config/config.ts';
import { SCHEDULE, SCHEDULE_ROLE } from './names.ts';

export interface AuditScheduleProps {
  readonly schedule: Schedule;
  readonly machine: IStateMachine;
  /** Where starts go that failed for an hour. */
  readonly undelivered: IQueue;
}

/** Begins an audit several times a day. */
export class AuditSchedule extends Construct {
  constructor(scope: Construct, id: string, { schedule, machine, undelivered }: AuditScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: SCHEDULE_ROLE,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    role.addToPolicy(new PolicyStatement({ sid: 'Start', actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }));
    role.addToPolicy(new PolicyStatement({ sid: 'SetAside', actions: ['sqs:SendMessage'], resources: [undelivered.queueArn] }));
    const started = new CfnSchedule(this, 'Schedule', {
      name: SCHEDULE,
      description: 'Begins an audit',
      scheduleExpression: schedule.expression,
      scheduleExpressionTimezone: schedule.timezone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: machine.stateMachineArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: undelivered.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: Duration.hours(1).toSeconds(), maximumRetryAttempts: 10 },
      },
    });
    // A schedule may fire as soon as it is there, and its role is made of two resources.
    started.node.addDependency(role);
  }
}
