import { expect, test } from 'vitest';
import { distributions } from '../../../inventory/cloudfront/distribution.ts';
import { describeReader, facetOf, type ReaderContract, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answer, type Answers, pages, tokenOf } from '../fake-session.ts';

const arnOf = (id: string) => `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`;
const bucket = { Id: 'photos', DomainName: 'photos.s3.eu-west-1.amazonaws.com', S3OriginConfig: { OriginAccessIdentity: '' } };
const server = { Id: 'shop', DomainName: 'shop.example.com', CustomOriginConfig: {} };
const summary = (id: string, other: object = {}) => ({
  Id: id,
  ARN: arnOf(id),
  Enabled: true,
  WebACLId: '',
  ViewerCertificate: { CloudFrontDefaultCertificate: false, MinimumProtocolVersion: 'TLSv1.2_2021' },
  DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' },
  CacheBehaviors: { Items: [{ PathPattern: '/old/*', ViewerProtocolPolicy: 'allow-all', RealtimeLogConfigArn: 'arn:log' }] },
  Origins: { Items: [{ ...bucket, OriginAccessControlId: 'signs' }, server] },
  ...other,
});

/** CloudFront puts the members of a page into a member of their own. */
function listed(member: string, ...lists: readonly (readonly object[])[]): Answer {
  return (input) => {
    const index = Number(tokenOf(input) ?? 0);
    const isLast = index + 1 >= lists.length;
    return { [member]: { Items: lists[index], IsTruncated: !isLast, ...(isLast ? {} : { NextMarker: String(index + 1) }) } };
  };
}

const answers: Answers = {
  'cloudfront:ListDistributions': listed('DistributionList', [summary('E1')], [summary('E2')]),
  'cloudfront:GetDistributionConfig': {
    DistributionConfig: { DefaultRootObject: '', Logging: { Enabled: true, Bucket: 'logs.s3.amazonaws.com' } },
  },
  'cloudfront:ListOriginAccessControls': listed(
    'OriginAccessControlList',
    [{ Id: 'never', SigningBehavior: 'never' }],
    [{ Id: 'signs', SigningBehavior: 'always' }],
  ),
  'logs:DescribeDeliverySources': pages(
    { deliverySources: [] },
    { deliverySources: [{ name: 'one', resourceArns: [arnOf('E1')], logType: 'ACCESS_LOGS' }] },
  ),
  'logs:DescribeDeliveries': pages({ deliveries: [{ deliverySourceName: 'other' }] }, { deliveries: [{ deliverySourceName: 'one' }] }),
};

const contract: ReaderContract = {
  reader: distributions,
  ids: ['E1', 'E2'],
  answers,
  facets: {
    distribution: {
      ...{ enabled: true, minimumProtocol: 'TLSv1.2_2021', defaultCertificate: false, hasWebAcl: false },
      behaviors: [
        { path: '*', viewerProtocol: 'redirect-to-https', hasRealTimeLog: false },
        { path: '/old/*', viewerProtocol: 'allow-all', hasRealTimeLog: true },
      ],
    },
    origins: [
      { id: 'photos', domain: bucket.DomainName, isBucket: true, access: 'control' },
      { id: 'shop', domain: 'shop.example.com', isBucket: false, access: 'none' },
    ],
    settings: { rootObject: undefined, legacyLogging: true },
    logDelivery: true,
  },
};

describeReader(contract);

async function facetsWith(other: object, more: Answers = {}) {
  const one = listed('DistributionList', [summary('E1', other)]);
  return (await subjectOf(contract, { ...answers, 'cloudfront:ListDistributions': one, ...more })).resource;
}

test.each([
  ['an origin access control that never signs', { ...bucket, OriginAccessControlId: 'never' }, { isBucket: true, access: 'none' }],
  ['one that is gone', { ...bucket, OriginAccessControlId: 'gone' }, { isBucket: true, access: 'none' }],
  [
    'an origin access identity',
    { ...bucket, S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E' } },
    { isBucket: true, access: 'identity' },
  ],
  ['a bucket that is asked as any server is', { ...server, DomainName: bucket.DomainName }, { isBucket: true, access: 'none' }],
  ['the website of a bucket', { ...server, DomainName: 'b.s3-website-eu-west-1.amazonaws.com' }, { isBucket: false }],
  ['the website of a bucket in a newer region', { ...server, DomainName: 'b.s3-website.eu-south-2.amazonaws.com' }, { isBucket: false }],
])('%s', async (_, origin, expected) => {
  const resource = await facetsWith({ Origins: { Items: [origin] } });
  expect(await facetOf(resource, 'origins')).toMatchObject([expected]);
});

test('a distribution without a certificate of its own allows TLS 1.0', async () => {
  const resource = await facetsWith({ ViewerCertificate: { CloudFrontDefaultCertificate: true } });
  expect(await facetOf(resource, 'distribution')).toMatchObject({ minimumProtocol: 'TLSv1', defaultCertificate: true });
});

test.each([
  ['a source that delivers nothing', { 'logs:DescribeDeliveries': { deliveries: [] } }],
  [
    'another distribution',
    { 'logs:DescribeDeliverySources': { deliverySources: [{ name: 'one', resourceArns: [arnOf('E2')], logType: 'ACCESS_LOGS' }] } },
  ],
  [
    'another kind of log',
    { 'logs:DescribeDeliverySources': { deliverySources: [{ name: 'one', resourceArns: [arnOf('E1')], logType: 'CONNECTION_LOGS' }] } },
  ],
])('no access log is delivered by %s', async (_, more) => {
  expect(await facetOf(await facetsWith({}, more), 'logDelivery')).toBe(false);
});

test('deliveries are asked where CloudFront keeps them, whatever region the session is in', async () => {
  const { resource, sent } = await subjectOf(contract);
  await facetOf(resource, 'logDelivery');
  expect(new Set(sent.flatMap(({ operation, region }) => (operation.startsWith('logs:') ? region : [])))).toEqual(new Set(['us-east-1']));
});

test('logging that is on without a bucket is none', async () => {
  const config = { DistributionConfig: { Logging: { Enabled: true, Bucket: '' } } };
  expect(await facetOf(await facetsWith({}, { 'cloudfront:GetDistributionConfig': config }), 'settings')).toMatchObject({
    legacyLogging: false,
  });
});
