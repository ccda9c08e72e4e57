import type { NewerImage, UsedImage } from '../../inventory/ec2/image.ts';
import type { InstanceProperties } from '../../inventory/ec2/instance.ts';
import type { LaunchTemplateVersion } from '../../inventory/ec2/launch-template.ts';
import type { Rebuild } from '../../inventory/ec2/rebuild.ts';

/** For the examples of checks: a running instance, the same one stopped, and terminated. */
export const instance: InstanceProperties = {
  state: 'running',
  launchedAt: '2026-10-02T00:00:00Z',
  madeAt: '2026-10-02T00:00:00Z',
  rootVolumeSince: '2026-10-02T00:00:00Z',
  platform: 'Linux/UNIX',
  profileArn: undefined,
};
export const stopped: InstanceProperties = { ...instance, state: 'stopped' };
export const terminated: InstanceProperties = { ...instance, state: 'terminated' };

/** For the examples of checks: an image of the example account's own, a month old. */
export const image: UsedImage = {
  imageId: 'ami-1',
  name: 'golden-2026-10-01',
  state: 'available',
  createdAt: '2026-10-01T00:00:00Z',
  deprecatedAt: undefined,
  ownerId: '111122223333',
  ownerAlias: 'self',
  public: false,
};

/** For the examples of checks: the image that follows `image`, two releases and nineteen days later. */
export const newerImage: NewerImage = {
  imageId: 'ami-2',
  name: 'golden-2026-10-20',
  createdAt: '2026-10-20T00:00:00Z',
  daysBehind: 19,
  releasesBehind: 2,
};

/** For the examples of checks: an instance that nothing would replace. */
export const byHand: Rebuild = { group: undefined, source: undefined };

/** For the examples of checks: an instance whose Auto Scaling group would start the same image again. */
export const fromTemplate: Rebuild = {
  group: 'web',
  source: {
    kind: 'launch template',
    id: 'lt-1',
    version: '3',
    launch: { image, imageParameter: undefined, newerImage, imageRequiresTokens: false },
  },
};

/** For the examples of checks: the default version of a launch template, on the newest image. */
export const templateVersion: LaunchTemplateVersion = {
  number: 3,
  isDefault: true,
  isLatest: true,
  groups: ['web'],
  image,
  imageParameter: undefined,
  newerImage: undefined,
  imageRequiresTokens: false,
  metadata: { endpoint: 'enabled', tokens: 'required', hopLimit: 1 },
  assignsPublicAddress: false,
  userDataSecrets: [],
};
