import {
  ModifyInstanceMetadataOptionsCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { Instance } from './description.ts';
import { type Ec2Place, tagged } from './seed-ec2.ts';
import type { Networks } from './seed-network.ts';

/** What an instance without a described image was started from: an image that nobody can see any more. */
const UNKNOWN_IMAGE = 'ami-0123456789abcdef0';

export async function seedInstance(place: Ec2Place, networks: Networks, name: string, instance: Instance): Promise<void> {
  const { ec2, state } = place;
  const { subnetId, groupId } = await networks.defaultOf(place);
  const image = instance.image ?? UNKNOWN_IMAGE;
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      InstanceType: 't3.micro',
      ImageId: state.findId('image', image) ?? image,
      ...(instance.profile === undefined ? {} : { IamInstanceProfile: { Name: instance.profile } }),
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          SubnetId: instance.subnet === undefined ? subnetId : state.idOf('subnet', instance.subnet),
          Groups: instance.groups?.map((group) => state.idOf('security-group', group)) ?? [groupId],
          ...(instance.public === undefined ? {} : { AssociatePublicIpAddress: instance.public }),
        },
      ],
      ...tagged('instance', { Name: name, ...instance.tags }),
    }),
  );
  const InstanceId = Instances[0]?.InstanceId ?? '';
  state.bind('instance', name, InstanceId);
  await ec2.send(
    new ModifyInstanceMetadataOptionsCommand({
      InstanceId,
      HttpTokens: instance.tokens ?? 'optional',
      HttpEndpoint: instance.metadataEndpoint ?? 'enabled',
      HttpPutResponseHopLimit: instance.hopLimit ?? 1,
    }),
  );
  if (instance.state === 'stopped') await ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] }));
  if (instance.state === 'terminated') await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
}
