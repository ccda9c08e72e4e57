import type { Instance, Reservation } from '@aws-sdk/client-ec2';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { describeInstances } from './calls.ts';
import { type Described, toDescribed } from './described.ts';
import { oncePer } from './once-per.ts';
import type { Wanted } from './wanted.ts';

/** Instead of the instances that a reservation does not tell: the listing is not complete, and must not look as if it were. */
const UNTOLD: Instance = {};

/** The instances of a region, whatever their state: always the same list for the same ones. */
export async function listInstances(place: Place, wanted: Wanted): Promise<Listed<Described<Instance>>> {
  return toInstances(await describeInstances(place, wanted));
}

const toInstances = oncePer((reservations: Listed<Reservation>) =>
  toListed(
    reservations.flatMap(({ Instances = [UNTOLD], OwnerId }) => Instances.map((instance) => ({ instance, ownerId: OwnerId }))),
    ({ instance, ownerId }) => toDescribed('ec2:DescribeInstances', instance.InstanceId, ownerId, instance),
  ),
);
