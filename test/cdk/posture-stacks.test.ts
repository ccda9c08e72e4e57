import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { INLINE_BYTES } from '../../cdk/account-templates.ts';
import { regionsEnabledByDefault } from '../../cdk/names.ts';
import type { WrittenConfig } from '../../config/written-config.ts';
import { flat, HUB, propertiesOf, type Synthesized, synthesize } from './synthesized.ts';

const SLOW = 180_000;
const namesOf = ({ stacks }: Synthesized) => stacks.map(({ id, account, region }) => `${id} ${account} ${region}`).sort();

test(
  'one account: hub, audit role, and rules in every region that an account has for certain',
  () => {
    const regions = regionsEnabledByDefault('eu-west-1');
    expect(regions).toHaveLength(17);
    expect(namesOf(synthesize({ account: HUB.account, everywhere: true }))).toEqual([
      'cloud-posture 111122223333 eu-west-1',
      'cloud-posture-member 111122223333 eu-west-1',
      ...regions.map((region) => `cloud-posture-region-${region} 111122223333 ${region}`),
    ]);
  },
  SLOW,
);

test(
  'only the region of the hub must be bootstrapped: no stack needs roles of another',
  () => {
    const { stacks } = synthesize({ account: HUB.account, written: { regions: ['us-east-1', 'ap-southeast-1'] } });
    const inline = stacks.filter(({ region }) => region !== HUB.region).map(({ bytes }) => bytes);
    expect([inline.length, inline.filter((bytes) => bytes > INLINE_BYTES)]).toEqual([2, []]);
    const role = (name: string) => `arn:\${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-${name}-111122223333-eu-west-1`;
    expect([...new Set(stacks.flatMap(({ roles }) => roles))]).toEqual([role('deploy-role'), role('cfn-exec-role')]);
  },
  SLOW,
);

test(
  'without an account everything is made for whichever it is deployed into',
  () => {
    const { stacks, templates, template } = synthesize();
    expect([...new Set(stacks.map(({ account }) => account))]).toEqual(['unknown-account']);
    expect(JSON.stringify([templates, template('cloud-posture').toJSON()])).not.toMatch(/\d{12}/);
    expect(templates.member).toHaveProperty('Parameters.HubAccount');
    expect(templates.member).not.toHaveProperty('Parameters.HubAccount.Default');
  },
  SLOW,
);

test(
  'many regions: one region stack in each',
  () => {
    const { stacks } = synthesize({ account: HUB.account, written: { regions: ['eu-central-1', 'us-east-1', 'eu-west-1'] } });
    const regional = stacks.filter(({ name }) => name === 'cloud-posture-region').map(({ region }) => region);
    expect(regional.sort()).toEqual(['eu-central-1', 'eu-west-1', 'us-east-1']);
  },
  SLOW,
);

/** Roles and their policies as they are in an account. */
function resolved(template: Template): string {
  const resources = ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy'].map((type) => propertiesOf(template, type));
  const text = JSON.stringify(resources, (_, value) => (flat(value) === JSON.stringify(value) ? value : flat(value)));
  return text.replaceAll('<HubAccount>', HUB.account).replaceAll('<ExternalId>', 'heard').replaceAll('<AWS::Partition>', 'aws');
}

describe('a list of accounts', () => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = synthesize({ account: HUB.account, written: { accounts: ['444455556666'], deployment: { externalId: 'heard' } } });
  }, SLOW);

  test('has no stack sets', () => {
    expect(synthesized.stacks.map(({ id }) => id)).not.toContain('cloud-posture-organization');
  });

  test('gets templates that stand for themselves and know the hub already', () => {
    expect(synthesized.templates).toMatchObject({
      member: { Parameters: { HubAccount: { Default: HUB.account }, ExternalId: { Default: 'heard' } } },
      region: { Parameters: { HubAccount: { Default: HUB.account }, HubRegion: { Default: HUB.region } } },
    });
    for (const template of Object.values(synthesized.templates)) {
      expect(Object.keys(template).sort()).toEqual(expect.arrayContaining(['Description', 'Parameters', 'Resources']));
      expect(JSON.stringify(template).length).toBeLessThan(INLINE_BYTES);
      expect(JSON.stringify(template)).not.toMatch(/BootstrapVersion|cdk-hnb659fds|AssetParameters/);
    }
  });

  test('gives the other accounts the same role as the hub has', () => {
    const literal = resolved(synthesized.template('cloud-posture-member'));
    expect(resolved(Template.fromJSON(synthesized.templates.member))).toEqual(literal);
    expect(literal).toContain(`arn:aws:iam::${HUB.account}:role/cloud-posture-scan`);
  });
});

describe('an organization', () => {
  const written: WrittenConfig = {
    organization: { id: 'o-a1b2c3d4e5', units: ['r-ab12'], exclude: ['777788889999'] },
    regions: ['eu-central-1'],
    securityHub: true,
  };
  const StackSet = z.looseObject({ StackSetName: z.string(), TemplateBody: z.string(), CallAs: z.string() });
  let stackSets: readonly z.infer<typeof StackSet>[];
  let order: readonly string[];
  beforeAll(() => {
    const synthesized = synthesize({ account: HUB.account, written });
    order = synthesized.stacks.map(({ id }) => id);
    stackSets = ['cloud-posture-organization', 'cloud-posture-organization-region']
      .flatMap((id) => Object.values(propertiesOf(synthesized.template(id), 'AWS::CloudFormation::StackSet')))
      .map((each) => StackSet.parse(each));
  }, SLOW);

  test('gets its stacks by stack sets that look after new accounts themselves', () => {
    expect(stackSets.map(({ StackSetName }) => StackSetName)).toEqual(['cloud-posture-member', 'cloud-posture-region']);
    for (const stackSet of stackSets) {
      expect(stackSet).toMatchObject({
        PermissionModel: 'SERVICE_MANAGED',
        CallAs: 'DELEGATED_ADMIN',
        AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
        ManagedExecution: { Active: true },
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        OperationPreferences: { FailureTolerancePercentage: 100, RegionConcurrencyType: 'PARALLEL' },
      });
    }
  });

  test('first the roles, which the first audit takes on as soon as the hub is there, then the hub, then the rules that tell it', () => {
    const [roles, hub, rules] = ['cloud-posture-organization', 'cloud-posture', 'cloud-posture-organization-region'].map((id) =>
      order.indexOf(id),
    );
    expect([roles, hub, rules].sort()).toEqual([roles, hub, rules]);
    expect(order.indexOf('cloud-posture-member')).toBeLessThan(order.indexOf('cloud-posture'));
  });

  test('but the hub, which has its own, and accounts that are not audited', () => {
    for (const { StackInstancesGroup } of stackSets) {
      expect(StackInstancesGroup).toMatchObject([
        {
          DeploymentTargets: {
            OrganizationalUnitIds: ['r-ab12'],
            AccountFilterType: 'DIFFERENCE',
            Accounts: [{ Ref: 'AWS::AccountId' }, '777788889999'],
          },
        },
      ]);
    }
  });

  test('the role once per account, the rules in every region', () => {
    expect(stackSets.map(({ StackInstancesGroup }) => StackInstancesGroup)).toMatchObject([
      [{ Regions: ['eu-west-1'] }],
      [{ Regions: ['eu-west-1', 'us-east-1', 'eu-central-1'] }],
    ]);
  });

  test('each template is small enough to be given inline, and asks exactly for what it is given', () => {
    for (const { TemplateBody, Parameters } of stackSets) {
      expect(Buffer.byteLength(TemplateBody)).toBeLessThanOrEqual(INLINE_BYTES);
      const asked = z.object({ Parameters: z.record(z.string(), z.unknown()) }).parse(JSON.parse(TemplateBody));
      const given = z.array(z.looseObject({ ParameterKey: z.string() })).parse(Parameters);
      expect(given.map(({ ParameterKey }) => ParameterKey).sort()).toEqual(Object.keys(asked.Parameters).sort());
    }
  });

  test(
    'from the management account in its own name',
    () => {
      const template = synthesize({ account: HUB.account, written, callAs: 'SELF' }).template('cloud-posture-organization');
      template.allResourcesProperties('AWS::CloudFormation::StackSet', { CallAs: 'SELF' });
    },
    SLOW,
  );
});

test(
  'everything that can be tagged is: itself, or as a rule by its stack',
  () => {
    const { template, stacks } = synthesize({
      account: HUB.account,
      written: { deployment: { tags: { owner: 'security', application: 'ours' } } },
    });
    for (const { id, tags } of stacks) {
      expect(tags).toEqual({ owner: 'security', application: 'ours' });
      const untagged = Object.values(template(id).findResources('*'))
        .filter(({ Type, Properties }) => TAGGED.has(Type) && !isTagged(Properties?.Tags))
        .map(({ Type }) => `${id}: ${Type}`);
      expect(untagged).toEqual([]);
    }
  },
  SLOW,
);

const TAGGED = new Set([
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::StepFunctions::StateMachine',
  'AWS::Events::EventBus',
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Role',
]);

function isTagged(tags: unknown): boolean {
  const found = z.array(z.object({ Key: z.string(), Value: z.string() })).safeParse(tags).data ?? [];
  return ['owner=security', 'application=ours'].every((wanted) => found.some(({ Key, Value }) => `${Key}=${Value}` === wanted));
}

test(
  'cdk-nag looks at the whole app: what nobody has acknowledged stops it',
  () => {
    const plain = () => synthesize({ account: HUB.account, also: (app) => void new Topic(new Stack(app, 'Careless'), 'Topic') });
    expect(plain).toThrow(/AwsSolutions-SNS3/);
  },
  SLOW,
);
