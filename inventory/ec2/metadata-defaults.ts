import type { InstanceMetadataDefaultsResponse, LaunchTemplateInstanceMetadataOptions } from '@aws-sdk/client-ec2';

/** What something that starts instances says of their metadata service. `undefined`: it says nothing, and the account's defaults or the image decide. */
export interface MetadataSettings {
  readonly endpoint: 'enabled' | 'disabled' | undefined;
  readonly tokens: 'optional' | 'required' | undefined;
  readonly hopLimit: number | undefined;
}

/** What an account prescribes for new instances in a region. `undefined`: no preference. */
export interface MetadataDefaults extends MetadataSettings {
  /** No instance starts that does not require tokens. */
  readonly enforced: boolean;
}

type ApiOptions = Pick<LaunchTemplateInstanceMetadataOptions, 'HttpEndpoint' | 'HttpTokens' | 'HttpPutResponseHopLimit'>;

export function toMetadataSettings(options: ApiOptions = {}): MetadataSettings {
  const { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit } = options;
  return { endpoint: HttpEndpoint, tokens: HttpTokens, hopLimit: HttpPutResponseHopLimit };
}

export function toMetadataDefaults(defaults: InstanceMetadataDefaultsResponse): MetadataDefaults {
  return { ...toMetadataSettings(defaults), enforced: defaults.HttpTokensEnforced === 'enabled' };
}
