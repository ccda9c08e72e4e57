import { expect, test } from 'vitest';
import { volumes } from '../../../inventory/ec2/volume.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, pages } from '../fake-session.ts';

const attached = {
  ...{ VolumeId: 'vol-1', Encrypted: false, State: 'in-use', SnapshotId: 'snap-1' },
  Attachments: [
    { InstanceId: 'i-1', State: 'attached' },
    { InstanceId: 'i-2', State: 'detached' },
  ],
};
const loose = { VolumeId: 'vol-2', Encrypted: true, State: 'available', SnapshotId: '' };

const contract: ReaderContract = {
  reader: volumes,
  ids: ['vol-1', 'vol-2'],
  answers: { 'ec2:DescribeVolumes': pages({ Volumes: [attached] }, { Volumes: [loose] }) },
  facets: { volume: { encrypted: false, state: 'in-use', attachedTo: ['i-1'], snapshotId: 'snap-1' } },
};

describeReader(contract);

test('one that is attached to nothing, and of no snapshot', async () => {
  const { resource } = await subjectOf({ ...contract, subject: 'vol-2' });
  expect(await facetOf(resource, 'volume')).toEqual({ encrypted: true, state: 'available', attachedTo: [], snapshotId: undefined });
  expect(resource.identity.arn).toBe(`arn:aws:ec2:eu-central-1:${ACCOUNT}:volume/vol-2`);
});

test('whether it is encrypted is never taken for granted', async () => {
  const { resource } = await subjectOf(contract, { 'ec2:DescribeVolumes': { Volumes: [{ ...attached, Encrypted: undefined }] } });
  expect(await refusalOf(() => facetOf(resource, 'volume'))).toMatchObject({ cause: 'malformed' });
});
