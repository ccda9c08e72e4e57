import { expect, test } from 'vitest';
import { vpcEndpoints } from '../../../inventory/ec2/vpc-endpoint.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, pages } from '../fake-session.ts';

const everything = '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}';
const s3 = {
  ...{ VpcEndpointId: 'vpce-1', VpcEndpointType: 'Gateway', VpcId: 'vpc-1', ServiceName: 'com.amazonaws.eu-central-1.s3' },
  ...{ State: 'Available', RouteTableIds: ['rtb-1'], OwnerId: ACCOUNT, RequesterManaged: false, PolicyDocument: everything },
};
const firewall = {
  ...{ VpcEndpointId: 'vpce-2', VpcEndpointType: 'GatewayLoadBalancer', VpcId: 'vpc-1', ServiceName: 'com.amazonaws.vpce.eu-central-1.x' },
  ...{ State: 'pendingAcceptance', OwnerId: ACCOUNT },
};

const contract: ReaderContract = {
  reader: vpcEndpoints,
  ids: ['vpce-1', 'vpce-2'],
  answers: {
    'ec2:DescribeVpcEndpoints': pages({ VpcEndpoints: [s3] }, { VpcEndpoints: [firewall] }),
    'ec2:DescribeVpcEndpointServices': pages(
      { ServiceDetails: [{ ServiceName: 'com.amazonaws.eu-central-1.ec2', VpcEndpointPolicySupported: false }] },
      {
        ServiceDetails: [
          { ServiceName: 'com.amazonaws.eu-central-1.s3', VpcEndpointPolicySupported: false },
          { ServiceName: 'com.amazonaws.eu-central-1.s3', VpcEndpointPolicySupported: true },
        ],
      },
    ),
  },
  facets: {
    endpoint: {
      ...{ id: 'vpce-1', serviceName: 'com.amazonaws.eu-central-1.s3', kind: 'Gateway', available: true, routeTableIds: ['rtb-1'] },
      ...{ isGone: false, isManaged: false },
    },
    policy: {
      statements: [
        {
          effect: 'Allow',
          principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
          actions: ['*'],
          resources: ['*'],
          conditions: [],
        },
      ],
    },
    takesPolicy: true,
  },
};

describeReader(contract);

const subjectWith = async (changes: object) =>
  (await subjectOf(contract, { ...contract.answers, 'ec2:DescribeVpcEndpoints': { VpcEndpoints: [{ ...s3, ...changes }] } })).resource;

test('what waits to be accepted has no policy, and may yet come', async () => {
  const { resource } = await subjectOf({ ...contract, subject: 'vpce-2' });
  expect(await facetOf(resource, 'policy')).toBeUndefined();
  expect(await facetOf(resource, 'endpoint')).toMatchObject({ available: false, isGone: false });
});

test.each(['Deleting', 'deleted', 'Rejected', 'failed', 'Expired'])('%s: nothing passes any more', async (State) => {
  expect(await facetOf(await subjectWith({ State }), 'endpoint')).toMatchObject({ available: false, isGone: true });
});

test('one that an AWS service made is told as such', async () => {
  expect(await facetOf(await subjectWith({ RequesterManaged: true }), 'endpoint')).toMatchObject({ isManaged: true });
});

test('a service that the region does not list may or may not heed a policy', async () => {
  const resource = await subjectWith({ ServiceName: 'com.amazonaws.vpce.eu-central-1.vpce-svc-1' });
  expect(await refusalOf(() => facetOf(resource, 'takesPolicy'))).toMatchObject({ cause: 'no-data' });
});

test.each([
  ['a policy that is not JSON', 'policy', { PolicyDocument: 'allow all' }],
  ['no state', 'endpoint', { State: undefined }],
])('%s is unread', async (_, facet, changes) => {
  const resource = await subjectWith(changes);
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed' });
});
