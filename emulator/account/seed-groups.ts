import { AutoScalingClient, CreateAutoScalingGroupCommand, CreateLaunchConfigurationCommand } from '@aws-sdk/client-auto-scaling';
import type { AccountState } from '../state.ts';
import type { AutoScalingGroup, TemplateVersion } from './description.ts';
import type { SeedClients } from './seed-clients.ts';

/** Groups without instances of their own making: those are described by themselves. */
export async function seedGroups(aws: SeedClients, state: AccountState): Promise<void> {
  for (const [name, group] of state.description.autoScalingGroups) {
    const region = group.region ?? state.description.region;
    const client = aws.client(AutoScalingClient, region);
    if (group.configuration) await seedConfiguration(client, state, name, group.configuration);
    await client.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        ...{ MinSize: 0, DesiredCapacity: 0, MaxSize: 4 },
        AvailabilityZones: (group.zones ?? ['a', 'b']).map((zone) => `${region}${zone}`),
        ...launched(state, name, group),
        Tags: Object.entries(group.tags ?? {}).map(([Key, Value]) => ({
          Key,
          Value,
          PropagateAtLaunch: false,
          ResourceId: name,
          ResourceType: 'auto-scaling-group',
        })),
      }),
    );
  }
}

function launched(state: AccountState, name: string, { template, version = '$Default' }: AutoScalingGroup) {
  if (template === undefined) return { LaunchConfigurationName: name };
  return { LaunchTemplate: { LaunchTemplateId: state.idOf('launch-template', template), Version: version } };
}

async function seedConfiguration(client: AutoScalingClient, state: AccountState, name: string, launch: TemplateVersion): Promise<void> {
  const { image = '', tokens, publicAddress, userData } = launch;
  await client.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: name,
      InstanceType: 't3.micro',
      ImageId: state.findId('image', image) ?? image,
      ...(publicAddress === undefined ? {} : { AssociatePublicIpAddress: publicAddress }),
      ...(tokens === undefined ? {} : { MetadataOptions: { HttpTokens: tokens, HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 } }),
      ...(userData === undefined ? {} : { UserData: Buffer.from(userData).toString('base64') }),
    }),
  );
}
