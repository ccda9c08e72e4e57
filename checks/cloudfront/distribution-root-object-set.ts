import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { BUCKET_ORIGIN, SERVER_ORIGIN } from '../predicates/example-distributions.ts';
import { someOf } from '../predicates/logic.ts';

const NONE = { rootObject: undefined, legacyLogging: true };
const INDEX = { ...NONE, rootObject: 'index.html' };

export default defineCheck({
  id: 'cloudfront-distribution-root-object-set',
  title: 'CloudFront distributions of buckets should have a default root object',
  severity: 'LOW',
  controls: ['AWS-FSBP:CloudFront.1'],
  equivalents: { prowler: ['cloudfront_distributions_default_root_object'], securityHub: ['CloudFront.1'] },
  risk: 'Who asks for nothing in particular may be given the list of all objects in the bucket.',
  remediation: {
    text: 'Set a default root object such as index.html, and do not let the bucket policy allow s3:ListBucket.',
    cli: 'aws cloudfront update-distribution --id <distribution> --default-root-object index.html',
    cloudFormation: 'AWS::CloudFront::Distribution.DistributionConfig.DefaultRootObject',
  },
  resourceType: 'AWS::CloudFront::Distribution',
  needs: ['settings', 'origins'],
  evaluate(resource) {
    if (resource.settings.rootObject !== undefined) return pass;
    return someOf(resource.origins, ({ isBucket }) => isBucket)
      ? fail('it has an S3 origin and no default root object')
      : notApplicable('it has no S3 origin');
  },
  examples: {
    pass: {
      'a default root object': { settings: INDEX, origins: [BUCKET_ORIGIN] },
      'whatever its origins are': { settings: INDEX, origins: denied('cloudfront:ListOriginAccessControls') },
    },
    fail: { 'a bucket without one': { settings: NONE, origins: [SERVER_ORIGIN, BUCKET_ORIGIN] } },
    unknown: {
      'its settings were not read': { settings: denied('cloudfront:GetDistributionConfig'), origins: [BUCKET_ORIGIN] },
      'its origins were not read': { settings: NONE, origins: denied('cloudfront:ListOriginAccessControls') },
    },
    notApplicable: { 'no bucket behind it': { settings: NONE, origins: [SERVER_ORIGIN] } },
  },
});
