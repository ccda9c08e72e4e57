import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { auditActions, toPolicies } from '../../cdk/audit-role.ts';
import { MemberStack } from '../../cdk/member-stack.ts';
import { checks } from '../../checks/registry.ts';
import { permissionsFor } from '../../findings/permissions.ts';
import { sources } from '../../inventory/registry.ts';
import { HUB, newApp, policyOf, propertiesOf } from './synthesized.ts';

const READS = /^[a-z0-9-]+:(BatchGet|Describe|Get|List|Lookup)[A-Z][A-Za-z]+$/;

function member(): Template {
  const props = { roleName: 'cloud-posture-audit', hubAccount: HUB.account, externalId: 'an-id' };
  return Template.fromStack(new MemberStack(newApp(), 'member', props));
}

test('the role holds what the readers of the checks declare and planning asks, nothing less and nothing more', () => {
  const held = Object.values(propertiesOf(member(), 'AWS::IAM::ManagedPolicy'))
    .flatMap(policyOf)
    .flatMap(({ Action }) => Action)
    .sort();
  expect(held).toEqual([...new Set([...permissionsFor(checks, sources), 'ec2:DescribeRegions'])].sort());
});

test('every action reads, and none reads what people keep in buckets, secrets, parameters or tables', () => {
  // Makes AWS write down the state of credentials, which has no other way out.
  const reports = 'iam:GenerateCredentialReport';
  const others = [reports, 'apigateway:GET'];
  expect(auditActions().filter((action) => !others.includes(action) && !READS.test(action))).toEqual([]);
  expect(
    auditActions().filter((action) =>
      /s3:GetObject$|SecretValue|ssm:GetParameter|dynamodb:|kms:Decrypt|lambda:GetFunction$|sqs:ReceiveMessage|logs:(GetLog|Filter)|ecr:BatchGetImage|rds:Download/.test(
        action,
      ),
    ),
  ).toEqual([]);
});

test('of API Gateway it may read APIs and their stages: GET of everything would give out the values of API keys', () => {
  const ofApis = Object.values(propertiesOf(member(), 'AWS::IAM::ManagedPolicy'))
    .flatMap(policyOf)
    .filter(({ Action }) => [Action].flat().includes('apigateway:GET'));
  const paths = ['/apis', '/apis/*/stages', '/restapis', '/restapis/*/stages'];
  expect(ofApis).toMatchObject([
    { Action: ['apigateway:GET'], Resource: paths.map((path) => `arn:<AWS::Partition>:apigateway:*::${path}`) },
  ]);
});

test('only what looks into accounts for the hub may take it on, by its external id', () => {
  const template = member();
  const roleOf = (name: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${HUB.account}:role/cloud-posture-${name}`]],
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'cloud-posture-audit',
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${HUB.account}:root`]] } },
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': [roleOf('plan'), roleOf('scan'), roleOf('react')] },
            StringEquals: { 'sts:ExternalId': 'an-id' },
          },
        },
      ],
    },
  });
  template.resourceCountIs('AWS::IAM::Role', 1);
});

describe('policies', () => {
  const actions = Array.from({ length: 400 }, (_, index) => `service:DescribeSomethingNumber${index}`);

  test('are split where they would grow larger than IAM takes, and lose nothing', () => {
    const policies = toPolicies(actions, 6_144).map((policy) => policy.toJSON());
    expect(policies.length).toBeGreaterThan(1);
    expect(policies.filter((policy) => JSON.stringify(policy).length > 6_144)).toEqual([]);
    expect(policies.flatMap(({ Statement: [{ Action }] }) => Action)).toEqual(actions);
  });

  test('are one as long as that suffices', () => {
    expect(toPolicies(actions.slice(0, 50), 6_144)).toHaveLength(1);
  });
});
