import { describe, expect, test } from 'vitest';
import bucketPolicyChanged from '../../../checks/activity/bucket-policy-changed.ts';
import cloudtrailChanged from '../../../checks/activity/cloudtrail-changed.ts';
import configChanged from '../../../checks/activity/config-changed.ts';
import iamPolicyChanged from '../../../checks/activity/iam-policy-changed.ts';
import networkAclChanged from '../../../checks/activity/network-acl-changed.ts';
import networkGatewayChanged from '../../../checks/activity/network-gateway-changed.ts';
import routeTableChanged from '../../../checks/activity/route-table-changed.ts';
import securityGroupChanged from '../../../checks/activity/security-group-changed.ts';
import vpcChanged from '../../../checks/activity/vpc-changed.ts';
import type { Activity, ExampleEvent } from '../../../checks/activity.ts';
import { judgeActivity } from '../../../checks/activity-registry.ts';
import { exampleEvent } from './example-event.ts';

const EC2 = 'ec2.amazonaws.com';
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The filters of the benchmark, as it writes them: by name alone unless it tests the source. */
const FAMILIES = [
  {
    check: iamPolicyChanged,
    source: 'any',
    own: 'iam.amazonaws.com',
    names:
      words(`DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion
      DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy`),
  },
  {
    check: cloudtrailChanged,
    source: 'any',
    own: 'cloudtrail.amazonaws.com',
    names: words('CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging'),
  },
  {
    check: bucketPolicyChanged,
    source: 's3.amazonaws.com',
    own: 's3.amazonaws.com',
    names:
      words(`PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle
      DeleteBucketReplication`),
  },
  {
    check: configChanged,
    source: 'config.amazonaws.com',
    own: 'config.amazonaws.com',
    names: words('StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder'),
  },
  {
    check: securityGroupChanged,
    source: 'any',
    own: EC2,
    names:
      words(`AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup
      DeleteSecurityGroup ModifySecurityGroupRules`),
  },
  {
    check: networkAclChanged,
    source: 'any',
    own: EC2,
    names: words(`CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry
      ReplaceNetworkAclAssociation`),
  },
  {
    check: networkGatewayChanged,
    source: 'any',
    own: EC2,
    names: words(`CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway
      DetachInternetGateway`),
  },
  {
    check: routeTableChanged,
    source: 'any',
    own: EC2,
    names: words(`CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute
      DisassociateRouteTable`),
  },
  {
    check: vpcChanged,
    source: 'any',
    own: EC2,
    names: words(`CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection
      RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink`),
  },
];

/** Ordinary whoever does it. */
const ROUTINE = new Set(['StartLogging']);

describe.each(FAMILIES)('$check.id', ({ check, source, own, names }) => {
  const judged = (record: ExampleEvent): Activity | undefined =>
    judgeActivity(check, exampleEvent({ eventSource: own, requestParameters: {}, ...record }), check.params ?? {});

  test('selects what the filter of CIS does', () => {
    const [first] = check.events;
    if (typeof first !== 'object' || !('names' in first)) throw new Error('it selects by something else');
    expect([...first.names].sort()).toEqual([...names].sort());
    expect(first.source).toBe(source);
  });

  test.each(names)('tells %s: a change, an attempt, one by a service', (eventName) => {
    const severities = [
      judged({ eventName }),
      judged({ eventName, errorCode: 'AccessDenied' }),
      judged({ eventName, errorCode: 'InvalidParameterValue' }),
      judged({ eventName, userIdentity: { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' } }),
    ].map((activity) => activity && (activity.severity ?? check.severity));
    expect(severities).toEqual([ROUTINE.has(eventName) ? 'LOW' : 'MEDIUM', 'LOW', 'LOW', 'LOW']);
  });

  test('tells what cannot be read as severely as what can', () => {
    for (const requestParameters of [null, 'nonsense', 17, { omitted: true }, [1, 2]])
      expect(judged({ eventName: names[0] ?? '', requestParameters })).not.toHaveProperty('severity');
  });

  test('says of an attempt that it was one', () => {
    expect(judged({ eventName: names[0] ?? '', errorCode: 'AccessDenied' })?.reason).toMatch(/^tried to .*, refused$/);
    expect(judged({ eventName: names[0] ?? '', errorCode: 'NoSuchEntity' })?.reason).toMatch(/^tried to .*, failed$/);
  });
});

test('what a person does in the console is not taken for the work of a service', () => {
  const userIdentity = { type: 'IAMUser', userName: 'ana', accountId: '111122223333', invokedBy: 'signin.amazonaws.com' };
  const event = exampleEvent({ eventSource: EC2, eventName: 'DeleteVpc', requestParameters: { vpcId: 'vpc-1' }, userIdentity });
  expect(judgeActivity(vpcChanged, event, {})).not.toHaveProperty('severity');
});

test('what a service does under a role of its own is the work of a service', () => {
  const arn = 'arn:aws:iam::111122223333:role/aws-service-role/elasticbeanstalk.amazonaws.com/AWSServiceRoleForElasticBeanstalk';
  const userIdentity = {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForElasticBeanstalk/x',
    sessionContext: { sessionIssuer: { type: 'Role', arn } },
  };
  const event = exampleEvent({ eventSource: EC2, eventName: 'DeleteSecurityGroup', requestParameters: { groupId: 'sg-1' }, userIdentity });
  expect(judgeActivity(securityGroupChanged, event, {})).toMatchObject({
    reason: 'security group deleted: sg-1, by elasticbeanstalk.amazonaws.com',
    severity: 'LOW',
  });
});

describe('rules of a security group', () => {
  const told = (eventName: string, requestParameters: object, responseElements: object | null = null) =>
    judgeActivity(securityGroupChanged, exampleEvent({ eventSource: EC2, eventName, requestParameters, responseElements }), {});
  const ends = { ipRanges: {}, ipv6Ranges: {}, prefixListIds: {}, groups: {} };

  test.each([
    ['flat', { cidrIp: '0.0.0.0/0', ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipPermissions: {} }, ['tcp 22 from 0.0.0.0/0']],
    [
      'in lists, ports as texts',
      {
        ipPermissions: {
          items: [
            {
              ...ends,
              ipProtocol: 'udp',
              fromPort: '1000',
              toPort: '2000',
              ipRanges: { items: [{ cidrIp: '192.0.2.0/24' }] },
              ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] },
              prefixListIds: { items: [{ prefixListId: 'pl-1' }] },
              groups: { items: [{ groupId: 'sg-2', userId: '111122223333' }] },
            },
          ],
        },
      },
      ['udp 1000-2000 from 192.0.2.0/24', 'udp 1000-2000 from ::/0', 'udp 1000-2000 from pl-1', 'udp 1000-2000 from sg-2'],
    ],
    ['by their ids', { securityGroupRuleIds: { items: ['sgr-1', 'sgr-2'] } }, ['sgr-1', 'sgr-2']],
    ['none that makes sense', { ipPermissions: { items: [7, { ipProtocol: {} }] } }, undefined],
  ])('%s', (_, request, rules) => {
    expect(told('RevokeSecurityGroupIngress', { groupId: 'sg-1', ...request })?.evidence.rules).toEqual(rules);
  });

  test('are at most twenty', () => {
    const items = Array.from({ length: 60 }, (_, index) => ({ cidrIp: `192.0.2.${index}/32` }));
    const rules = told('AuthorizeSecurityGroupIngress', {
      ipPermissions: { items: [{ ...ends, ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: { items } }] },
    })?.evidence.rules;
    expect(rules).toHaveLength(20);
  });

  test('taken away by default are ordinary, and only those', () => {
    const revoked = (cidrIp: string, ipProtocol = '-1', name = 'RevokeSecurityGroupEgress') =>
      told(name, { groupId: 'sg-1', ipPermissions: { items: [{ ...ends, ipProtocol, ipRanges: { items: [{ cidrIp }] } }] } })?.severity;
    expect(revoked('0.0.0.0/0')).toBe('LOW');
    expect(revoked('10.0.0.0/8')).toBeUndefined();
    expect(revoked('0.0.0.0/0', 'tcp')).toBeUndefined();
    expect(revoked('0.0.0.0/0', '-1', 'RevokeSecurityGroupIngress')).toBeUndefined();
  });
});

test('what another service calls the same is told as LOW, and where it was', () => {
  const event = exampleEvent({ eventSource: 'apigateway.amazonaws.com', eventName: 'DeleteRoute', requestParameters: { routeId: 'r1' } });
  expect(judgeActivity(routeTableChanged, event, {})).toMatchObject({
    reason: 'route deleted: in apigateway.amazonaws.com',
    severity: 'LOW',
  });
});

test('what AWS did on its own is told as the work of a service', () => {
  const userIdentity = { type: 'AWSService' };
  const event = exampleEvent({
    eventSource: EC2,
    eventName: 'DeleteVpc',
    requestParameters: { vpcId: 'vpc-1' },
    userIdentity,
    sourceIPAddress: 'elasticbeanstalk.amazonaws.com',
  });
  expect(judgeActivity(vpcChanged, event, {})).toMatchObject({
    reason: 'VPC deleted: vpc-1, by elasticbeanstalk.amazonaws.com',
    severity: 'LOW',
  });
});

test('no text in what is told is longer than can be read', () => {
  const event = exampleEvent({
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
    requestParameters: { bucketName: 'b'.repeat(9_999) },
  });
  const { reason, evidence } = judgeActivity(bucketPolicyChanged, event, {}) ?? {};
  expect(reason?.length).toBeLessThan(120);
  expect(evidence).toEqual({ bucketName: 'b'.repeat(256) });
});
