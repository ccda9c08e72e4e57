import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GlobalAcceleratorClient,
  ListAcceleratorsCommand,
  ListCrossAccountAttachmentsCommand,
  ListCustomRoutingAcceleratorsCommand,
  ListCustomRoutingEndpointGroupsCommand,
  ListCustomRoutingListenersCommand,
  ListEndpointGroupsCommand,
  ListListenersCommand,
} from '@aws-sdk/client-global-accelerator';
import { afterAll, expect, it, vi } from 'vitest';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws();
const interfaces = { subnets: ['back'], group: 'GlobalAccelerator' };
const idOf = await aws.seed(
  account(ID)
    .vpc('default')
    .subnet('back')
    .securityGroup('GlobalAccelerator')
    .instance('web', { subnet: 'back' })
    .loadBalancer('inner', { internal: true, subnets: ['back'], listeners: [] })
    .accelerator('shop', {
      ...{ ...interfaces, enabled: false, protocol: 'UDP', ports: [80, 90], overrides: { 80: 8080 } },
      to: { instances: ['web'], loadBalancers: ['inner'] },
    })
    .accelerator('lobby', { ...interfaces, ports: [1, 1024], to: 'subnets' }),
);
const client = new GlobalAcceleratorClient({ ...aws.client(ID), region: 'us-west-2' });

afterAll(() => aws.stop());

it('has accelerators, listeners and endpoint groups as they are described', async () => {
  const { Accelerators = [] } = await client.send(new ListAcceleratorsCommand({}));
  expect(Accelerators).toMatchObject([{ Name: 'shop', Enabled: false, IpAddressType: 'IPV4' }]);
  const { Listeners = [] } = await client.send(new ListListenersCommand({ AcceleratorArn: Accelerators[0]?.AcceleratorArn }));
  expect(Listeners).toMatchObject([{ Protocol: 'UDP', PortRanges: [{ FromPort: 80, ToPort: 90 }] }]);
  const { EndpointGroups } = await client.send(new ListEndpointGroupsCommand({ ListenerArn: Listeners[0]?.ListenerArn }));
  expect(EndpointGroups).toMatchObject([
    {
      EndpointGroupRegion: 'us-east-1',
      EndpointDescriptions: [
        { EndpointId: idOf('instance', 'web'), ClientIPPreservationEnabled: true },
        { EndpointId: expect.stringContaining(':loadbalancer/app/inner/') },
      ],
      PortOverrides: [{ ListenerPort: 80, EndpointPort: 8080 }],
    },
  ]);
  expect((await client.send(new ListCrossAccountAttachmentsCommand({}))).CrossAccountAttachments).toEqual([]);
});

it('has those for custom routing apart, with their subnets', async () => {
  const { Accelerators = [] } = await client.send(new ListCustomRoutingAcceleratorsCommand({}));
  expect(Accelerators).toMatchObject([{ Name: 'lobby', Enabled: true }]);
  const { Listeners = [] } = await client.send(new ListCustomRoutingListenersCommand({ AcceleratorArn: Accelerators[0]?.AcceleratorArn }));
  const { EndpointGroups } = await client.send(new ListCustomRoutingEndpointGroupsCommand({ ListenerArn: Listeners[0]?.ListenerArn }));
  expect(EndpointGroups).toMatchObject([
    {
      DestinationDescriptions: [{ FromPort: 1, ToPort: 1024, Protocols: ['TCP'] }],
      EndpointDescriptions: [{ EndpointId: idOf('subnet', 'back') }],
    },
  ]);
});

it('tells the interfaces of accelerators from others', async () => {
  const ec2 = new EC2Client(aws.client(ID));
  const typed = async (type: string) => {
    const Filters = [{ Name: 'interface-type', Values: [type] }];
    return (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? [];
  };
  expect(await typed('global_accelerator_managed')).toMatchObject([
    { InterfaceType: 'global_accelerator_managed', SubnetId: idOf('subnet', 'back') },
    { Groups: [{ GroupId: idOf('security-group', 'GlobalAccelerator') }] },
  ]);
  expect(await typed('interface')).toHaveLength(1);
});
