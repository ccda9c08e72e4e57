import type { AccessPoint } from '../account/description.ts';
import { toDocument } from '../account/policies.ts';
import { toConfiguration } from '../account/seed.ts';
import { type Exchange, type Overrides, reject, reply } from '../exchange.ts';
import type { Answer, WireObject } from '../wire/serialize.ts';

/** Moto has the same access points in every region, all of them with ARNs of us-east-1: the described ones are answered. */
export const accessPointOverrides: Overrides = {
  's3control:ListAccessPoints': (exchange) => {
    const AccessPoint = here(exchange).map(([name, point]) => toEntry(exchange, name, point));
    return reply(exchange, { ListAccessPointsResult: { AccessPointList: { AccessPoint } } });
  },

  's3control:GetAccessPoint': (exchange) =>
    withPoint(exchange, (name, point) => {
      const PublicAccessBlockConfiguration = toConfiguration(point.block);
      return reply(exchange, { GetAccessPointResult: { ...toEntry(exchange, name, point), PublicAccessBlockConfiguration } });
    }),

  's3control:GetAccessPointPolicy': (exchange) =>
    withPoint(exchange, (_name, { policy }) =>
      policy === undefined
        ? reject(exchange, { status: 404, code: 'NoSuchAccessPointPolicy', message: 'The specified accesspoint policy does not exist' })
        : reply(exchange, { GetAccessPointPolicyResult: { Policy: toDocument(policy) } }),
    ),

  /** Only one region knows them. */
  's3control:ListMultiRegionAccessPoints': (exchange) => {
    const { description } = exchange.state;
    const known = exchange.request.region === 'us-west-2' ? [...description.multiRegionAccessPoints] : [];
    const AccessPoint = known.map(([name, { buckets, block }]) => ({
      ...{ Name: name, Alias: `${name}.mrap`, Status: 'READY', PublicAccessBlock: toConfiguration(block) },
      Regions: {
        Region: buckets.map((bucket) => ({ Bucket: bucket, Region: description.buckets.get(bucket)?.region ?? description.region })),
      },
    }));
    return reply(exchange, { ListMultiRegionAccessPointsResult: { AccessPoints: { AccessPoint } } });
  },
};

function here({ state, request }: Exchange): readonly (readonly [string, AccessPoint])[] {
  return [...state.description.accessPoints].filter(([, { region }]) => (region ?? state.description.region) === request.region);
}

function withPoint(exchange: Exchange, answer: (name: string, point: AccessPoint) => Answer): Answer {
  const [, , wanted] = exchange.request.path.split('/').filter((part) => part !== '');
  const found = here(exchange).find(([name]) => name === wanted);
  return found
    ? answer(...found)
    : reject(exchange, { status: 404, code: 'NoSuchAccessPoint', message: 'The specified accesspoint does not exist' });
}

function toEntry({ caller, request }: Exchange, name: string, { bucket, vpc }: AccessPoint): WireObject {
  return {
    Name: name,
    NetworkOrigin: vpc === undefined ? 'Internet' : 'VPC',
    ...(vpc === undefined ? {} : { VpcConfiguration: { VpcId: vpc } }),
    Bucket: bucket,
    BucketAccountId: caller.accountId,
    AccessPointArn: `arn:aws:s3:${request.region}:${caller.accountId}:accesspoint/${name}`,
  };
}
