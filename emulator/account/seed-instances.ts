import {
  CreateTagsCommand,
  ModifyInstanceMetadataOptionsCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { Instance } from './description.ts';
import { type Ec2Place, tagged } from './seed-ec2.ts';
import { toTags } from './seed-iam.ts';
import type { Networks } from './seed-network.ts';

/** What an instance without a described image was started from: an image that nobody can see any more. */
const UNKNOWN_IMAGE = 'ami-0123456789abcdef0';

export async function seedInstance(place: Ec2Place, networks: Networks, name: string, instance: Instance): Promise<void> {
  const { ec2, state } = place;
  const { subnetId, groupId } = await networks.defaultOf(place);
  const { Instances = [] } = await ec2.send(new RunInstancesCommand(toRequest(place, instance, name, { subnetId, groupId })));
  const InstanceId = Instances[0]?.InstanceId ?? '';
  const volumes = Instances[0]?.BlockDeviceMappings?.flatMap(({ Ebs }) => Ebs?.VolumeId ?? []) ?? [];
  if (volumes.length > 0) await ec2.send(new CreateTagsCommand({ Resources: volumes, Tags: toTags({ Name: `root of ${name}` }) }));
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

/** Moto does not encrypt by default. */
function isEncrypted({ state: { description }, region }: Ec2Place, { encrypted }: Instance): boolean {
  return encrypted ?? description.regionSettings.get(region)?.ebsEncryption ?? false;
}

function toRequest(
  place: Ec2Place,
  instance: Instance,
  name: string,
  defaults: { readonly subnetId: string; readonly groupId: string },
): RunInstancesCommandInput {
  const { state } = place;
  const { image = UNKNOWN_IMAGE } = instance;
  return {
    MinCount: 1,
    MaxCount: 1,
    InstanceType: 't3.micro',
    ImageId: state.findId('image', image) ?? image,
    ...(instance.template === undefined ? {} : { LaunchTemplate: { LaunchTemplateId: state.idOf('launch-template', instance.template) } }),
    ...(instance.profile === undefined ? {} : { IamInstanceProfile: { Name: instance.profile } }),
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 8, Encrypted: isEncrypted(place, instance) } }],
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: instance.subnet === undefined ? defaults.subnetId : state.idOf('subnet', instance.subnet),
        Groups: instance.groups?.map((group) => state.idOf('security-group', group)) ?? [defaults.groupId],
        ...(instance.public === undefined ? {} : { AssociatePublicIpAddress: instance.public }),
      },
    ],
    ...tagged('instance', {
      Name: name,
      ...(instance.group === undefined ? {} : { 'aws:autoscaling:groupName': instance.group }),
      ...instance.tags,
    }),
  };
}
