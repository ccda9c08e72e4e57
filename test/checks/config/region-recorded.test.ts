import { expect, test } from 'vitest';
import check from '../../../checks/config/region-recorded.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import { EXAMPLE_NOW, exampleResource } from '../example-resource.ts';

const recorder = { name: 'default', recording: true, lastStatus: 'SUCCESS', records: { strategy: 'only', types: ['AWS::S3::Bucket'] } };
const resource = exampleResource(check, { recording: { recorder, hasDeliveryChannel: true } });

test.each([
  [[], { status: 'FAIL', evidence: { missing: ['all others'] } }],
  [['AWS::S3::Bucket'], { status: 'PASS' }],
  [['AWS::S3::Bucket', 'AWS::EC2::Instance'], { status: 'FAIL', evidence: { missing: ['AWS::EC2::Instance'] } }],
])('a recorder of buckets alone, where %j must be recorded', async (types, verdict) => {
  expect(await evaluate(ready(check, EXAMPLE_NOW, { params: { types } }), resource)).toMatchObject(verdict);
});
