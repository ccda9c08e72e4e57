import type { UsedImage } from '../../inventory/ec2/image.ts';
import type { InstanceProperties } from '../../inventory/ec2/instance.ts';

/** For the examples of checks: a running instance, the same one stopped, and terminated. */
export const instance: InstanceProperties = {
  state: 'running',
  launchedAt: '2026-10-02T00:00:00Z',
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
