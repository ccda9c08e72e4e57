import type { MultiRegionAccessPointReport, PublicAccessBlockConfiguration } from '@aws-sdk/client-s3-control';
import { malformed, required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';
import type { ChangeEvents } from '../events/changes.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL } from '../resource.ts';
import type { PublicAccessBlock } from './bucket.ts';
import { ACCOUNT_BLOCK_CHANGES, S3 } from './bucket-changes.ts';
import { getAccountPublicAccessBlock } from './public-access-block.ts';

export interface MultiRegionAccessPointFacets {
  readonly accountPublicAccessBlock: PublicAccessBlock;
  /** The access point's own. */
  readonly publicAccessBlock: PublicAccessBlock;
  /** Names of the buckets behind it. */
  readonly buckets: readonly string[];
}

const SOURCE = 's3control:ListMultiRegionAccessPoints';

/**
 * All of an account. Wherever they reach, they are kept in one region: "Managing Multi-Region Access Points" in the Amazon S3 User Guide. China and GovCloud
 * have none.
 */
const listMultiRegionAccessPoints = definePagedCall<MultiRegionAccessPointReport>({
  service: 's3control',
  operation: 'ListMultiRegionAccessPoints',
  permissions: ['s3:ListMultiRegionAccessPoints'],
  region: () => 'us-west-2',
  async *pages(session, region) {
    if (session.partition !== 'aws') return;
    const { sdk, client } = await session.aws.s3control(region);
    for await (const page of sdk.paginateListMultiRegionAccessPoints({ client }, { AccountId: session.accountId })) {
      yield required(page.AccessPoints, 'AccessPoints');
    }
  },
});

/** Events name them in requests that S3 works off later, in no form that is written down. */
const multiRegionAccessPointChanges: readonly ChangeEvents<keyof MultiRegionAccessPointFacets>[] = [
  { source: S3, names: ['CreateMultiRegionAccessPoint', 'DeleteMultiRegionAccessPoint'] },
  { source: S3, names: ['PutMultiRegionAccessPointPolicy', 'SubmitMultiRegionAccessPointRoutes'], facets: [] },
  { source: S3, names: [...ACCOUNT_BLOCK_CHANGES], facets: ['accountPublicAccessBlock'], indirect: true },
];

export const multiRegionAccessPoints = defineReader<'AWS::S3::MultiRegionAccessPoint', MultiRegionAccessPointReport & Named>({
  type: 'AWS::S3::MultiRegionAccessPoint',
  scope: 'global',
  changes: multiRegionAccessPointChanges,
  list: { calls: [listMultiRegionAccessPoints], read: async (place) => toListed(await listMultiRegionAccessPoints(place), toNamed) },
  identify: ({ Name, Alias }, { accountId }, partition) => ({
    ...{ arn: `arn:${partition}:s3::${accountId}:accesspoint/${Alias}`, id: Name },
    ...{ accountId, region: GLOBAL, partition, tags: {} },
  }),
  facets: {
    accountPublicAccessBlock: { calls: [getAccountPublicAccessBlock], read: (_point, place) => getAccountPublicAccessBlock(place) },
    publicAccessBlock: { calls: [], read: ({ PublicAccessBlock = {} }) => toBlock(PublicAccessBlock) },
    buckets: { calls: [], read: ({ Regions }) => toBuckets(Regions) },
  },
});

interface Named {
  readonly Name: string;
  readonly Alias: string;
}

function toNamed(point: MultiRegionAccessPointReport): MultiRegionAccessPointReport & Named {
  const { Name, Alias } = point;
  if (!Name || !Alias) throw malformed(SOURCE, 'an access point has no name or no alias');
  return { ...point, Name, Alias };
}

function toBlock({ BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets }: PublicAccessBlockConfiguration) {
  if (
    BlockPublicAcls === undefined ||
    IgnorePublicAcls === undefined ||
    BlockPublicPolicy === undefined ||
    RestrictPublicBuckets === undefined
  )
    throw malformed(SOURCE, 'an access point does not say what it blocks');
  return {
    blockPublicAcls: BlockPublicAcls,
    ignorePublicAcls: IgnorePublicAcls,
    blockPublicPolicy: BlockPublicPolicy,
    restrictPublicBuckets: RestrictPublicBuckets,
  };
}

function toBuckets(regions: MultiRegionAccessPointReport['Regions']): readonly string[] {
  if (regions === undefined) throw malformed(SOURCE, 'an access point has no buckets');
  return regions.flatMap(({ Bucket }) => Bucket ?? []);
}
