import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { HUB, propertiesOf, statementsOf, synthesize } from './synthesized.ts';

const [, uninstalling = ''] = readFileSync(join(import.meta.dirname, '../../docs/deploying.md'), 'utf8').split('\n## Uninstalling\n');
const Resources = z.record(z.string(), z.looseObject({ Type: z.string(), DeletionPolicy: z.string().optional() }));

/** Every template of a deployment in an organization, those for other accounts too. */
let templates: readonly Template[];
let hub: Template;
beforeAll(() => {
  const written = { organization: { id: 'o-a1b2c3d4e5', units: ['r-ab12'] }, securityHub: true };
  const synthesized = synthesize({ account: HUB.account, written });
  hub = synthesized.template('cloud-posture');
  templates = [
    ...synthesized.stacks.map(({ id }) => synthesized.template(id)),
    ...Object.values(synthesized.templates).map((each) => Template.fromJSON(each)),
  ];
}, 180_000);

describe('what an uninstallation leaves', () => {
  test('is what docs/deploying.md says, and nothing else', () => {
    const kept = templates
      .flatMap((template) => Object.values(Resources.parse(template.toJSON().Resources)))
      .filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete')
      .map(({ Type }) => Type);
    const named = [...uninstalling.matchAll(/^\| `(AWS::[\w:]+)` \|/gm)].map(([, type]) => type);
    expect(kept.sort()).toEqual(named.sort());
  });

  test('are no logs: each goes with its stack, and nobody may make it anew', () => {
    const logs = Object.values(propertiesOf(hub, 'AWS::Logs::LogGroup')).map(({ LogGroupName }) => LogGroupName);
    const functions = Object.values(propertiesOf(hub, 'AWS::Lambda::Function')).map(({ FunctionName }) => String(FunctionName));
    expect(logs.sort()).toEqual([...functions.map((name) => `/aws/lambda/${name}`), '/aws/vendedlogs/states/cloud-posture-audit'].sort());
    for (const name of functions) {
      expect(statementsOf(hub, name).flatMap(({ Action }) => Action)).not.toContain('logs:CreateLogGroup');
    }
  });

  test('is no bucket, once what lies in it is removed: it has no versions', () => {
    const [bucket = {}, ...others] = Object.values(propertiesOf(hub, 'AWS::S3::Bucket'));
    expect(others).toEqual([]);
    expect(bucket).not.toHaveProperty('VersioningConfiguration');
    expect(uninstalling).toContain('aws s3 rm "s3://$(output JobBucket)" --recursive');
  });
});

test('the commands name what there is', () => {
  const [table] = Object.values(propertiesOf(hub, 'AWS::DynamoDB::Table'));
  expect(table).toMatchObject({ DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
  expect(uninstalling).toMatch(/^TABLE=\$\(output Table\).*^npm run destroy/ms);
  for (const command of ['update-table', 'delete-table', 'describe-table']) {
    expect(uninstalling).toContain(`aws dynamodb ${command} --table-name "$TABLE"`);
  }
});
