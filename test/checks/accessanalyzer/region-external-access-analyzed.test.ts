import { expect, test } from 'vitest';
import check from '../../../checks/accessanalyzer/region-external-access-analyzed.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import { EXAMPLE_NOW, exampleResource } from '../example-resource.ts';

const MEMBER = '111122223333';
const ADMINISTRATOR = '222233334444';

test.each([
  ['a member whose organization has one', MEMBER, ADMINISTRATOR, 'NOT_APPLICABLE'],
  ['the administrator that should have one', ADMINISTRATOR, ADMINISTRATOR, 'FAIL'],
  ['no administrator named', MEMBER, '', 'FAIL'],
  ['something named that is no account', MEMBER, 'everywhere', 'FAIL'],
])('without an analyzer: %s', async (_, accountId, organizationAnalyzerIn, status) => {
  const resource = exampleResource(check, { analyzers: [], identity: { accountId } });
  expect(await evaluate(ready(check, EXAMPLE_NOW, { params: { organizationAnalyzerIn } }), resource)).toMatchObject({ status });
});
