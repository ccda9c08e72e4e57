import { expect, test } from 'vitest';
import check from '../../../checks/inspector/region-enabled.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import { EXAMPLE_NOW, exampleResource } from '../example-resource.ts';

const resource = exampleResource(check, { scanning: { ec2: false, ecr: true, lambda: false, lambdaCode: false } });

test.each([
  [['ecr'], { status: 'PASS' }],
  [['ecr', 'lambdaCode'], { status: 'FAIL', evidence: { missing: ['lambdaCode'] } }],
  [['a misspelt type'], { status: 'FAIL' }],
])('images alone are scanned, where %j must be', async (scans, verdict) => {
  expect(await evaluate(ready(check, EXAMPLE_NOW, { params: { scans } }), resource)).toMatchObject(verdict);
});
