import { defineCheck, denied, type Failure, fail, notApplicable, partial } from '../check.ts';
import { supportOf } from '../predicates/function-runtimes.ts';
import { firstFailure, firstOf } from '../predicates/logic.ts';
import { knownOf, refuseToJudge } from '../predicates/unread.ts';

const DAY = 86_400_000;
const latest = (identifier: string | undefined) => ({ version: '$LATEST', identifier });

function judge(identifier: string, version: string, now: Date, daysAhead: number): Failure | undefined {
  const support = supportOf(identifier);
  if (!support) return refuseToJudge('no-data', 'lambda:ListFunctions', `no dates of support are known for ${identifier}`);
  const evidence = { version, runtime: identifier, ...support };
  const endsAt = Date.parse(support.deprecatedOn);
  if (now.getTime() >= endsAt) return fail(`${identifier} is out of support since ${support.deprecatedOn}`, evidence);
  if (now.getTime() + daysAhead * DAY < endsAt) return undefined;
  return fail(`${identifier} is out of support from ${support.deprecatedOn} on`, evidence, {
    severity: 'LOW',
    because: 'it is still supported',
  });
}

export default defineCheck({
  id: 'lambda-function-runtime-supported',
  title: 'Functions and their aliases should use runtimes that still get security updates',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:Lambda.2'],
  equivalents: { prowler: ['awslambda_function_using_supported_runtimes'], securityHub: ['Lambda.2'] },
  risk: 'Holes found after the end of support stay open, and from a later day on the function cannot be changed any more.',
  remediation: {
    text: 'Move the function to a newer runtime of its language, publish it and move its aliases to the new version.',
    cli: 'aws lambda update-function-configuration --function-name <function> --runtime <runtime>',
    cloudFormation: 'AWS::Lambda::Function.Runtime',
  },
  resourceType: 'AWS::Lambda::Function',
  needs: ['runtimes'],
  params: { daysAhead: 0 },
  evaluate(resource, { daysAhead, now }) {
    const within = (days: number) => () =>
      firstOf(resource.runtimes, ({ version, identifier }) => identifier !== undefined && judge(identifier, version, now, days));
    const verdict = firstFailure(within(0), within(daysAhead));
    if (verdict.status === 'FAIL' || knownOf(() => resource.runtimes).known.some(({ identifier }) => identifier !== undefined))
      return verdict;
    return notApplicable('its container image brings its own runtime');
  },
  examples: {
    pass: {
      'Node.js 24': { runtimes: [latest('nodejs24.x')] },
      'Python 3.13, and an alias on 3.12': { runtimes: [latest('python3.13'), { version: '7', identifier: 'python3.12' }] },
      'only what the system brings, on Amazon Linux 2023': { runtimes: [latest('provided.al2023')] },
    },
    fail: {
      'Node.js 18': { runtimes: [latest('nodejs18.x')] },
      'Amazon Linux 2': { runtimes: [latest('provided.al2')] },
      'an alias left behind on Python 3.8': { runtimes: [latest('python3.13'), { version: '7', identifier: 'python3.8' }] },
      'Go 1.x, an alias not read': { runtimes: partial([latest('go1.x')], 'lambda:ListAliases') },
    },
    unknown: {
      'a runtime without known dates': { runtimes: [latest('cobol85')] },
      'not allowed to list aliases': { runtimes: denied('lambda:ListAliases') },
      'the first one is supported, the rest not read': { runtimes: partial([latest('nodejs24.x')], 'lambda:GetFunctionConfiguration') },
    },
    notApplicable: { 'a container image': { runtimes: [latest(undefined)] } },
  },
});
