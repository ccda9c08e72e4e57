export {
  CloudFrontClient,
  GetDistributionConfigCommand,
  paginateListDistributions,
  paginateListOriginAccessControls,
} from '@aws-sdk/client-cloudfront';
