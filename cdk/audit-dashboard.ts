import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, type IWidget, SingleValueWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { MetricName } from '../functions/metrics.ts';
import type { FunctionName } from './function-permissions.ts';
import { postureMetric } from './metrics.ts';
import { DASHBOARD } from './names.ts';

export interface AuditDashboardProps {
  readonly machine: IStateMachine;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly undelivered: IQueue;
}

const HOUR = Duration.hours(1);

/** The posture over time, and whether the audit itself is well. */
export class AuditDashboard extends Construct {
  constructor(scope: Construct, id: string, { machine, functions, undelivered }: AuditDashboardProps) {
    super(scope, id);
    const queue = undelivered.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: HOUR, label: 'Messages' });
    new Dashboard(this, 'Dashboard', {
      dashboardName: DASHBOARD,
      defaultInterval: Duration.days(14),
      widgets: [
        [
          new SingleValueWidget({
            title: 'Open now',
            width: 24,
            height: 4,
            metrics: [
              of('OpenCritical', 'Critical'),
              of('OpenHigh', 'High'),
              of('OpenOther', 'Medium and below'),
              of('UnknownShare', 'Unknown, %'),
            ],
          }),
        ],
        [
          graph(
            'Open findings by severity',
            [of('OpenCritical', 'Critical'), of('OpenHigh', 'High'), of('OpenOther', 'Medium and below')],
            true,
          ),
          graph('What was not seen', [
            of('UnknownShare', 'Unknown, %'),
            of('ScopesFailed', 'Scopes failed'),
            of('AccountsRefused', 'Accounts refused'),
          ]),
        ],
        [graph('Seconds an audit took', [of('AuditSeconds', 'Seconds')]), graph('Calls to AWS per audit', [of('ApiCalls', 'Calls')])],
        [
          graph('Audits', [
            machine.metricSucceeded({ period: HOUR, label: 'Ended' }),
            machine.metricFailed({ period: HOUR, label: 'Failed' }),
            machine.metricTimedOut({ period: HOUR, label: 'Timed out' }),
            machine.metricAborted({ period: HOUR, label: 'Stopped' }),
            postureMetric('AuditsSkipped', { statistic: 'sum', period: HOUR, label: 'Skipped' }),
          ]),
          graph(
            'Errors of functions',
            Object.entries(functions).map(([label, each]) => each.metricErrors({ period: HOUR, label })),
          ),
        ],
        [
          graph('Undelivered', [queue]),
          graph('Milliseconds that changes wait to be told', [
            functions.notify.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: HOUR, label: 'Oldest change' }),
          ]),
        ],
      ],
    });
  }
}

function of(name: MetricName, label: string): IMetric {
  return postureMetric(name, { statistic: 'max', period: HOUR, label });
}

function graph(title: string, left: IMetric[], stacked = false): IWidget {
  return new GraphWidget({ title, left, stacked, width: 12, height: 6, leftYAxis: { min: 0 } });
}
