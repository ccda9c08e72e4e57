import {
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointServicePermissionsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, expect, it, vi } from 'vitest';
import { account, allow } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws();
await aws.seed(
  account(ID)
    .vpc('default', { endpoints: ['dynamodb', { service: 's3', policy: allow('s3:*', 'arn:aws:s3:::orders/*', { principal: '*' }) }] })
    .endpointService('feed', { asksFirst: false, principals: ['*', 'arn:aws:iam::444455556666:root'] })
    .endpointService('till')
    .endpointService('elsewhere', { region: 'eu-west-1' }),
);
const ec2 = new EC2Client({ ...aws.client(ID), region: 'us-east-1' });

afterAll(() => aws.stop());

it('endpoints have the policy that is described, or the one that AWS gives', async () => {
  const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
  const policies = new Map(VpcEndpoints.map(({ ServiceName, PolicyDocument }) => [ServiceName, JSON.parse(PolicyDocument ?? '')]));
  expect(policies.get('com.amazonaws.us-east-1.s3')).toMatchObject({ Statement: [{ Resource: 'arn:aws:s3:::orders/*' }] });
  expect(policies.get('com.amazonaws.us-east-1.dynamodb')).toMatchObject({ Statement: [{ Principal: '*', Action: '*', Resource: '*' }] });
});

it('endpoints are found by their ids, together with other filters', async () => {
  const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
  const id = VpcEndpoints.find(({ ServiceName }) => ServiceName?.endsWith('.s3'))?.VpcEndpointId ?? '';
  const found = async (state: string) => {
    const Filters = [
      { Name: 'vpc-endpoint-id', Values: [id, 'vpce-gone'] },
      { Name: 'vpc-endpoint-state', Values: [state] },
    ];
    return (await ec2.send(new DescribeVpcEndpointsCommand({ Filters }))).VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId);
  };
  expect(await found('available')).toEqual([id]);
  expect(await found('failed')).toEqual([]);
});

it('the services of AWS say whether they heed a policy', async () => {
  const { ServiceDetails = [] } = await ec2.send(new DescribeVpcEndpointServicesCommand({ MaxResults: 1_000 }));
  const s3 = ServiceDetails.filter(({ ServiceName }) => ServiceName === 'com.amazonaws.us-east-1.s3');
  expect(s3.some(({ VpcEndpointPolicySupported }) => VpcEndpointPolicySupported)).toBe(true);
});

it('services are offered as they are described, in the region of the account alone', async () => {
  const { ServiceConfigurations = [] } = await ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({}));
  expect(ServiceConfigurations).toMatchObject([
    { AcceptanceRequired: false, Tags: [{ Key: 'Name', Value: 'feed' }] },
    { AcceptanceRequired: true, Tags: [{ Key: 'Name', Value: 'till' }] },
  ]);
  const [feed, till] = ServiceConfigurations.map(({ ServiceId = '' }) => ServiceId);
  const byId = { Filters: [{ Name: 'service-id', Values: [till ?? ''] }] };
  const named = await ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand(byId));
  expect(named.ServiceConfigurations).toMatchObject([{ ServiceId: till }]);
  const allowed = async (ServiceId: string | undefined) =>
    (await ec2.send(new DescribeVpcEndpointServicePermissionsCommand({ ServiceId }))).AllowedPrincipals?.map(({ Principal }) => Principal);
  expect(await allowed(feed)).toEqual(['*', 'arn:aws:iam::444455556666:root']);
  expect(await allowed(till)).toEqual([]);
});
