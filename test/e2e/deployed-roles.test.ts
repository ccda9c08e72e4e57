import { describe, expect, test } from 'vitest';
import { type Asked, type Grant, isAllowed, roleOf } from './deployed-roles.ts';

const ours: Grant = { role: 'r', action: 's3:GetObject', resource: 'arn:aws:s3:::jobs/runs/*', conditions: {} };
const theirs: Grant = { ...ours, action: 'sts:AssumeRole', resource: 'arn:aws:iam::*:role/audit' };
const members: Grant = { ...theirs, conditions: { StringEquals: { 'aws:ResourceOrgID': ['o-1', 'o-2'] } } };
const listed: Grant = {
  ...ours,
  action: 's3:ListBucket',
  resource: 'arn:aws:s3:::jobs',
  conditions: { StringLike: { 's3:prefix': ['runs/*'] } },
};
const everywhere: Grant = { ...ours, action: 'ec2:DescribeVpcs', resource: '*' };

function asked(action: string, resources: readonly string[], context: Asked['context'] = {}): Asked {
  return { action, resources, context };
}

describe('a request is allowed', () => {
  test.each([
    ['on what a pattern describes', [ours], asked('s3:GetObject', ['arn:aws:s3:::jobs/runs/1/a'])],
    [
      'on several, by several grants',
      [ours, { ...ours, resource: 'arn:aws:s3:::b' }],
      asked('s3:GetObject', ['arn:aws:s3:::jobs/runs/1', 'arn:aws:s3:::b']),
    ],
    [
      'under one of the values of a condition',
      [members],
      asked('sts:AssumeRole', ['arn:aws:iam::1:role/audit'], { 'aws:ResourceOrgID': 'o-2' }),
    ],
    ['under a pattern of a condition', [listed], asked('s3:ListBucket', ['arn:aws:s3:::jobs'], { 's3:prefix': 'runs/1/' })],
    ['on everything', [everywhere], asked('ec2:DescribeVpcs', [])],
  ])('%s', (_when, grants, request) => {
    expect(isAllowed(grants, request)).toBe(true);
  });
});

describe('a request is refused', () => {
  test.each([
    ['without a grant', [], asked('ec2:DescribeVpcs', [])],
    ['for another action', [ours], asked('s3:GetObjectAcl', ['arn:aws:s3:::jobs/runs/1'])],
    ['on something else', [ours], asked('s3:GetObject', ['arn:aws:s3:::jobs/others/1'])],
    ['on everything, where only something is granted', [{ ...theirs, action: 'ec2:DescribeVpcs' }], asked('ec2:DescribeVpcs', [])],
    ['when one of several resources is not granted', [ours], asked('s3:GetObject', ['arn:aws:s3:::jobs/runs/1', 'arn:aws:s3:::b'])],
    ['under another value', [members], asked('sts:AssumeRole', ['arn:aws:iam::1:role/audit'], { 'aws:ResourceOrgID': 'o-3' })],
    ['when it says nothing of what a condition asks', [members], asked('sts:AssumeRole', ['arn:aws:iam::1:role/audit'])],
    ['outside of the pattern of a condition', [listed], asked('s3:ListBucket', ['arn:aws:s3:::jobs'], { 's3:prefix': '' })],
  ])('%s', (_when, grants, request) => {
    expect(isAllowed(grants, request)).toBe(false);
  });
});

test('a call is of the role whose session made it, and of none when a user made it', () => {
  expect(roleOf({ callerArn: 'arn:aws:sts::111122223333:assumed-role/cloud-posture-scan/session' })).toEqual({
    accountId: '111122223333',
    name: 'cloud-posture-scan',
  });
  expect(roleOf({ callerArn: 'arn:aws:iam::111122223333:user/local' })).toBeUndefined();
});
