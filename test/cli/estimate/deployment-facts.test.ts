import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { HubStack } from '../../../cdk/hub-stack.ts';
import { DEPLOYMENT } from '../../../cli/estimate/cost-model.ts';
import { toConfig } from '../../../config/config.ts';
import { INDEXES } from '../../../findings/dynamodb-table.ts';

/** What the cost model says of the deployment is what is deployed. */
let template: Template;

beforeAll(() => {
  const asset = mkdtempSync(join(tmpdir(), 'posture-asset-'));
  writeFileSync(join(asset, 'scan.mjs'), '');
  const env = { account: '111122223333', region: 'eu-west-1' };
  const app = new App({ builtinCloudFormationValidation: false });
  template = Template.fromStack(new HubStack(app, 'hub', { config: toConfig({}), asset, externalId: 'an-id', env }));
}, 60_000);

const propertiesOf = (type: string): readonly Readonly<Record<string, unknown>>[] =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

test('metrics that alarms watch', () => {
  const watched = propertiesOf('AWS::CloudWatch::Alarm').map(({ Metrics }) =>
    Array.isArray(Metrics) ? Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length : 1,
  );
  expect(watched.reduce((sum, each) => sum + each, 0)).toBe(DEPLOYMENT.alarmMetrics);
});

test('keys and dashboards', () => {
  template.resourceCountIs('AWS::KMS::Key', DEPLOYMENT.keys);
  template.resourceCountIs('AWS::CloudWatch::Dashboard', DEPLOYMENT.dashboards);
});

test('memory of the functions, in the cheaper architecture', () => {
  const memory = new Map(propertiesOf('AWS::Lambda::Function').map(({ Handler, MemorySize }) => [Handler, Number(MemorySize) / 1024]));
  expect(Object.fromEntries(memory)).toMatchObject({
    'plan.handler': DEPLOYMENT.planGb,
    'scan.handler': DEPLOYMENT.scanGb,
    'summarize.handler': DEPLOYMENT.summarizeGb,
    'react.handler': DEPLOYMENT.reactGb,
    'notify.handler': DEPLOYMENT.notifyGb,
    'confirm.handler': DEPLOYMENT.notifyGb,
  });
  expect(propertiesOf('AWS::Lambda::Function').map(({ Architectures }) => Architectures)).toEqual(Array(memory.size).fill(['arm64']));
});

test('nothing is provisioned, and a finding is in no more indexes than counted', () => {
  expect(propertiesOf('AWS::DynamoDB::Table').map(({ BillingMode }) => BillingMode)).toEqual(['PAY_PER_REQUEST']);
  // A finding is in the index of its state, and in that of the unannounced; runs have one of their own.
  expect(Object.keys(INDEXES)).toEqual(['open', 'resolved', 'unannounced', 'runs']);
});

test('steps of an audit beside the children of its map', () => {
  const machines = JSON.stringify(propertiesOf('AWS::StepFunctions::StateMachine'));
  const [type] = propertiesOf('AWS::StepFunctions::StateMachine').map(({ StateMachineType }) => StateMachineType);
  expect([type, machines.includes('EXPRESS')]).toEqual(['STANDARD', true]);
});
