import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import { auditDefinition } from './audit-definition.ts';
import { keptLog } from './kept-log.ts';
import { MACHINE, MACHINE_ROLE } from './names.ts';

export interface AuditMachineProps {
  readonly plan: IFunction;
  readonly scan: IFunction;
  readonly summarize: IFunction;
  readonly jobs: IBucket;
  readonly concurrency: number;
  readonly retention: RetentionDays;
}

/** ARN of the state machine by its name: its own role and its planner need it before it is there. */
export function machineArn(of: 'stateMachine' | 'execution'): string {
  return `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:${of}:${MACHINE}`;
}

/** The state machine that runs an audit. */
export class AuditMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { plan, scan, summarize, jobs, concurrency, retention }: AuditMachineProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: MACHINE_ROLE,
      assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    const functions = [plan, scan, summarize].map(({ functionArn }) => functionArn);
    const definition = auditDefinition({
      plan: plan.functionArn,
      scan: scan.functionArn,
      summarize: summarize.functionArn,
      partition: Aws.PARTITION,
      concurrency,
    });
    const objects = jobs.arnForObjects('runs/*');
    const children = `${machineArn('execution')}:*`;
    for (const statement of statements({ functions, objects, children })) role.addToPolicy(statement);
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: MACHINE,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      role,
      logs: {
        destination: keptLog(this, 'Log', { name: `/aws/vendedlogs/states/${MACHINE}`, retention }),
        level: LogLevel.ERROR,
        includeExecutionData: true,
      },
    });
    acknowledgeWildcard(role, objects, 'The objects of a run are named after it.');
    acknowledgeWildcard(role, children, 'The children of a map are executions whose names nobody knows before.');
    acknowledgeWildcard(role, '*', 'Delivery of logs takes no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html');
    acknowledge(
      this.machine,
      'AwsSolutions-SF1',
      'Errors are logged. All events of thousands of children a day would cost more than the audit, and say what the functions log.',
    );
    acknowledge(
      this.machine,
      'AwsSolutions-SF2',
      'The map starts up to thousands of children a run; logs and metrics have their times and counts, and tracing them would cost more than running them.',
    );
  }
}

/** What a machine with a distributed map needs: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
function statements({ functions, objects, children }: Touched): readonly PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'Invoke', actions: ['lambda:InvokeFunction'], resources: functions }),
    new PolicyStatement({ sid: 'StartChildren', actions: ['states:StartExecution'], resources: [machineArn('stateMachine')] }),
    new PolicyStatement({ sid: 'FollowChildren', actions: ['states:DescribeExecution'], resources: [children] }),
    new PolicyStatement({
      sid: 'JobFiles',
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      resources: [objects],
    }),
  ];
}

interface Touched {
  readonly functions: string[];
  readonly objects: string;
  readonly children: string;
}
