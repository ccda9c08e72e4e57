import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANYBODY, functionPolicy, letting, OTHER_ACCOUNT, only, policyOf, service } from '../../../checks/predicates/example-policies.ts';
import { type FunctionHome, judgeFunctionPolicies, judgeUrl, unboundServices } from '../../../checks/predicates/function-policies.ts';
import { isUnread } from '../../../checks/predicates/logic.ts';
import { Listed, type UnreadReason } from '../../../inventory/facet.ts';
import type { FunctionPolicy } from '../../../inventory/lambda/function.ts';
import type { PolicyStatement } from '../../../inventory/policy-document.ts';

const ACCOUNT = '111122223333';
const HOME: FunctionHome = { arn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:web`, accountId: ACCOUNT, trustedAccounts: [] };
const INVOKE = 'lambda:InvokeFunction';
const INVOKE_URL = 'lambda:InvokeFunctionUrl';
const REASON: UnreadReason = { cause: 'denied', operation: 'lambda:GetPolicy', permissions: ['lambda:GetPolicy'], message: 'denied' };

const ofUrl = (authType: string) => only('stringequals', 'lambda:FunctionUrlAuthType', authType);
const viaUrl = only('bool', 'lambda:InvokedViaFunctionUrl', 'true');
const closed: readonly PolicyStatement[] = [
  letting(service('sns.amazonaws.com'), INVOKE, only('arnlike', 'aws:SourceArn', `arn:aws:sns:eu-west-1:${ACCOUNT}:orders`)),
  letting(ANYBODY, INVOKE, only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5')),
  letting(ANYBODY, INVOKE, only('stringequals', 'aws:SourceAccount', ACCOUNT)),
  letting(ANYBODY, INVOKE_URL, ofUrl('NONE')),
  letting(ANYBODY, INVOKE, viaUrl),
  letting(ANYBODY, INVOKE_URL),
];

describe('policies of a function and its aliases', () => {
  test.each(closed.map((statement, index) => [index, statement] as const))('statement %i lets no stranger in', (_, statement) => {
    expect(judgeFunctionPolicies(() => [functionPolicy(statement)], HOME)).toEqual({ status: 'PASS' });
  });

  test('one statement for everybody is CRITICAL wherever it stands, whatever else was not read', () => {
    const aliases = fc.array(fc.tuple(fc.constantFrom(undefined, 'live', 'next'), fc.subarray([...closed])), { maxLength: 4 });
    fc.assert(
      fc.property(aliases, fc.nat(4), fc.boolean(), (others, at, partial) => {
        const known: FunctionPolicy[] = others.map(([alias, statements]) => ({ alias, policy: policyOf(...statements) }));
        known.splice(at, 0, functionPolicy(letting(OTHER_ACCOUNT, INVOKE), letting(ANYBODY, INVOKE)));
        const verdict = judgeFunctionPolicies(() => new Listed(known, partial ? REASON : undefined), HOME);
        expect(verdict).toMatchObject({ status: 'FAIL', reason: 'its policy lets everyone invoke it' });
        expect(verdict).not.toHaveProperty('severity');
      }),
    );
  });

  test('without such a statement, what was not read leaves it open', () => {
    fc.assert(
      fc.property(fc.subarray([...closed]), (statements) => {
        const judged = () => judgeFunctionPolicies(() => new Listed([functionPolicy(...statements)], REASON), HOME);
        expect(judged).toThrow(expect.toSatisfy(isUnread));
      }),
    );
  });

  test.each([
    ['another account', letting(OTHER_ACCOUNT, INVOKE), 'its policy lets account 444455556666 invoke it', 'MEDIUM'],
    ['another account, through a URL', letting(OTHER_ACCOUNT, INVOKE_URL), 'its policy lets account 444455556666 invoke it', 'MEDIUM'],
    [
      'everybody who sends a header',
      letting(ANYBODY, INVOKE, only('stringequals', 'aws:Referer', 'https://example.com/')),
      'its policy lets everyone invoke it, under conditions',
      'HIGH',
    ],
  ])('%s', (_, statement, reason, severity) => {
    expect(judgeFunctionPolicies(() => [functionPolicy(statement)], HOME)).toMatchObject({ status: 'FAIL', reason, severity });
  });

  test('the worst of several statements is told, whatever their order', () => {
    const [everyone, conditional, account] = [
      letting(ANYBODY, INVOKE),
      letting(ANYBODY, INVOKE, only('stringequals', 'aws:Referer', 'https://example.com/')),
      letting(OTHER_ACCOUNT, INVOKE),
    ];
    const told = (...statements: readonly PolicyStatement[]) =>
      judgeFunctionPolicies(() => statements.map((one) => functionPolicy(one)), HOME);
    for (const statements of [
      [account, conditional, everyone],
      [everyone, account, conditional],
    ])
      expect(told(...statements)).toMatchObject({ reason: 'its policy lets everyone invoke it' });
    for (const statements of [
      [account, conditional],
      [conditional, account],
    ])
      expect(told(...statements)).toMatchObject({ reason: 'its policy lets everyone invoke it, under conditions' });
  });

  test.each([
    ['beside a URL other things', { ...letting(ANYBODY, INVOKE_URL), actions: [INVOKE_URL, INVOKE] }],
    ['all but the call of a URL', { ...letting(ANYBODY, INVOKE), actions: undefined, notActions: [INVOKE_URL] }],
    ['also who does not come by a URL', letting(ANYBODY, INVOKE, { ...viaUrl, ifExists: true })],
    ['whoever does not come by one kind of URL', letting(ANYBODY, INVOKE, { ...ofUrl('NONE'), operator: 'stringnotequals' })],
  ])('a statement that lets in %s is not only for URLs', (_, statement) => {
    expect(judgeFunctionPolicies(() => [functionPolicy(statement)], HOME).status).toBe('FAIL');
  });

  test('an account that is trusted is let in', () => {
    const home = { ...HOME, trustedAccounts: ['444455556666'] };
    expect(judgeFunctionPolicies(() => [functionPolicy(letting(OTHER_ACCOUNT, INVOKE))], home)).toEqual({ status: 'PASS' });
  });

  test("a statement about another function, or in an alias's policy about the function itself, has no effect", () => {
    const elsewhere = { ...letting(ANYBODY, INVOKE), resources: [`${HOME.arn}site`] };
    expect(judgeFunctionPolicies(() => [functionPolicy(elsewhere)], HOME)).toEqual({ status: 'PASS' });
    const ofAlias = { ...letting(ANYBODY, INVOKE), resources: [`${HOME.arn}:live`] };
    expect(judgeFunctionPolicies(() => [{ alias: 'live', policy: policyOf(ofAlias) }], HOME)).toMatchObject({ status: 'FAIL' });
  });
});

describe('URLs', () => {
  const open = { alias: undefined, authType: 'NONE' } as const;
  const signed = { alias: undefined, authType: 'AWS_IAM' } as const;

  test.each([
    ['no permission', [], 'LOW'],
    ['one for everybody', [letting(ANYBODY, INVOKE_URL, ofUrl('NONE'))], undefined],
    [
      'those for everybody that Lambda asks for since October 2025',
      [letting(ANYBODY, INVOKE_URL, ofUrl('NONE')), letting(ANYBODY, INVOKE, viaUrl)],
      undefined,
    ],
    ['everything for everybody', [letting(ANYBODY, 'lambda:*')], undefined],
    ['one for signed calls', [letting(ANYBODY, INVOKE_URL, ofUrl('AWS_IAM'))], 'LOW'],
    ['one for direct calls', [letting(ANYBODY, INVOKE)], 'LOW'],
    ['one for the office', [letting(ANYBODY, INVOKE_URL, ofUrl('NONE'), only('ipaddress', 'aws:SourceIp', '203.0.113.0/24'))], 'LOW'],
    [
      'one, and a denial for everybody',
      [letting(ANYBODY, INVOKE_URL), { ...letting(ANYBODY, 'lambda:*'), effect: 'Deny' as const }],
      'LOW',
    ],
  ])('that ask nobody, with %s', (_, statements, severity) => {
    const failure = judgeUrl(open, () => [functionPolicy(...statements)], HOME);
    expect([failure?.status, failure?.severity]).toEqual(['FAIL', severity]);
  });

  test('the evidence names the alias, where it is one', () => {
    expect(judgeUrl({ ...open, alias: 'live' }, () => [], HOME)?.evidence).toEqual({ alias: 'live', authType: 'NONE' });
    expect(judgeUrl(open, () => [], HOME)?.evidence).toEqual({ authType: 'NONE' });
  });

  test('are opened by a permission for the alias, and closed by a Deny for this kind of URL', () => {
    const statement = { ...letting(ANYBODY, INVOKE_URL), resources: [`${HOME.arn}:live`] };
    const judge = (...more: readonly PolicyStatement[]) =>
      judgeUrl({ ...open, alias: 'live' }, () => [{ alias: 'live', policy: policyOf(statement, ...more) }], HOME);
    expect(judge()?.reason).toBe('its URL answers anybody');
    expect(judge({ ...statement, effect: 'Deny', conditions: [ofUrl('NONE')] })?.reason).toBe('its URL asks nobody who they are');
  });

  test('are opened by a permission for several kinds of URL', () => {
    const either = only('stringequals', 'lambda:FunctionUrlAuthType', 'AWS_IAM', 'NONE');
    expect(judgeUrl(open, () => [functionPolicy(letting(ANYBODY, INVOKE_URL, either))], HOME)?.reason).toBe('its URL answers anybody');
  });

  test('are not opened by a permission to do something else', () => {
    expect(judgeUrl(open, () => [functionPolicy(letting(ANYBODY, 'lambda:GetFunction'))], HOME)?.reason).toBe(
      'its URL asks nobody who they are',
    );
  });

  test('that ask nobody fail even where permissions were not read, and then nothing less severe is claimed', () => {
    expect(judgeUrl(open, () => new Listed<FunctionPolicy>([], REASON), HOME)).toMatchObject({ status: 'FAIL', severityUnsure: true });
  });

  test('that ask for a signature fail only if anybody may sign', () => {
    const judge = (...statements: readonly PolicyStatement[]) => judgeUrl(signed, () => [functionPolicy(...statements)], HOME);
    expect(judge(letting(ANYBODY, INVOKE_URL, ofUrl('AWS_IAM')))?.reason).toBe('its URL answers anybody who has an AWS account');
    expect(judge(letting(ANYBODY, INVOKE_URL))?.status).toBe('FAIL');
    expect(judge(letting(ANYBODY, INVOKE_URL, ofUrl('NONE')))).toBeUndefined();
    expect(judge(letting(OTHER_ACCOUNT, INVOKE_URL))).toBeUndefined();
    expect(() => judgeUrl(signed, () => new Listed<FunctionPolicy>([], REASON), HOME)).toThrow(expect.toSatisfy(isUnread));
  });

  test('are let in by the policy of their own alias alone', () => {
    const live = { alias: 'live', policy: policyOf(letting(ANYBODY, INVOKE_URL)) };
    expect(judgeUrl(signed, () => [live], HOME)).toBeUndefined();
    expect(judgeUrl({ ...signed, alias: 'live' }, () => [live], HOME)?.status).toBe('FAIL');
  });
});

describe('services that may invoke a function', () => {
  const BUCKET = 'arn:aws:s3:::uploads';
  const source = (operator: string, ...values: readonly string[]) => only(operator, 'aws:SourceArn', ...values);
  const account = only('stringequals', 'aws:SourceAccount', ACCOUNT);
  const s3 = service('s3.amazonaws.com');
  const events = service('events.amazonaws.com');

  test.each([
    ['no source', letting(events, INVOKE), ['events.amazonaws.com of anybody']],
    [
      'two services',
      letting(service('events.amazonaws.com', 'sns.amazonaws.com'), INVOKE),
      ['events.amazonaws.com of anybody', 'sns.amazonaws.com of anybody'],
    ],
    ['everything', letting(s3, 'lambda:*'), ['s3.amazonaws.com of anybody']],
    ['a rule of ours', letting(events, INVOKE, source('arnlike', `arn:aws:events:eu-west-1:${ACCOUNT}:rule/*`)), []],
    ['any rule', letting(events, INVOKE, source('arnlike', 'arn:aws:events:*:*:rule/*')), ['events.amazonaws.com of anybody']],
    ['our account', letting(events, INVOKE, account), []],
    ['our account, if one is told', letting(events, INVOKE, { ...account, ifExists: true }), ['events.amazonaws.com of anybody']],
    ['our organization', letting(events, INVOKE, only('stringequals', 'aws:SourceOrgID', 'o-a1b2c3d4e5')), []],
    ['a bucket', letting(s3, INVOKE, source('arnlike', BUCKET)), [`s3.amazonaws.com of ${BUCKET}`]],
    ['a bucket of ours', letting(s3, INVOKE, source('arnlike', BUCKET), account), []],
    ['buckets that begin alike', letting(s3, INVOKE, source('arnlike', `${BUCKET}*`)), ['s3.amazonaws.com of anybody']],
    [
      'a skill',
      letting(service('alexa-appkit.amazon.com'), INVOKE, only('stringequals', 'lambda:EventSourceToken', 'amzn1.ask.skill.1')),
      [],
    ],
    ['a bucket or a topic', letting(s3, INVOKE, source('arnlike', BUCKET, `arn:aws:sns:eu-west-1:${ACCOUNT}:orders`)), []],
    ['another bucket than it', letting(s3, INVOKE, source('arnnotlike', BUCKET)), ['s3.amazonaws.com of anybody']],
    ['only to read it', letting(service('replicator.lambda.amazonaws.com'), 'lambda:GetFunction'), []],
  ])('with %s', (_, statement, expected) => {
    const found = unboundServices(functionPolicy(statement), HOME);
    expect(found.map(({ service: name, buckets }) => `${name} of ${buckets.length === 0 ? 'anybody' : buckets.join()}`)).toEqual(expected);
  });
});
