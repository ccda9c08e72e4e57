import type { Distribution, DistributionOrigin } from '../account/front-ends.ts';
import { type Exchange, type Overrides, reject, reply } from '../exchange.ts';
import type { WireObject } from '../wire/serialize.ts';

const SIGNS = 'E2SIGNS000000';
const NEVER_SIGNS = 'E2NEVERSIGNS00';

/** Moto's listing lacks half of a distribution, and it knows no deliveries: the described ones are answered. */
export const cloudFrontOverrides: Overrides = {
  'cloudfront:ListDistributions': (exchange) => {
    const items = [...exchange.state.description.distributions].map(([name, distribution]) => toSummary(exchange, name, distribution));
    return reply(exchange, { DistributionList: listOf('DistributionSummary', items) });
  },

  'cloudfront:GetDistributionConfig': (exchange) => {
    const name = exchange.request.path.split('/').at(-2) ?? '';
    const distribution = exchange.state.description.distributions.get(name);
    if (!distribution)
      return reject(exchange, { status: 404, code: 'NoSuchDistribution', message: 'The specified distribution does not exist.' });
    const { rootObject = '', log = 'legacy' } = distribution;
    const bucket = log === 'legacy' ? 'logs.s3.amazonaws.com' : '';
    const logging = { Enabled: log === 'legacy', IncludeCookies: false, Bucket: bucket, Prefix: '' };
    return reply(exchange, {
      DistributionConfig: { CallerReference: name, DefaultRootObject: rootObject, ...inBoth(distribution), Logging: logging },
    });
  },

  'cloudfront:ListOriginAccessControls': (exchange) => {
    const controls = [SIGNS, NEVER_SIGNS].map((id) => ({
      Id: id,
      Name: id,
      Description: '',
      SigningProtocol: 'sigv4',
      SigningBehavior: id === SIGNS ? 'always' : 'never',
      OriginAccessControlOriginType: 's3',
    }));
    return reply(exchange, { OriginAccessControlList: listOf('OriginAccessControlSummary', controls) });
  },

  'logs:DescribeDeliverySources': (exchange) =>
    reply(exchange, {
      deliverySources: delivered(exchange).map((name) => ({
        name,
        resourceArns: [arnOf(exchange, name)],
        service: 'cloudfront',
        logType: 'ACCESS_LOGS',
      })),
    }),

  'logs:DescribeDeliveries': (exchange) =>
    reply(exchange, {
      deliveries: delivered(exchange).map((name) => ({ id: name, deliverySourceName: name, deliveryDestinationType: 'CWL' })),
    }),
};

function delivered({ state, request }: Exchange): readonly string[] {
  if (request.region !== 'us-east-1') return [];
  return [...state.description.distributions].flatMap(([name, { log }]) => (log === 'delivery' ? name : []));
}

function arnOf({ caller }: Exchange, name: string): string {
  return `arn:aws:cloudfront::${caller.accountId}:distribution/${name}`;
}

function toSummary(exchange: Exchange, name: string, distribution: Distribution): WireObject {
  return {
    Id: name,
    ARN: arnOf(exchange, name),
    Status: 'Deployed',
    LastModifiedTime: '2026-01-01T00:00:00Z',
    DomainName: `${name.toLowerCase()}.cloudfront.net`,
    ...inBoth(distribution),
  };
}

/** What the listing and the configuration of a distribution have in common. */
function inBoth({
  enabled = true,
  viewers = 'redirect-to-https',
  tls = 'TLSv1.2_2021',
  webAcl = true,
  origins = [],
}: Distribution): WireObject {
  const ownCertificate = { ACMCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/example', SSLSupportMethod: 'sni-only' };
  return {
    Comment: '',
    Enabled: enabled,
    Origins: { Quantity: origins.length, Items: { Origin: origins.map(toOrigin) } },
    DefaultCacheBehavior: { TargetOriginId: origins[0]?.domain ?? 'none', ViewerProtocolPolicy: viewers },
    CacheBehaviors: { Quantity: 0 },
    ViewerCertificate:
      tls === 'default'
        ? { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1' }
        : { CloudFrontDefaultCertificate: false, ...ownCertificate, MinimumProtocolVersion: tls },
    WebACLId: webAcl ? 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/0' : '',
    HttpVersion: 'http2',
    IsIPV6Enabled: true,
    Staging: false,
  };
}

function toOrigin({ domain, bucketAccess }: DistributionOrigin): WireObject {
  const control = { control: SIGNS, 'control-that-never-signs': NEVER_SIGNS, identity: '', none: '' }[bucketAccess ?? 'none'];
  const identity = bucketAccess === 'identity' ? 'origin-access-identity/cloudfront/E1IDENTITY' : '';
  const server = { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' };
  return {
    Id: domain,
    DomainName: domain,
    OriginAccessControlId: control,
    ...(bucketAccess === undefined ? { CustomOriginConfig: server } : { S3OriginConfig: { OriginAccessIdentity: identity } }),
  };
}

function listOf(member: string, items: readonly WireObject[]): WireObject {
  const counts = { Marker: '', MaxItems: 100, IsTruncated: false, Quantity: items.length };
  return items.length === 0 ? counts : { ...counts, Items: { [member]: items } };
}
