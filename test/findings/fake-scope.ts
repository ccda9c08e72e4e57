import { fail, pass, type Severity } from '../../checks/check.ts';
import { type ReadyCheck, ready } from '../../findings/evaluate.ts';
import { Listed, type UnreadReason } from '../../inventory/facet.ts';
import type { Resource, ResourceSource } from '../../inventory/reader.ts';
import type { ResourceType, Scope } from '../../inventory/resource.ts';
import { ACCOUNT, adminPorts } from './samples.ts';

export const REGION = 'eu-west-1';

/** Both regional; each with a check of its own. */
export const TYPES = ['AWS::EC2::SecurityGroup', 'AWS::EC2::NetworkAcl'] as const;
export type FakeType = (typeof TYPES)[number];

/** A resource as the fake AWS has it: what its check will say of it. */
export interface Thing {
  readonly type: FakeType;
  readonly id: string;
  readonly status: 'FAIL' | 'PASS' | 'UNKNOWN';
}

/** What there is in a region, and the types of which a listing breaks off after what is there. */
export interface World {
  readonly things: readonly Thing[];
  readonly broken: readonly FakeType[];
}

export const refused: UnreadReason = {
  ...{ cause: 'denied', operation: 'ec2:DescribeThings', permissions: ['ec2:DescribeThings'] },
  message: 'ec2:DescribeThings: denied',
};

export function checkIdOf(type: ResourceType): string {
  return `${type.split('::')[2]?.toLowerCase()}-closed`;
}

export function arnOf({ type, id }: Pick<Thing, 'type' | 'id'>, accountId = ACCOUNT): string {
  return `arn:aws:ec2:${REGION}:${accountId}:${type.split('::')[2]?.toLowerCase()}/${id}`;
}

/** A check for each type, which says of a thing what its status is. */
export function fakeChecks(severity: Severity = 'HIGH'): readonly ReadyCheck[] {
  return TYPES.map((type) =>
    ready(
      {
        ...{ ...adminPorts, id: checkIdOf(type), resourceTypes: [type], needs: [...adminPorts.needs, 'status'] },
        evaluate: ({ status }: { readonly status: Thing['status'] }) => (status === 'PASS' ? pass : fail('open')),
      },
      new Date(),
      { severity },
    ),
  );
}

/** Sources that list what is in the world at that time. */
export function fakeSources(world: (scope: Scope) => World, onJudged: (thing: Thing) => void = () => undefined): readonly ResourceSource[] {
  return TYPES.map((type) => ({
    ...{ type, scope: 'regional', listCalls: [], onlyCalls: [], changes: [], facetCalls: {} },
    only: () => Promise.reject(new Error('not asked here')),
    async list(_session, scope) {
      const { things, broken } = world(scope);
      const known = things.filter((thing) => thing.type === type).map((thing) => toResource(thing, scope, onJudged));
      return new Listed(known, broken.includes(type) ? refused : undefined);
    },
  }));
}

function toResource(thing: Thing, { accountId, region }: Scope, onJudged: (thing: Thing) => void): Resource {
  const { type, id, status } = thing;
  return {
    identity: { type, id, arn: arnOf(thing, accountId), accountId, region, partition: 'aws', tags: {} },
    facet() {
      onJudged(thing);
      return status === 'UNKNOWN' ? { read: false, reason: refused } : { read: true, value: status };
    },
  };
}

/** Time for so many resources, or beginnings of types, and then no more. */
export function timeFor(steps: number): () => boolean {
  let left = steps;
  return () => (left -= 1) < 0;
}

/** A clock that goes on by a minute each time that somebody looks at it. */
export function ticking(): () => Date {
  let minute = 0;
  return () => new Date(Date.UTC(2026, 10, 21, 0, (minute += 1)));
}
