import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { RegionStack } from '../../cdk/region-stack.ts';
import { TAMPERING } from '../../cdk/tampering.ts';
import type { Audited } from '../../config/config.ts';
import type { WrittenConfig } from '../../config/written-config.ts';
import { fits } from '../../emulator/event-pattern.ts';
import { flat, HUB, hubTemplate, newApp, propertiesOf, statementsOf } from './synthesized.ts';

const MEMBER = '444455556666';
const Rule = z.object({
  Name: z.string(),
  State: z.literal('ENABLED'),
  EventPattern: z.unknown(),
  Targets: z.array(z.object({ Arn: z.unknown(), RoleArn: z.unknown() })),
});
type Rule = z.infer<typeof Rule>;

function regionTemplate(roleName: string): Template {
  return Template.fromStack(new RegionStack(newApp(), 'region', { hubAccount: HUB.account, hubRegion: HUB.region, roleName, events: [] }));
}

/** As it is deployed in us-east-1 of a member. */
function deployed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  const text = flat(value);
  if (text !== JSON.stringify(value))
    return text.replaceAll('<AWS::Partition>', 'aws').replaceAll('<AWS::Region>', 'us-east-1').replaceAll('<AWS::AccountId>', MEMBER);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, deployed(part)]));
}

function rulesIn(template: Template): readonly Rule[] {
  return Object.values(propertiesOf(template, 'AWS::Events::Rule')).map((each) => Rule.parse(deployed(each)));
}

interface Call {
  readonly source: string;
  readonly eventName: string;
  readonly requestParameters: object;
  readonly userIdentity?: object;
  readonly errorCode?: string;
}

const ADMIN = {
  type: 'AssumedRole',
  arn: `arn:aws:sts::${MEMBER}:assumed-role/admin/jane`,
  sessionContext: { sessionIssuer: { userName: 'admin' } },
};
const USER = { type: 'IAMUser', arn: `arn:aws:iam::${MEMBER}:user/joe`, userName: 'joe' };
const FOR_A_STACK = { ...ADMIN, invokedBy: 'cloudformation.amazonaws.com' };
const STACK_SETS = {
  type: 'AssumedRole',
  sessionContext: { sessionIssuer: { userName: 'stacksets-exec-0123456789abcdef0123456789abcdef' } },
};

function toEvent({ source, eventName, requestParameters, userIdentity = ADMIN, errorCode }: Call): object {
  const detail = { eventSource: source.replace('aws.', '').concat('.amazonaws.com'), eventName, requestParameters, userIdentity };
  return { source, account: MEMBER, region: 'us-east-1', detail: errorCode === undefined ? detail : { ...detail, errorCode } };
}

describe('the rules of a region', () => {
  let template: Template;
  let rules: readonly Rule[];
  beforeAll(() => {
    template = regionTemplate('cloud-posture-audit');
    rules = rulesIn(template);
  }, 120_000);
  const noticed = (call: Call): boolean => rules.some(({ EventPattern }) => fits(toEvent(call), EventPattern));

  test('are one for each line of the table, none longer than EventBridge takes', () => {
    expect(rules.map(({ Name }) => Name)).toEqual(TAMPERING.map(({ name }) => `cloud-posture-tampering-${name}`));
    expect(rules.map(({ EventPattern }) => JSON.stringify(EventPattern).length).filter((length) => length > 2_048)).toEqual([]);
  });

  test('send to the bus of the hub by a role that may do just that', () => {
    const bus = `arn:aws:events:${HUB.region}:${HUB.account}:event-bus/cloud-posture`;
    expect(new Set(rules.flatMap(({ Targets }) => Targets.map(({ Arn }) => Arn)))).toEqual(new Set([bus]));
    const statements = statementsOf(template, 'cloud-posture-forward-<AWS::Region>');
    expect(statements.map(({ Action, Resource }) => [Action, Resource.map((each) => each.replace('<AWS::Partition>', 'aws'))])).toEqual([
      [['events:PutEvents'], [bus]],
      [['events:PutEvents'], [`${bus}-events`]],
    ]);
  });

  test.each<Call>([
    { source: 'aws.iam', eventName: 'DeleteRole', requestParameters: { roleName: 'cloud-posture-audit' } },
    {
      source: 'aws.iam',
      eventName: 'UpdateAssumeRolePolicy',
      requestParameters: { roleName: 'cloud-posture-scan', policyDocument: '{}' },
      userIdentity: USER,
    },
    {
      source: 'aws.iam',
      eventName: 'CreatePolicyVersion',
      requestParameters: { policyArn: `arn:aws:iam::${MEMBER}:policy/cloud-posture-audit-1` },
    },
    { source: 'aws.iam', eventName: 'DetachRolePolicy', requestParameters: { roleName: 'cloud-posture-audit' }, errorCode: 'AccessDenied' },
    { source: 'aws.cloudformation', eventName: 'DeleteStack', requestParameters: { stackName: 'cloud-posture-member' } },
    {
      source: 'aws.cloudformation',
      eventName: 'DeleteStack',
      requestParameters: { stackName: `arn:aws:cloudformation:us-east-1:${MEMBER}:stack/StackSet-cloud-posture-member-1a2b/3c4d` },
    },
    { source: 'aws.cloudformation', eventName: 'DeleteStackInstances', requestParameters: { stackSetName: 'cloud-posture-member' } },
    { source: 'aws.events', eventName: 'DisableRule', requestParameters: { name: 'cloud-posture-tampering-iam' } },
    { source: 'aws.events', eventName: 'RemoveTargets', requestParameters: { rule: 'cloud-posture-tampering-iam', ids: ['Target0'] } },
    { source: 'aws.events', eventName: 'RemovePermission', requestParameters: { eventBusName: 'cloud-posture' } },
    { source: 'aws.scheduler', eventName: 'UpdateSchedule', requestParameters: { name: 'cloud-posture-audit' } },
  ])('notice $eventName of $requestParameters', (call) => {
    expect(noticed(call)).toBe(true);
  });

  test.each<Call & { readonly why: string }>([
    { why: "somebody else's role", source: 'aws.iam', eventName: 'DeleteRole', requestParameters: { roleName: 'deploy' } },
    { why: 'a call that changes nothing', source: 'aws.iam', eventName: 'TagRole', requestParameters: { roleName: 'cloud-posture-audit' } },
    { why: 'a call of another service', source: 'aws.scheduler', eventName: 'DeleteRule', requestParameters: { name: 'cloud-posture' } },
    {
      why: 'what CloudFormation does for a stack: the call on the stack was noticed',
      source: 'aws.iam',
      eventName: 'DeleteRole',
      requestParameters: { roleName: 'cloud-posture-audit' },
      userIdentity: FOR_A_STACK,
    },
    {
      why: 'what StackSets does in a member: the call on the stack set was noticed',
      source: 'aws.cloudformation',
      eventName: 'UpdateStack',
      requestParameters: { stackName: 'StackSet-cloud-posture-member-1a2b' },
      userIdentity: STACK_SETS,
    },
  ])('leave alone $why', (call) => {
    expect(noticed(call)).toBe(false);
  });
});

test('an audit role of another name is watched too', () => {
  const rules = rulesIn(regionTemplate('watcher'));
  const event = toEvent({ source: 'aws.iam', eventName: 'DeleteRole', requestParameters: { roleName: 'watcher' } });
  expect(rules.filter(({ EventPattern }) => fits(event, EventPattern)).map(({ Name }) => Name)).toEqual(['cloud-posture-tampering-iam']);
});

describe('the hub', () => {
  test('tells the operations topic what, who, when and where', () => {
    const rule = Object.values(propertiesOf(hubTemplate(), 'AWS::Events::Rule')).find(({ Name }) => Name === 'cloud-posture-tampering');
    expect(rule).toMatchObject({
      EventBusName: { Ref: expect.stringMatching(/^EventsBus/) },
      EventPattern: { source: TAMPERING.map(({ source }) => source) },
      Targets: [
        {
          Arn: { Ref: expect.stringMatching(/^TopicsOperations/) },
          RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^EventsRole/), 'Arn'] },
        },
      ],
    });
    const text = JSON.stringify(rule);
    for (const path of ['detail.eventName', 'detail.userIdentity.arn', 'detail.eventTime', 'account', 'region'])
      expect(text).toContain(`"$.${path}"`);
  });

  test('publishes by a role of its own, which EventBridge takes on for this account only', () => {
    const statements = statementsOf(hubTemplate(), 'cloud-posture-tampering');
    expect(statements.map(({ Action }) => Action)).toEqual([['sns:Publish'], ['kms:Decrypt', 'kms:GenerateDataKey']]);
  });

  test.each<[Audited['kind'], WrittenConfig, unknown]>([
    ['own', {}, undefined],
    ['accounts', { accounts: [MEMBER] }, { AWS: `arn:aws:iam::${MEMBER}:root` }],
    ['organization', { organization: { id: 'o-a1b2c3d4e5', units: ['r-ab12'] } }, { AWS: '*' }],
  ])('lets put events on its buses whom it audits: %s', (kind, written, principal) => {
    const policies = Object.values(propertiesOf(hubTemplate(written), 'AWS::Events::EventBusPolicy'));
    const condition = kind === 'organization' ? { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } } : {};
    const allowed = { Effect: 'Allow', Action: 'events:PutEvents', Principal: principal, ...condition };
    expect(policies.map(({ Statement }) => Statement)).toMatchObject(principal === undefined ? [] : [allowed, allowed]);
  });
});
