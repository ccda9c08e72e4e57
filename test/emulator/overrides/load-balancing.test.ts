import {
  DescribeLoadBalancersCommand as DescribeClassicLoadBalancersCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, expect, it, vi } from 'vitest';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws();
const idOf = await aws.seed(
  account(ID)
    .subnet('front')
    .instance('web')
    .vpc('default')
    .loadBalancer('shop', {
      subnets: ['front'],
      accessLogs: false,
      listeners: [
        { protocol: 'HTTP', port: 80, to: 'https' },
        { protocol: 'HTTPS', port: 443, policy: 'ELBSecurityPolicy-2016-08', to: { port: 8080, instances: ['web'] } },
      ],
    })
    .securityGroup('front')
    .loadBalancer('old-shop', {
      ...{ kind: 'classic', subnets: ['front'], groups: ['front'] },
      listeners: [{ protocol: 'SSL', port: 2222, to: { port: 22, instances: ['web'] } }],
    }),
);
const client = new ElasticLoadBalancingV2Client(aws.client(ID));

afterAll(() => aws.stop());

it('has what is described, in the region of the account alone', async () => {
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
  expect(LoadBalancers).toMatchObject([
    {
      LoadBalancerName: 'shop',
      Type: 'application',
      Scheme: 'internet-facing',
      AvailabilityZones: [{ SubnetId: idOf('subnet', 'front') }],
    },
  ]);
  const elsewhere = new ElasticLoadBalancingV2Client({ ...aws.client(ID), region: 'eu-west-1' });
  expect((await elsewhere.send(new DescribeLoadBalancersCommand({}))).LoadBalancers).toEqual([]);
});

it('has classic ones apart, with all that they send to', async () => {
  const classic = new ElasticLoadBalancingClient(aws.client(ID));
  expect((await classic.send(new DescribeClassicLoadBalancersCommand({}))).LoadBalancerDescriptions).toMatchObject([
    {
      LoadBalancerName: 'old-shop',
      Scheme: 'internet-facing',
      SecurityGroups: [idOf('security-group', 'front')],
      Subnets: [idOf('subnet', 'front')],
      Instances: [{ InstanceId: idOf('instance', 'web') }],
      ListenerDescriptions: [{ Listener: { Protocol: 'SSL', LoadBalancerPort: 2222, InstancePort: 22 } }],
    },
  ]);
});

it('leads from a listener over its rules and target group to instances', async () => {
  const [balancer] = (await client.send(new DescribeLoadBalancersCommand({}))).LoadBalancers ?? [];
  const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }));
  expect(Listeners.map(({ Port, SslPolicy }) => [Port, SslPolicy])).toEqual([
    [80, undefined],
    [443, 'ELBSecurityPolicy-2016-08'],
  ]);
  const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn: Listeners[1]?.ListenerArn }));
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
  expect(Rules[0]?.Actions?.[0]?.TargetGroupArn).toBe(TargetGroups[0]?.TargetGroupArn);
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: TargetGroups[0]?.TargetGroupArn }),
  );
  expect(TargetHealthDescriptions).toMatchObject([{ Target: { Id: idOf('instance', 'web'), Port: 8080 } }]);
});

it('tells settings as they are described', async () => {
  const [balancer] = (await client.send(new DescribeLoadBalancersCommand({}))).LoadBalancers ?? [];
  const { Attributes = [] } = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }));
  const values = Object.fromEntries(Attributes.map(({ Key, Value }) => [Key, Value]));
  expect(values).toMatchObject({ 'access_logs.s3.enabled': 'false', 'deletion_protection.enabled': 'true' });
});
