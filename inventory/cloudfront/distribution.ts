import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionSummary,
  OriginAccessControlSummary,
  Origin as OriginEntry,
} from '@aws-sdk/client-cloudfront';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { groupedBy } from '../ec2/listing.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL } from '../resource.ts';
import { getDistributionConfig, listDistributions, listOriginAccessControls } from './calls.ts';
import { distributionChanges } from './distribution-changes.ts';
import { logDeliveryCalls, readLogDelivery } from './log-deliveries.ts';

export interface DistributionFacets {
  readonly distribution: DistributionProperties;
  readonly origins: Iterable<Origin>;
  readonly settings: DistributionSettings;
  /** CloudWatch Logs delivers its access logs somewhere (standard logging v2). */
  readonly logDelivery: boolean;
}

export interface DistributionProperties {
  /** False: it answers nobody. */
  readonly enabled: boolean;
  /** What viewers must speak at least: `TLSv1.2_2021`. */
  readonly minimumProtocol: string;
  /** It has no name but CloudFront's own, whose certificate allows TLS 1.0 whatever is set. */
  readonly defaultCertificate: boolean;
  readonly hasWebAcl: boolean;
  /** The default one, whose path is `*`, and those for some paths. */
  readonly behaviors: readonly Behavior[];
}

export interface Behavior {
  readonly path: string;
  /** `allow-all`, `https-only` or `redirect-to-https`. */
  readonly viewerProtocol: string;
  readonly hasRealTimeLog: boolean;
}

export interface Origin {
  readonly id: string;
  readonly domain: string;
  /** A bucket by its S3 name, not by its website. */
  readonly isBucket: boolean;
  /** How CloudFront shows who it is: `control` (signed by an origin access control), `identity` (the older kind) or `none`. */
  readonly access: 'control' | 'identity' | 'none';
}

export interface DistributionSettings {
  /** `undefined` where it has none. */
  readonly rootObject: string | undefined;
  /** Standard logging (legacy) to a bucket. */
  readonly legacyLogging: boolean;
}

interface ListedDistribution {
  readonly id: string;
  readonly arn: string;
  readonly detail: DistributionSummary;
}

const LISTING = 'cloudfront:ListDistributions';

export const distributions = defineReader<'AWS::CloudFront::Distribution', ListedDistribution>({
  type: 'AWS::CloudFront::Distribution',
  scope: 'global',
  changes: distributionChanges,
  list: { calls: [listDistributions], read: async (place) => toListed(await listDistributions(place), toListedDistribution) },
  identify: ({ id, arn }, { accountId }, partition) => ({ arn, id, accountId, region: GLOBAL, partition, tags: {} }),
  facets: {
    distribution: { calls: [], read: ({ detail }) => toProperties(detail) },
    origins: { calls: [listOriginAccessControls], read: ({ detail }, place) => readOrigins(detail, place) },
    settings: { calls: [getDistributionConfig], read: ({ id }, place) => readSettings(id, place) },
    logDelivery: { calls: logDeliveryCalls, read: ({ arn }, place) => readLogDelivery(place, arn) },
  },
});

function toListedDistribution(detail: DistributionSummary): ListedDistribution {
  const { Id, ARN } = detail;
  if (Id === undefined || ARN === undefined) throw malformed(LISTING, 'a distribution has no id or no ARN');
  return { id: Id, arn: ARN, detail };
}

function toProperties({ Enabled, ViewerCertificate, WebACLId, DefaultCacheBehavior, CacheBehaviors }: DistributionSummary) {
  const { MinimumProtocolVersion, CloudFrontDefaultCertificate } = ViewerCertificate ?? {};
  if (Enabled === undefined || DefaultCacheBehavior === undefined || ViewerCertificate === undefined) {
    throw malformed(LISTING, 'a distribution is incomplete');
  }
  const others = (CacheBehaviors?.Items ?? []).map((behavior) => toBehavior(behavior, behavior.PathPattern ?? ''));
  return {
    enabled: Enabled,
    // Without a certificate of its own it is always TLSv1 (CloudFront API Reference, ViewerCertificate).
    minimumProtocol: MinimumProtocolVersion ?? 'TLSv1',
    defaultCertificate: CloudFrontDefaultCertificate === true,
    hasWebAcl: WebACLId !== undefined && WebACLId !== '',
    behaviors: [toBehavior(DefaultCacheBehavior, '*'), ...others],
  };
}

function toBehavior({ ViewerProtocolPolicy, RealtimeLogConfigArn }: DefaultCacheBehavior | CacheBehavior, path: string): Behavior {
  if (ViewerProtocolPolicy === undefined) throw malformed(LISTING, 'a cache behavior has no viewer protocol policy');
  return { path, viewerProtocol: ViewerProtocolPolicy, hasRealTimeLog: Boolean(RealtimeLogConfigArn) };
}

const controlsById = groupedBy(({ Id }: OriginAccessControlSummary) => [Id]);

async function readOrigins({ Origins }: DistributionSummary, place: Place) {
  if (Origins?.Items === undefined) throw malformed(LISTING, 'a distribution has no origins');
  const controls = Origins.Items.some(({ OriginAccessControlId }) => OriginAccessControlId)
    ? await listOriginAccessControls(place)
    : undefined;
  // One that never signs shows nobody who CloudFront is (CloudFront API Reference, OriginAccessControlConfig).
  const signs = (id: string) => {
    if (controls) for (const { SigningBehavior } of controlsById(controls, id)) return SigningBehavior !== 'never';
    return false;
  };
  return toListed(Origins.Items, (origin) => toOrigin(origin, signs));
}

/** A bucket's own endpoint, of whatever style; its website has another: https://docs.aws.amazon.com/general/latest/gr/s3.html */
const BUCKET = /\.s3([.-](?!website)[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;

function toOrigin(origin: OriginEntry, signs: (controlId: string) => boolean): Origin {
  const { Id, DomainName, S3OriginConfig, OriginAccessControlId } = origin;
  if (Id === undefined || DomainName === undefined) throw malformed(LISTING, 'an origin has no id or no domain');
  const identity = S3OriginConfig?.OriginAccessIdentity ? 'identity' : 'none';
  const access = OriginAccessControlId && signs(OriginAccessControlId) ? 'control' : identity;
  return { id: Id, domain: DomainName, isBucket: S3OriginConfig !== undefined || BUCKET.test(DomainName), access };
}

async function readSettings(id: string, place: Place): Promise<DistributionSettings> {
  const { DefaultRootObject, Logging } = await getDistributionConfig(place, { id });
  return { rootObject: DefaultRootObject || undefined, legacyLogging: Logging?.Enabled === true && Boolean(Logging.Bucket) };
}
