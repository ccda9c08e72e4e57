import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { BUCKET_ORIGIN, SERVER_ORIGIN } from '../predicates/example-distributions.ts';
import { matching } from '../predicates/logic.ts';

const OPEN = { ...BUCKET_ORIGIN, id: 'downloads', access: 'none' } as const;
const BY_IDENTITY = { ...BUCKET_ORIGIN, access: 'identity' } as const;

export default defineCheck({
  id: 'cloudfront-distribution-bucket-origins-signed',
  title: 'CloudFront should prove who it is to the buckets behind it',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:CloudFront.13'],
  equivalents: { prowler: ['cloudfront_distributions_s3_origin_access_control'], securityHub: ['CloudFront.13'] },
  risk: 'A bucket that cannot tell CloudFront from others must be open to everybody, past its web ACL, its logs and signed URLs.',
  remediation: {
    text: 'Give the origin an origin access control that signs requests, and let the bucket policy allow the distribution alone.',
    cli: 'aws cloudfront create-origin-access-control --origin-access-control-config Name=<name>,SigningProtocol=sigv4,SigningBehavior=always,OriginAccessControlOriginType=s3',
    cloudFormation: 'AWS::CloudFront::Distribution.DistributionConfig.Origins.OriginAccessControlId',
  },
  resourceType: 'AWS::CloudFront::Distribution',
  needs: ['origins'],
  evaluate({ origins }) {
    const buckets = matching(origins, ({ isBucket }) => isBucket);
    const withAccess = (kind: string) => buckets.found.flatMap(({ id, access }) => (access === kind ? id : [])).sort();
    const open = withAccess('none');
    if (open.length > 0) return fail('an S3 origin is asked without a signature', { origins: open });
    if (buckets.undecided) throw buckets.undecided;
    const old = withAccess('identity');
    // They sign, but with neither SSE-KMS nor the newer regions: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
    const signed = { severity: 'LOW', because: 'its requests are signed' } as const;
    if (old.length > 0) return fail('an S3 origin has only an origin access identity, the older kind', { origins: old }, signed);
    return buckets.found.length === 0 ? notApplicable('it has no S3 origin') : pass;
  },
  examples: {
    pass: { 'signed by an origin access control': { origins: [BUCKET_ORIGIN, SERVER_ORIGIN] } },
    fail: {
      'not signed, beside one that is': { origins: [BUCKET_ORIGIN, OPEN] },
      'not signed, others not read': { origins: partial([OPEN], 'cloudfront:ListOriginAccessControls') },
      'an origin access identity': { origins: [BY_IDENTITY] },
    },
    unknown: {
      'not read': { origins: denied('cloudfront:ListOriginAccessControls') },
      'not all were read': { origins: partial([BUCKET_ORIGIN], 'cloudfront:ListOriginAccessControls') },
    },
    notApplicable: { 'no bucket behind it': { origins: [SERVER_ORIGIN] } },
  },
});
