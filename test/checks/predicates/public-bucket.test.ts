import { describe, expect, test } from 'vitest';
import { denied, refuse } from '../../../checks/check.ts';
import { type BucketExposure, publicAccess } from '../../../checks/predicates/public-bucket.ts';
import publicRead from '../../../checks/s3/bucket-public-read-absent.ts';
import publicWrite from '../../../checks/s3/bucket-public-write-absent.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import type { Facet } from '../../../inventory/facet.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import { EXAMPLE_NOW, identityOf } from '../example-resource.ts';

const ON = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const OFF = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const READ = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-bucket/*' };
const ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
const PUBLIC_POLICY = policy(READ);
const ORGANIZATION_POLICY = policy({ ...READ, Condition: ORGANIZATION });

/** Everything is open and public; policyIsPublic was not read. */
const OPEN = {
  accountPublicAccessBlock: OFF,
  publicAccessBlock: OFF,
  ownership: 'ObjectWriter',
  acl: [{ grantee: 'all-users', permission: 'READ' }],
  policy: PUBLIC_POLICY,
} as const;
const NO_ACL = { ...OPEN, acl: [] };

describe('what is asked of AWS', () => {
  test('nothing of the bucket when the account blocks', async () => {
    expect(await asked({ ...OPEN, accountPublicAccessBlock: ON })).toEqual(['accountPublicAccessBlock']);
  });

  test('nothing but its own block when the bucket blocks', async () => {
    expect(await asked({ ...OPEN, publicAccessBlock: ON })).toEqual(['accountPublicAccessBlock', 'publicAccessBlock']);
  });

  test('its policy, but not its ACL, when ACLs are ignored', async () => {
    const bucket = { ...OPEN, accountPublicAccessBlock: { ...OFF, ignorePublicAcls: true }, policy: undefined };
    expect(await asked(bucket)).toEqual(['accountPublicAccessBlock', 'publicAccessBlock', 'policy']);
  });

  test('its ownership before its ACL', async () => {
    const bucket = { ...OPEN, ownership: 'BucketOwnerEnforced', policy: undefined } as const;
    expect(await asked(bucket)).toEqual(['accountPublicAccessBlock', 'publicAccessBlock', 'ownership', 'policy']);
  });

  test('not what AWS thinks of a policy that is plainly public, or plainly not', async () => {
    expect(await asked(NO_ACL)).not.toContain('policyIsPublic');
    expect(await asked({ ...NO_ACL, policy: policy({ ...READ, Principal: { AWS: '444455556666' } }) })).not.toContain('policyIsPublic');
    expect(await asked({ ...NO_ACL, policy: undefined })).not.toContain('policyIsPublic');
  });

  test('what AWS thinks of a policy that rests on its conditions, at five calls in all', async () => {
    const questions = await asked({ ...NO_ACL, policy: ORGANIZATION_POLICY });
    expect(questions).toEqual(['accountPublicAccessBlock', 'publicAccessBlock', 'ownership', 'acl', 'policy', 'policyIsPublic']);
  });
});

describe('what was not read', () => {
  const everyFacet = ['accountPublicAccessBlock', 'publicAccessBlock', 'ownership', 'acl', 'policy'] as const;

  test.each(everyFacet)('%s alone never turns a public bucket into a pass', async (facet) => {
    expect(await statusOf(without(OPEN, facet))).not.toBe('PASS');
    expect(await statusOf(without({ ...OPEN, policy: undefined }, facet))).not.toBe('PASS');
    expect(await statusOf(without(NO_ACL, facet))).not.toBe('PASS');
  });

  test.each(everyFacet)('%s alone never turns a private bucket into a failure', async (facet) => {
    expect(await statusOf(without({ ...OPEN, acl: [], policy: undefined }, facet))).not.toBe('FAIL');
    expect(await statusOf(without({ ...OPEN, publicAccessBlock: ON }, facet))).not.toBe('FAIL');
    expect(await statusOf(without({ ...OPEN, accountPublicAccessBlock: ON }, facet))).not.toBe('FAIL');
  });

  test.each([
    ['the account, where the bucket blocks', { ...OPEN, publicAccessBlock: ON }, 'accountPublicAccessBlock', 'PASS'],
    ['the bucket, where the account blocks', { ...OPEN, accountPublicAccessBlock: ON }, 'publicAccessBlock', 'PASS'],
    ['the blocks, where there is nothing to block', { ...NO_ACL, policy: undefined }, 'publicAccessBlock', 'PASS'],
    ['the ownership, where the ACL grants nothing', { ...NO_ACL, policy: undefined }, 'ownership', 'PASS'],
    ['the ownership, where the ACL grants', { ...OPEN, policy: undefined }, 'ownership', 'UNKNOWN'],
    ['the ACL, where the policy is public', OPEN, 'acl', 'FAIL'],
    ['the ACL, where ownership switches it off', { ...OPEN, ownership: 'BucketOwnerEnforced', policy: undefined }, 'acl', 'PASS'],
    ['the ACL, where it counts', { ...OPEN, policy: undefined }, 'acl', 'UNKNOWN'],
    ['the policy, where the ACL is public', OPEN, 'policy', 'FAIL'],
    ['the policy, where nobody else knows', NO_ACL, 'policy', 'UNKNOWN'],
    ['the policy, which AWS finds public for somebody', { ...NO_ACL, policyIsPublic: true }, 'policy', 'UNKNOWN'],
    ['the policy, where AWS finds it not public', { ...NO_ACL, policyIsPublic: false }, 'policy', 'PASS'],
  ] as const)('%s', async (_, bucket, facet, status) => {
    expect(await statusOf(without(bucket, facet))).toBe(status);
  });
});

describe('what AWS thinks of a policy', () => {
  test.each([
    ['wins over conditions that we accept', ORGANIZATION_POLICY, true, 'FAIL'],
    ['agrees with conditions that we accept', ORGANIZATION_POLICY, false, 'PASS'],
    ['does not excuse what we can prove', PUBLIC_POLICY, false, 'FAIL'],
    [
      'proves nothing of readers where the policy is public for writers',
      policy({ ...READ, Condition: ORGANIZATION }, { ...READ, Action: 's3:PutObject' }),
      true,
      'PASS',
    ],
    [
      'does not tell which of two statements with conditions it means',
      policy({ ...READ, Condition: ORGANIZATION }, { ...READ, Action: 's3:PutObject', Condition: ORGANIZATION }),
      true,
      'UNKNOWN',
    ],
    [
      'means one of two statements that both let somebody read',
      policy({ ...READ, Condition: ORGANIZATION }, { ...READ, Action: 's3:GetObjectAcl', Condition: ORGANIZATION }),
      true,
      'FAIL',
    ],
    ['proves nothing of a grant that a Deny takes away', policy(READ, { ...READ, Effect: 'Deny' }), true, 'PASS'],
  ] as const)('%s', async (_, document, policyIsPublic, status) => {
    expect(await statusOf({ ...NO_ACL, policy: document, policyIsPublic })).toBe(status);
  });

  test.each([
    [true, 'FAIL'],
    [false, 'PASS'],
  ] as const)('is enough where it does not matter who may do what: public %s', (policyIsPublic, status) => {
    const bucket = {
      ...{ accountPublicAccessBlock: OFF, publicAccessBlock: OFF, ownership: 'BucketOwnerEnforced' as const, acl: [], policyIsPublic },
      get policy() {
        return refuse('s3:GetBucketPolicy');
      },
    } as const;
    expect(publicAccess(bucket, 'arn:aws:s3:::example-bucket', ['read', 'write'])).toMatchObject({ status });
  });

  test('is needed even where conditions convince us: it might have said otherwise', async () => {
    expect(await statusOf({ ...NO_ACL, policy: ORGANIZATION_POLICY })).toBe('UNKNOWN');
  });
});

describe('the reason says who may do what', () => {
  const verdict = (bucket: object, access: 'read' | 'write') =>
    publicAccess({ ...OPEN, policyIsPublic: false, ...bucket }, 'arn:aws:s3:::example-bucket', [access]);

  test.each([
    ['all-users', 'its ACL grants READ to everyone'],
    ['authenticated-users', 'its ACL grants READ to anyone with an AWS account'],
  ])('by its ACL, %s', (grantee, reason) => {
    const acl = [{ grantee, permission: 'READ' }];
    expect(verdict({ acl, policy: undefined }, 'read')).toMatchObject({
      status: 'FAIL',
      reason,
      evidence: { grantee, permission: 'READ' },
    });
  });

  test.each([
    ['read', 's3:GetObject', 'its policy lets anyone read from it'],
    ['write', 's3:PutObject', 'its policy lets anyone write to it'],
  ] as const)('by its policy, to %s', (access, action, reason) => {
    expect(verdict({ acl: [], policy: policy({ ...READ, Action: action }) }, access)).toMatchObject({
      status: 'FAIL',
      reason,
      evidence: { statement: 'statement 1', action, resource: READ.Resource },
    });
  });
});

test.each([
  ['READ', ['read']],
  ['READ_ACP', ['read']],
  ['WRITE', ['write']],
  ['WRITE_ACP', ['write']],
  ['FULL_CONTROL', ['read', 'write']],
] as const)('an ACL with %s for everybody gives %j', async (permission, kinds) => {
  const bucket: Facets = { ...OPEN, acl: [{ grantee: 'all-users', permission }], policy: undefined };
  expect(await statusOf(bucket, publicRead)).toBe(kinds.some((kind) => kind === 'read') ? 'FAIL' : 'PASS');
  expect(await statusOf(bucket, publicWrite)).toBe(kinds.some((kind) => kind === 'write') ? 'FAIL' : 'PASS');
});

test.each(['log-delivery', 'aws', 'owner', 'account'] as const)('an ACL for %s is not public', async (grantee) => {
  expect(await statusOf({ ...OPEN, acl: [{ grantee, permission: 'FULL_CONTROL' }], policy: undefined })).toBe('PASS');
});

type Facets = Partial<BucketExposure>;

/** Judges as a scan does: each facet is asked of AWS when it is touched, and what is not given was denied. */
async function judged(facets: Facets, check = publicRead): Promise<{ readonly status: string; readonly asked: readonly string[] }> {
  const asked = new Map<string, Facet<unknown>>();
  const given = new Map<string, unknown>(Object.entries(facets));
  const facet = (name: string): Facet<unknown> | Promise<Facet<unknown>> => {
    const known = asked.get(name);
    if (known) return known;
    const { reason } = denied(`s3:${name}`);
    const answer: Facet<unknown> = given.has(name) ? { read: true, value: given.get(name) } : { read: false, reason };
    asked.set(name, answer);
    return Promise.resolve(answer);
  };
  const { status } = await evaluate(ready(check, EXAMPLE_NOW), { identity: identityOf('AWS::S3::Bucket'), facet });
  return { status, asked: [...asked.keys()] };
}

async function statusOf(facets: Facets, check = publicRead): Promise<string> {
  return (await judged(facets, check)).status;
}

async function asked(facets: Facets): Promise<readonly string[]> {
  return (await judged(facets)).asked;
}

function without(facets: Facets, missing: keyof BucketExposure): Facets {
  return Object.fromEntries(Object.entries(facets).filter(([name]) => name !== missing));
}

function policy(...Statement: readonly object[]) {
  return toPolicyDocument({ Statement }, 's3:GetBucketPolicy');
}
