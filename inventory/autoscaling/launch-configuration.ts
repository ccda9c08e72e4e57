import type { LaunchConfiguration as ApiConfiguration } from '@aws-sdk/client-auto-scaling';
import type { Place } from '../call.ts';
import { groupedBy } from '../ec2/listing.ts';
import { type MetadataSettings, toMetadataSettings } from '../ec2/metadata-defaults.ts';
import { type FoundSecret, secretsInUserData } from '../ec2/user-data-secrets.ts';
import { noData } from '../no-data.ts';
import { describeLaunchConfigurations } from './calls.ts';

/** What a launch configuration tells of the instances that it starts. It cannot be changed, only replaced. */
export interface LaunchConfiguration {
  readonly name: string;
  readonly metadata: MetadataSettings;
  /** `undefined`: the subnet decides. */
  readonly publicAddress: boolean | undefined;
  readonly userDataSecrets: readonly FoundSecret[];
}

const SOURCE = 'autoscaling:DescribeLaunchConfigurations';
const configurationsByName = groupedBy(({ LaunchConfigurationName }: ApiConfiguration) => [LaunchConfigurationName]);

/** @throws Unread for one that is not there: a group cannot be without it, so the listing lacks it */
export async function readLaunchConfiguration(place: Place, name: string): Promise<ApiConfiguration> {
  const [found] = configurationsByName(await describeLaunchConfigurations(place), name);
  if (found) return found;
  throw noData(SOURCE, `there is no ${name}`);
}

export function toLaunchConfiguration(configuration: ApiConfiguration, name: string): LaunchConfiguration {
  const { MetadataOptions, AssociatePublicIpAddress, UserData } = configuration;
  return {
    name,
    metadata: toMetadataSettings(MetadataOptions),
    publicAddress: AssociatePublicIpAddress,
    get userDataSecrets() {
      return secretsInUserData(SOURCE, UserData);
    },
  };
}
