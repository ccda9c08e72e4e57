import type { Volume } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { describeVolumes } from './machine-calls.ts';
import { volumeChanges } from './volume-changes.ts';
import type { Wanted } from './wanted.ts';

export interface VolumeFacets {
  readonly volume: VolumeProperties;
}

export interface VolumeProperties {
  readonly encrypted: boolean;
  readonly state: 'creating' | 'available' | 'in-use' | 'deleting' | 'deleted' | 'error';
  /** Ids of the instances that it is attached to; with Multi-Attach there may be several. */
  readonly attachedTo: readonly string[];
  readonly snapshotId: string | undefined;
}

const SOURCE = 'ec2:DescribeVolumes';

export const volumes = defineReader<'AWS::EC2::Volume', Described<Volume>>({
  type: 'AWS::EC2::Volume',
  scope: 'regional',
  changes: volumeChanges,
  list: { calls: [describeVolumes], read: (place) => listVolumes(place, 'all') },
  only: { calls: [describeVolumes], read: (place, ids) => describedOnly(place, ids, 'volume-id', listVolumes) },
  identify: identifyAs('volume'),
  facets: { volume: { calls: [], read: ({ detail }) => toProperties(detail) } },
});

/** A volume does not tell its owner, and is only shown to it. */
async function listVolumes(place: Place, wanted: Wanted): Promise<Listed<Described<Volume>>> {
  const { accountId } = place.scope;
  return toListed(await describeVolumes(place, wanted), (volume) => toDescribed(SOURCE, volume.VolumeId, accountId, volume));
}

function toProperties({ Encrypted, State, Attachments = [], SnapshotId }: Volume): VolumeProperties {
  if (Encrypted === undefined || State === undefined) throw malformed(SOURCE, 'a volume is incomplete');
  const attachedTo = Attachments.flatMap(({ InstanceId, State: state }) => (state === 'detached' ? [] : (InstanceId ?? [])));
  return { encrypted: Encrypted, state: State, attachedTo, snapshotId: SnapshotId || undefined };
}
