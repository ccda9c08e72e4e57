import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Schedule } from '../config/config.ts';
import type { FunctionName } from './function-permissions.ts';
import { postureMetric } from './metrics.ts';
import { PREFIX } from './names.ts';
import { overdueAfterHours } from './overdue.ts';

export interface AlarmsProps {
  readonly operations: ITopic;
  readonly machine: IStateMachine;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly undelivered: IQueue;
  /** What waits to be judged. */
  readonly events: IQueue;
  readonly schedule: Schedule;
}

interface Definition {
  /** Of the alarm, after our prefix, and of its section in the runbook. */
  readonly name: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods?: number;
  readonly missing: TreatMissingData;
  readonly comparison?: ComparisonOperator;
}

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);
/** Percent of evaluations. */
const UNKNOWN_SHARE = 5;
const BEHIND = Duration.minutes(15);
const ERRORS_AN_HOUR = 5;
/**
 * Each metric is silent until something happens. `a + b` is silent where one of them is, which FILL may not mend for one that has never said
 * anything; the sum of an array is not. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
const SUM_OF_ALL = 'SUM(FILL(METRICS(), 0))';

/**
 * What is wrong with the audit itself goes to the operations topic, and again when it is right. CloudWatch asks for ten cents a month and metric
 * that an alarm looks at, after the first ten of an account: errors of plan, scan and summarize have no alarm of their own, since those that
 * retries did not heal show in failed audits and scopes.
 */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { operations } = props;
    const definitions = [...ofAudits(props), ...ofCoverage(), ...ofTelling(props)];
    this.alarms = definitions.map((definition) => this.addAlarm(definition));
    const action = new SnsAction(operations);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }

  private addAlarm({ name, says, metric, threshold, periods, missing, comparison }: Definition): Alarm {
    const alarmName = `${PREFIX}-${name}`;
    const props: AlarmProps = {
      alarmName,
      alarmDescription: `${says} What to do: docs/runbook.md, section "${alarmName}".`,
      metric,
      threshold,
      evaluationPeriods: periods ?? 1,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing,
    };
    return new Alarm(this, name, props);
  }
}

const { BREACHING, IGNORE, NOT_BREACHING } = TreatMissingData;

function ofAudits({ machine, schedule }: AlarmsProps): readonly Definition[] {
  const period = FIVE_MINUTES;
  const ended = {
    failed: machine.metricFailed({ period }),
    timedOut: machine.metricTimedOut({ period }),
    aborted: machine.metricAborted({ period }),
  };
  const hours = overdueAfterHours(schedule);
  return [
    {
      name: 'audit-failed',
      says: 'An audit failed, ran out of time or was stopped.',
      metric: new MathExpression({
        expression: SUM_OF_ALL,
        usingMetrics: ended,
        period,
        label: 'Audits that failed',
      }),
      threshold: 1,
      missing: NOT_BREACHING,
    },
    ...(hours === undefined
      ? []
      : [
          {
            name: 'audit-overdue',
            says: `No audit has ended for ${hours} hours.`,
            metric: postureMetric('AuditSeconds', { statistic: 'count', period: HOUR }),
            threshold: 1,
            periods: hours,
            comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
            missing: BREACHING,
          },
        ]),
    {
      name: 'audit-skipped',
      says: 'An audit was skipped because the one before it was still running.',
      metric: postureMetric('AuditsSkipped', { statistic: 'sum', period: HOUR }),
      threshold: 1,
      missing: NOT_BREACHING,
    },
  ];
}

/** An audit says these once, at its end, and they stand until the next. */
function ofCoverage(): readonly Definition[] {
  return [
    {
      name: 'scopes-failed',
      says: 'The last audit did not get through some accounts and regions.',
      metric: postureMetric('ScopesFailed', { statistic: 'max', period: HOUR }),
      threshold: 1,
      missing: IGNORE,
    },
    {
      name: 'accounts-refused',
      says: 'The last audit could not enter some accounts.',
      metric: postureMetric('AccountsRefused', { statistic: 'max', period: HOUR }),
      threshold: 1,
      missing: IGNORE,
    },
    {
      name: 'unknown-share',
      says: `${UNKNOWN_SHARE} % or more of what the last audit judged is UNKNOWN: something could not be read.`,
      metric: postureMetric('UnknownShare', { statistic: 'max', period: HOUR }),
      threshold: UNKNOWN_SHARE,
      missing: IGNORE,
    },
  ];
}

function ofTelling({ functions: { react, notify, confirm }, undelivered, events }: AlarmsProps): readonly Definition[] {
  const errors = {
    react: react.metricErrors({ period: HOUR }),
    notify: notify.metricErrors({ period: HOUR }),
    confirm: confirm.metricErrors({ period: HOUR }),
  };
  return [
    {
      name: 'notify-behind',
      says: `Changes have been waiting for ${BEHIND.toMinutes()} minutes or more to be told.`,
      metric: notify.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      threshold: BEHIND.toMilliseconds(),
      periods: 2,
      missing: NOT_BREACHING,
    },
    {
      name: 'react-behind',
      says: `Events have been waiting for ${BEHIND.toMinutes()} minutes or more to be judged.`,
      metric: events.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      threshold: BEHIND.toSeconds(),
      periods: 2,
      missing: NOT_BREACHING,
    },
    {
      name: 'function-errors',
      says: `The functions that judge and tell of changes failed ${ERRORS_AN_HOUR} times or more within an hour.`,
      metric: new MathExpression({
        expression: SUM_OF_ALL,
        usingMetrics: errors,
        period: HOUR,
        label: 'Errors of react, notify and confirm',
      }),
      threshold: ERRORS_AN_HOUR,
      missing: NOT_BREACHING,
    },
    {
      name: 'undelivered',
      says: 'Something was given up: an audit that could not be started, an event that could not be judged, a change that could not be told, or a receipt.',
      metric: undelivered.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      threshold: 1,
      missing: NOT_BREACHING,
    },
  ];
}
