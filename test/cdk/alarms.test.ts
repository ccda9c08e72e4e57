import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { toMetrics } from '../../functions/metrics.ts';
import { hubTemplate, propertiesOf } from './synthesized.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
const headings = new Set([...runbook.matchAll(/^## `?([\w-]+)`?$/gm)].map(([, heading]) => heading));

const Stat = z.object({ MetricStat: z.object({ Metric: z.object({ Namespace: z.string(), MetricName: z.string() }) }) });
const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  OKActions: z.array(z.unknown()),
  TreatMissingData: z.string(),
  Threshold: z.number(),
  ComparisonOperator: z.string(),
  EvaluationPeriods: z.number(),
  Period: z.number().optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Metrics: z.array(z.looseObject({})).optional(),
});

let template: Template;
let alarms: readonly z.infer<typeof Alarm>[];
beforeAll(() => {
  template = hubTemplate();
  alarms = Object.values(propertiesOf(template, 'AWS::CloudWatch::Alarm')).map((each) => Alarm.parse(each));
}, 120_000);

function metricsOf({ Namespace, MetricName, Metrics = [] }: z.infer<typeof Alarm>): readonly string[] {
  if (MetricName !== undefined) return [`${Namespace}/${MetricName}`];
  return Metrics.flatMap((each) => {
    const stat = Stat.safeParse(each);
    return stat.success ? [`${stat.data.MetricStat.Metric.Namespace}/${stat.data.MetricStat.Metric.MetricName}`] : [];
  });
}

describe('alarms', () => {
  test('watch everything that may go wrong with an audit', () => {
    expect(Object.fromEntries(alarms.map((alarm) => [alarm.AlarmName.replace('cloud-posture-', ''), metricsOf(alarm)]))).toEqual({
      'audit-failed': ['AWS/States/ExecutionsFailed', 'AWS/States/ExecutionsTimedOut', 'AWS/States/ExecutionsAborted'],
      'audit-overdue': ['CloudPosture/AuditSeconds'],
      'audit-skipped': ['CloudPosture/AuditsSkipped'],
      'scopes-failed': ['CloudPosture/ScopesFailed'],
      'accounts-refused': ['CloudPosture/AccountsRefused'],
      'unknown-share': ['CloudPosture/UnknownShare'],
      'notify-behind': ['AWS/Lambda/IteratorAge'],
      'function-errors': ['AWS/Lambda/Errors', 'AWS/Lambda/Errors', 'AWS/Lambda/Errors'],
      'react-behind': ['AWS/SQS/ApproximateAgeOfOldestMessage'],
      undelivered: ['AWS/SQS/ApproximateNumberOfMessagesVisible'],
    });
  });

  test('are no more than ten', () => {
    expect(alarms.length).toBeLessThanOrEqual(10);
  });

  test('go to the operations topic, and tell when all is well again', () => {
    const operations = [{ Ref: expect.stringMatching(/^TopicsOperations/) }];
    for (const { AlarmActions, OKActions } of alarms) expect([AlarmActions, OKActions]).toEqual([operations, operations]);
  });

  test('name their section of the runbook, and it is there', () => {
    for (const { AlarmName, AlarmDescription } of alarms) {
      expect(AlarmDescription).toContain(`docs/runbook.md, section "${AlarmName}"`);
      expect(headings).toContain(AlarmName);
    }
    expect(headings).toContain('Tampering');
  });

  test('take silence for trouble only where there should be none, and keep what an audit said until the next', () => {
    expect(
      Object.fromEntries(alarms.map(({ AlarmName, TreatMissingData }) => [AlarmName.replace('cloud-posture-', ''), TreatMissingData])),
    ).toMatchObject({
      'audit-overdue': 'breaching',
      'scopes-failed': 'ignore',
      'accounts-refused': 'ignore',
      'unknown-share': 'ignore',
      'audit-failed': 'notBreaching',
      undelivered: 'notBreaching',
    });
  });

  test('audits are overdue after two intervals of the schedule', () => {
    const overdue = alarms.find(({ AlarmName }) => AlarmName === 'cloud-posture-audit-overdue');
    expect(overdue).toMatchObject({ Period: 3_600, EvaluationPeriods: 13, Threshold: 1, ComparisonOperator: 'LessThanThreshold' });
  });
});

test('alarms and dashboard look at what the functions say, by its name, namespace and dimension', () => {
  const said = Object.keys(
    toMetrics({
      ...{ runId: '', accounts: 0, accountsRefused: 0, scopes: 0, scopesFailed: 0, resources: 0, evaluations: 0, unknown: 0, crashed: 0 },
      open: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0 },
      ...{
        opened: 0,
        excepted: 0,
        lapsed: 0,
        resolved: 0,
        reopened: 0,
        calls: 0,
        throttles: 0,
        durationSeconds: 0,
        digest: 'nothing to tell',
      },
    }),
  );
  const dashboard = JSON.stringify(propertiesOf(template, 'AWS::CloudWatch::Dashboard')).replaceAll('\\"', '"');
  for (const name of [...said, 'AuditsSkipped']) expect(dashboard).toContain(`["CloudPosture","${name}","service","cloud-posture"`);
  const own = alarms.filter(({ Namespace }) => Namespace === 'CloudPosture');
  expect(own.filter(({ MetricName }) => ![...said, 'AuditsSkipped'].includes(MetricName ?? ''))).toEqual([]);
  template.allResourcesProperties('AWS::Lambda::Function', { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'cloud-posture' } } });
});
