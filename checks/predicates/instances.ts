import type { UsedImage } from '../../inventory/ec2/image.ts';
import type { InstanceProperties } from '../../inventory/ec2/instance.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import { notApplicable, type Verdict } from '../check.ts';

/** A terminated instance stays in the listing for about an hour ("Instance lifecycle", Amazon EC2 User Guide) and can be judged no more. */
export function unlessTerminated({ state }: InstanceProperties, judge: () => Verdict): Verdict {
  return state === 'terminated' || state === 'shutting-down' ? notApplicable('the instance is terminated') : judge();
}

/** True for an instance that nothing reaches and that nothing scans until somebody starts it again. */
export function isStopped({ state }: InstanceProperties): boolean {
  return state === 'stopped' || state === 'stopping';
}

const CLUSTER_TAGS = /^(?:kubernetes\.io\/cluster\/|aws:eks:|eks:)|^(?:AmazonECSManaged)$/;
const CONTAINER_IMAGES = /(?:^|[-_/.])(?:ecs|eks|k8s|kubernetes|bottlerocket|docker)(?:[-_/.]|$)/i;

/** True for a host of containers, by the tags of its cluster or the name of its image. The image is asked for only if the tags do not tell. */
export function runsContainers({ tags }: ResourceIdentity, image: () => UsedImage): boolean {
  return Object.keys(tags).some((tag) => CLUSTER_TAGS.test(tag)) || CONTAINER_IMAGES.test(image().name ?? '');
}
