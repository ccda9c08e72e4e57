import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Unread } from '../../inventory/facet.ts';
import { type PolicyDocument, toPolicyDocument } from '../../inventory/policy-document.ts';

const read = (policy: string | object) => toPolicyDocument(policy, 's3:GetBucketPolicy');
const onlyStatement = (statement: object) => read({ Version: '2012-10-17', Statement: [statement] }).statements[0];

describe('toPolicyDocument', () => {
  const policy = { Version: '2012-10-17', Statement: [{ Sid: 'a', Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  const parsed: PolicyDocument = { statements: [{ sid: 'a', effect: 'Allow', actions: ['s3:*'], resources: ['*'], conditions: [] }] };

  test.each([
    ['an object', policy],
    ['JSON', JSON.stringify(policy)],
    ['JSON after white space', `\n ${JSON.stringify(policy)}`],
    ['URL-encoded JSON', encodeURIComponent(JSON.stringify(policy))],
    ['a statement that stands alone', { ...policy, Statement: policy.Statement[0] }],
  ])('reads %s', (_form, form) => {
    expect(read(form)).toEqual(parsed);
  });

  test('leaves percent signs in plain JSON as they are', () => {
    const text = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::b/100%25' } });
    expect(read(text).statements[0]?.resources).toEqual(['arn:aws:s3:::b/100%25']);
  });

  test('makes a list of one or many, and keeps the negations apart', () => {
    expect(onlyStatement({ Effect: 'Deny', NotPrincipal: { AWS: 'a' }, NotAction: ['b', 'c'], NotResource: 'd' })).toEqual({
      effect: 'Deny',
      notPrincipals: { aws: ['a'], service: [], federated: [], canonicalUser: [] },
      notActions: ['b', 'c'],
      notResources: ['d'],
      conditions: [],
    });
  });

  test.each([
    ['*', { aws: ['*'] }],
    [{ AWS: '*' }, { aws: ['*'] }],
    [{ AWS: '123456789012' }, { aws: ['123456789012'] }],
    [{ AWS: ['AROAEXAMPLE', 'arn:aws:iam::1:root'] }, { aws: ['AROAEXAMPLE', 'arn:aws:iam::1:root'] }],
    [
      { Service: 'ec2.amazonaws.com', Federated: ['cognito-identity.amazonaws.com'] },
      { service: ['ec2.amazonaws.com'], federated: ['cognito-identity.amazonaws.com'] },
    ],
    [{ CanonicalUser: '79a5' }, { canonicalUser: ['79a5'] }],
  ])('reads the principal %j', (principal, principals) => {
    const none = { aws: [], service: [], federated: [], canonicalUser: [] };
    expect(onlyStatement({ Effect: 'Allow', Principal: principal, Action: 'a' })?.principals).toEqual({ ...none, ...principals });
  });

  test.each([
    ['StringEquals', { operator: 'stringequals', ifExists: false }],
    ['StringLikeIfExists', { operator: 'stringlike', ifExists: true }],
    ['ForAllValues:StringEquals', { operator: 'stringequals', ifExists: false, qualifier: 'ForAllValues' }],
    ['forAnyValue:ArnLikeIfExists', { operator: 'arnlike', ifExists: true, qualifier: 'ForAnyValue' }],
    ['Null', { operator: 'null', ifExists: false }],
  ])('takes the operator %s apart', (operator, apart) => {
    const statement = onlyStatement({ Effect: 'Allow', Action: 'a', Condition: { [operator]: { 'aws:SourceIp': 'x' } } });
    expect(statement?.conditions).toEqual([{ ...apart, key: 'aws:sourceip', values: ['x'] }]);
  });

  test('makes one condition of each key, with booleans and numbers as text', () => {
    const condition = { Bool: { 'aws:SecureTransport': false, 'aws:ViaAWSService': ['true'] }, NumericLessThan: { 's3:TlsVersion': 1.2 } };
    expect(onlyStatement({ Effect: 'Deny', Action: 'a', Condition: condition })?.conditions).toEqual([
      { operator: 'bool', ifExists: false, key: 'aws:securetransport', values: ['false'] },
      { operator: 'bool', ifExists: false, key: 'aws:viaawsservice', values: ['true'] },
      { operator: 'numericlessthan', ifExists: false, key: 's3:tlsversion', values: ['1.2'] },
    ]);
  });

  test('finds an element whose name is in unusual case', () => {
    expect(onlyStatement({ effect: 'Allow', PRINCIPAL: '*', action: 's3:*' })).toMatchObject({
      principals: { aws: ['*'] },
      actions: ['s3:*'],
    });
  });

  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a bad encoding', '%7B%'],
    ['JSON that breaks off', '{"Statement": ['],
    ['a list', []],
    ['no statement', { Version: '2012-10-17' }],
    ['a statement that is text', { Statement: ['x'] }],
    ['a statement that is null', { Statement: [null] }],
    ['an effect in lower case', { Statement: { Effect: 'allow', Action: 'a' } }],
    ['no effect', { Statement: { Action: 'a' } }],
    ['neither action nor negated action', { Statement: { Effect: 'Allow', Resource: '*' } }],
    ['both action and negated action', { Statement: { Effect: 'Allow', Action: 'a', NotAction: 'b' } }],
    ['an action that is an object', { Statement: { Effect: 'Allow', Action: {} } }],
    ['an action that is null', { Statement: { Effect: 'Allow', Action: [null] } }],
    ['a principal that is an ARN', { Statement: { Effect: 'Allow', Action: 'a', Principal: 'arn:aws:iam::1:root' } }],
    ['a principal that is null', { Statement: { Effect: 'Allow', Action: 'a', Principal: { AWS: null } } }],
    ['a principal of an unknown kind', { Statement: { Effect: 'Allow', Action: 'a', Principal: { Robot: 'x' } } }],
    ['an unknown element', { Statement: { Effect: 'Allow', Action: 'a', Audience: 'x' } }],
    ['an element twice', { Statement: { Effect: 'Allow', Action: 'a', action: 'b' } }],
    ['a condition that is a list', { Statement: { Effect: 'Allow', Action: 'a', Condition: [] } }],
    ['a condition operator that is text', { Statement: { Effect: 'Allow', Action: 'a', Condition: { Bool: 'x' } } }],
  ])('refuses %s', (_what, policy) => {
    expect(() => read(policy)).toThrow(
      expect.objectContaining({
        name: 'Unread',
        reason: expect.objectContaining({ cause: 'malformed', operation: 's3:GetBucketPolicy', permissions: [] }),
      }),
    );
  });

  test('never throws anything but Unread, and never keeps a statement without actions', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('Allow', 'Deny', '*'),
      fc.dictionary(fc.constantFrom('AWS', 'Bool', 'aws:x'), fc.jsonValue()),
    );
    const element = fc.constantFrom('Effect', 'Action', 'NotAction', 'Principal', 'Resource', 'Condition', '__proto__', 'sid');
    const statement = fc.oneof(fc.jsonValue(), fc.dictionary(element, value));
    const policy = fc.oneof(fc.jsonValue(), fc.record({ Statement: fc.oneof(statement, fc.array(statement)) }));
    fc.assert(
      fc.property(policy, fc.boolean(), (given, encoded) => {
        const text = JSON.stringify(given);
        try {
          const { statements } = read(encoded ? encodeURIComponent(text) : text);
          for (const { actions, notActions } of statements) expect(actions ?? notActions).toBeDefined();
        } catch (error) {
          if (!(error instanceof Unread)) throw error;
        }
      }),
    );
  });

  test('never throws anything but Unread for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => read(text)).toThrow(Unread);
      }),
    );
  });
});
