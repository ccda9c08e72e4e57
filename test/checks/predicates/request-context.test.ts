import { describe, expect, test } from 'vitest';
import {
  type CallingPrincipal,
  callerArn,
  callerChoice,
  callerContext,
  iamContext,
  toCallingPrincipal,
} from '../../../checks/predicates/request-context.ts';
import { identityOf } from '../example-resource.ts';

const USER: CallingPrincipal = {
  kind: 'user',
  arn: 'arn:aws:iam::111122223333:user/team/ana',
  accountId: '111122223333',
  partition: 'aws',
  tags: { Team: 'red' },
};
const ROLE: CallingPrincipal = { ...USER, kind: 'role', arn: 'arn:aws:iam::111122223333:role/deploy' };
const GROUP: CallingPrincipal = { ...USER, kind: 'group', arn: 'arn:aws:iam::111122223333:group/admins' };

test.each([
  ['AWS::IAM::Role', 'role'],
  ['AWS::IAM::Group', 'group'],
  ['AWS::IAM::User', 'user'],
] as const)('%s calls as %s', (type, kind) => {
  expect(toCallingPrincipal(identityOf(type)).kind).toBe(kind);
});

test('for a group a member calls whom no policy names', () => {
  expect(callerArn(USER)).toBe(USER.arn);
  expect(callerArn(GROUP)).toMatch(/^arn:aws:iam::111122223333:user\/[^a-z]+$/);
});

describe('what a request carries', () => {
  test.each<[string, CallingPrincipal, string, unknown]>([
    ['the ARN of a user', USER, 'aws:principalarn', [USER.arn]],
    ['the ARN of a role, not of its session', ROLE, 'aws:principalarn', [ROLE.arn]],
    ['that it is not of a service', USER, 'aws:principalisawsservice', ['false']],
    ['the type of a user', USER, 'aws:principaltype', ['User']],
    ['the type of a member of a group', GROUP, 'aws:principaltype', ['User']],
    ['the type of a session', ROLE, 'aws:principaltype', ['AssumedRole']],
    ['the name of a user without its path', USER, 'aws:username', ['ana']],
    ['no user name, of a session', ROLE, 'aws:username', 'absent'],
    ['the account of who calls', USER, 'aws:principalaccount', ['111122223333']],
    ['the account of what is called', USER, 'aws:resourceaccount', ['111122223333']],
    ['that it came over TLS', USER, 'aws:securetransport', ['true']],
    ['that no service stands between', USER, 'aws:viaawsservice', ['false']],
    ['the region where IAM is', USER, 'aws:requestedregion', ['us-east-1']],
    ['the region where IAM is in China', { ...USER, partition: 'aws-cn' }, 'aws:requestedregion', ['cn-north-1']],
    ['the region where IAM is in GovCloud', { ...USER, partition: 'aws-us-gov' }, 'aws:requestedregion', ['us-gov-west-1']],
    ['a region that is not known, elsewhere', { ...USER, partition: 'aws-iso' }, 'aws:requestedregion', undefined],
    ['a tag of a user', USER, 'aws:principaltag/team', ['red']],
    ['no tag that a user has not', USER, 'aws:principaltag/stage', 'absent'],
    ['a tag of a role', ROLE, 'aws:principaltag/team', ['red']],
    ['a tag that a session may have', ROLE, 'aws:principaltag/stage', undefined],
    ["a tag that a group's member may have", GROUP, 'aws:principaltag/team', undefined],
    ['an address that is not known', USER, 'aws:sourceip', undefined],
  ])('%s', (_, principal, key, value) => {
    expect(callerContext(principal, 'iam:createuser')(key)).toEqual(value);
  });

  test('what a step of a way adds to it', () => {
    const carries = callerContext(ROLE, 'iam:passrole', { 'iam:associatedresourcearn': 'arn:<partition>:ec2:*' });
    expect(carries('iam:associatedresourcearn')).toEqual(['arn:aws:ec2:*']);
  });

  test('outside IAM, a region that is not known', () => {
    const carries = callerContext(USER, 'lambda:createfunction');
    expect(carries('aws:requestedregion')).toBeUndefined();
    expect(carries('aws:principalaccount')).toEqual(['111122223333']);
  });

  test('of anybody in an account, nothing about the caller', () => {
    const carries = iamContext(USER);
    expect(carries('aws:principalaccount')).toEqual(['111122223333']);
    expect(carries('aws:principalarn')).toBeUndefined();
  });
});

describe('what a caller may choose', () => {
  test.each<[string, CallingPrincipal, string, unknown]>([
    ['the region', USER, 'aws:requestedregion', 'any'],
    ['an external id', USER, 'sts:externalid', 'any'],
    ['a tag of what is made', USER, 'aws:requesttag/team', 'any'],
    ['not its own tags', USER, 'aws:principaltag/team', undefined],
    ['not its address', USER, 'aws:sourceip', undefined],
    ['not MFA: an access key says nothing of it', USER, 'aws:multifactorauthpresent', ['absent']],
    ['not MFA: a session says that there was none', ROLE, 'aws:multifactorauthpresent', [['false']]],
    ['not how long ago MFA was', USER, 'aws:multifactorauthage', ['absent']],
    ['not how long ago MFA was, in a session', ROLE, 'aws:multifactorauthage', ['absent']],
  ])('%s', (_, principal, key, offered) => {
    expect(callerChoice(principal)(key)).toEqual(offered);
  });
});
