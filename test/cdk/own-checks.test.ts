import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { AnyCheck } from '../../checks/check.ts';
import { checks } from '../../checks/registry.ts';
import { evaluate, ready } from '../../findings/evaluate.ts';
import { toPolicyDocument } from '../../inventory/policy-document.ts';
import { EXAMPLE_NOW, exampleResource } from '../checks/example-resource.ts';
import { flat, propertiesOf, type Synthesized, synthesize } from './synthesized.ts';

/** What we ask of others holds for what we deploy. */
let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize({
    written: { organization: { id: 'o-a1b2c3d4e5', units: ['r-ab12'] }, securityHub: true },
    account: '111122223333',
  });
}, 180_000);

const MEMBER = '444455556666';
const STACKS = ['cloud-posture', 'cloud-posture-member', 'cloud-posture-region-eu-west-1'];

/** A policy of the template as IAM would show it in an account. */
function document(value: unknown) {
  return toPolicyDocument(JSON.parse(JSON.stringify(value, (_, part) => (isIntrinsic(part) ? deployed(flat(part)) : part))), 'template');
}

function isIntrinsic(value: unknown): boolean {
  return flat(value) !== value && flat(value) !== JSON.stringify(value);
}

function deployed(text: string): string {
  return text
    .replaceAll('<AWS::Partition>', 'aws')
    .replaceAll('<AWS::AccountId>', '111122223333')
    .replaceAll('<AWS::Region>', 'eu-west-1')
    .replaceAll(/<JobsBucket\w+\.Arn>/g, 'arn:aws:s3:::jobs')
    .replaceAll(/<\w+\.Arn>/g, 'arn:aws:lambda:eu-west-1:111122223333:function:example');
}

async function statusOf(check: AnyCheck, facets: Readonly<Record<string, unknown>>): Promise<string> {
  return (await evaluate(ready(check, EXAMPLE_NOW), exampleResource(check, facets))).status;
}

function checkOf(id: string): AnyCheck {
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`there is no check ${id}`);
  return found;
}

function rolesIn(template: Template) {
  const policies = Object.values(propertiesOf(template, 'AWS::IAM::Policy')).concat(
    Object.values(propertiesOf(template, 'AWS::IAM::ManagedPolicy')),
  );
  return Object.entries(propertiesOf(template, 'AWS::IAM::Role')).map(([id, { AssumeRolePolicyDocument, ManagedPolicyArns }]) => ({
    id,
    trustPolicy: document(AssumeRolePolicyDocument),
    policies: policies
      .filter(({ Roles }) => (Roles === undefined ? ManagedPolicyArns !== undefined : JSON.stringify(Roles).includes(`"${id}"`)))
      .map(({ PolicyDocument }, index) => ({ name: `policy-${index}`, via: 'direct', document: document(PolicyDocument) })),
  }));
}

describe('roles', () => {
  test.each(STACKS)('of %s have no administrator among them', async (stack) => {
    const roles = rolesIn(synthesized.template(stack));
    expect(roles.length).toBeGreaterThan(0);
    for (const { id, policies } of roles) {
      expect(policies.length, id).toBeGreaterThan(0);
      expect(await statusOf(checkOf('iam-principal-admin-absent'), { policies, boundary: undefined }), id).toBe('PASS');
    }
  });

  test.each(STACKS)('of %s let in no stranger, seen from the hub and from any other account', async (stack) => {
    for (const { id, trustPolicy } of rolesIn(synthesized.template(stack))) {
      for (const accountId of ['111122223333', MEMBER]) {
        expect(await statusOf(checkOf('iam-role-trust-closed'), { trustPolicy, identity: { accountId } }), `${id} in ${accountId}`).toBe(
          'PASS',
        );
      }
    }
  });
});

describe('the job bucket', () => {
  const Block = z.record(z.enum(['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets']), z.boolean());

  test.each([
    's3-bucket-tls-only',
    's3-bucket-public-access-blocked',
    's3-bucket-public-read-absent',
    's3-bucket-public-write-absent',
  ])('passes %s', async (id) => {
    const template = synthesized.template('cloud-posture');
    const [bucket = {}] = Object.values(propertiesOf(template, 'AWS::S3::Bucket'));
    const [policy = {}] = Object.values(propertiesOf(template, 'AWS::S3::BucketPolicy'));
    const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = Block.parse(
      bucket.PublicAccessBlockConfiguration,
    );
    const facets = {
      identity: { id: 'jobs', arn: 'arn:aws:s3:::jobs' },
      publicAccessBlock: {
        blockPublicAcls: BlockPublicAcls,
        ignorePublicAcls: IgnorePublicAcls,
        blockPublicPolicy: BlockPublicPolicy,
        restrictPublicBuckets: RestrictPublicBuckets,
      },
      accountPublicAccessBlock: { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false },
      ownership: 'BucketOwnerEnforced',
      acl: [],
      policy: document(policy.PolicyDocument),
      policyIsPublic: false,
    };
    expect(await statusOf(checkOf(id), facets)).toBe('PASS');
  });
});
