import { expect, test } from 'vitest';
import { networkInterfaces } from '../../../inventory/ec2/network-interface.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, pages } from '../fake-session.ts';
import { networkInterface } from './account.ts';

const described = {
  ...networkInterface,
  OwnerId: ACCOUNT,
  Status: 'in-use',
  Attachment: { InstanceId: 'i-1' },
  TagSet: [{ Key: 'team', Value: 'shop' }],
};

const contract: ReaderContract = {
  reader: networkInterfaces,
  ids: ['eni-1', 'eni-2'],
  answers: {
    'ec2:DescribeNetworkInterfaces': pages(
      { NetworkInterfaces: [described] },
      { NetworkInterfaces: [{ ...described, NetworkInterfaceId: 'eni-2' }] },
    ),
  },
  facets: {
    networkInterface: {
      vpcId: 'vpc-1',
      subnetId: 'subnet-1',
      status: 'in-use',
      owner: 'instance',
      publicAddresses: ['198.51.100.1'],
      groupIds: ['sg-1'],
    },
  },
};

describeReader(contract);

test('an interface has the tags of its tag set', async () => {
  const { resource } = await subjectOf(contract);
  expect(resource.identity.tags).toEqual({ team: 'shop' });
});

test.each([
  ['subnet', { SubnetId: undefined }],
  ['status', { Status: undefined }],
  ['list of groups', { Groups: undefined }],
  ['id of a group', { Groups: [{ GroupName: 'web' }] }],
])('an interface without a %s is unread', async (_, changes) => {
  const { resource } = await subjectOf(contract, {
    'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [{ ...described, ...changes }] },
  });
  expect(await refusalOf(() => facetOf(resource, 'networkInterface'))).toMatchObject({
    cause: 'malformed',
    operation: 'ec2:DescribeNetworkInterfaces',
  });
});
