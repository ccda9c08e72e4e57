import { expect, test } from 'vitest';
import { partsOverTlsOnly } from '../../../checks/predicates/tls-only.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const BUCKET = 'arn:aws:s3:::example-bucket';
const OBJECTS = `${BUCKET}/*`;
const INSECURE = { Bool: { 'aws:SecureTransport': 'false' } };
const DENY = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [BUCKET, OBJECTS], Condition: INSECURE };

test.each<object>([
  {},
  { Principal: { AWS: '*' } },
  { Principal: { AWS: ['*'] } },
  { Action: '*' },
  { Action: ['S3:*'] },
  { Resource: '*' },
  { Resource: 'arn:aws:s3:::*' },
  { Resource: 'arn:aws:s3:::example-bucket*' },
  { Condition: { Bool: { 'AWS:securetransport': false } } },
  { Condition: { Bool: { 'aws:SecureTransport': 'False' } } },
  { Condition: { Bool: { 'aws:SecureTransport': ['false'] } } },
  { Action: ['s3:GetObject', 's3:*'] },
  { Condition: { Bool: { 'aws:SecureTransport': ['true', 'false'] } } },
  { Condition: { NumericLessThan: { 's3:TlsVersion': ['1.0', '1.2'] } } },
  { Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } },
  { Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
  { Condition: { NumericLessThan: { 's3:TlsVersion': '1.3' } } },
])('denies plain HTTP to all of the bucket: %j', (part) => {
  expect(partsOf({ ...DENY, ...part })).toEqual({ bucket: true, objects: true });
});

test.each<object>([
  { Effect: 'Allow' },
  { Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
  { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
  { Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } },
  { Action: 's3:PutObject' },
  { Action: ['s3:Get*', 's3:Put*'] },
  { Action: undefined, NotAction: 's3:GetObject' },
  { Resource: `${BUCKET}/private/*` },
  { Resource: 'arn:aws:s3:::another-bucket/*' },
  { Resource: 'arn:aws-cn:s3:::example-bucket/*' },
  { Resource: undefined, NotResource: 'arn:aws:s3:::another-bucket/*' },
  { Condition: {} },
  { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
  { Condition: { StringEquals: { 'aws:SecureTransport': 'no' } } },
  { Condition: { Bool: { 'aws:SecureTransport': 'false' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
  { Condition: { Bool: { 'aws:SecureTransport': 'true' }, NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  { Condition: { NumericLessThan: { 's3:TlsVersion': '1.0' } } },
  { Condition: { NumericGreaterThan: { 's3:TlsVersion': '1.2' } } },
  { Condition: { NumericLessThan: { 's3:max-keys': '10' } } },
  { Condition: { StringEquals: { 'aws:SecureTransport': 'false' } } },
  { Action: 's3:GetObject*' },
  { Principal: undefined },
])('leaves plain HTTP open: %j', (part) => {
  expect(partsOf({ ...DENY, ...part })).toEqual({ bucket: false, objects: false });
});

test('statements add up', () => {
  expect(partsOf({ ...DENY, Resource: BUCKET })).toEqual({ bucket: true, objects: false });
  expect(partsOf({ ...DENY, Resource: OBJECTS })).toEqual({ bucket: false, objects: true });
  expect(partsOf({ ...DENY, Resource: BUCKET }, { ...DENY, Resource: OBJECTS })).toEqual({ bucket: true, objects: true });
});

function partsOf(...Statement: readonly object[]) {
  return partsOverTlsOnly(toPolicyDocument(JSON.stringify({ Statement }), 's3:GetBucketPolicy'), BUCKET);
}
