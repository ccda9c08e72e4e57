import { defineCheck, denied, fail, pass } from '../check.ts';

const metadataDefaults = { endpoint: undefined, tokens: undefined, hopLimit: undefined, enforced: false };

export default defineCheck({
  id: 'ec2-region-imdsv2-default',
  title: 'New instances should answer only IMDSv2 requests by default',
  severity: 'MEDIUM',
  controls: [],
  equivalents: { prowler: ['ec2_instance_account_imdsv2_enabled'] },
  risk: 'An instance that somebody starts without a thought for metadata hands its credentials to whoever can make it send one request.',
  remediation: {
    text: 'Require tokens by default in the region, in every region; then enforce it, so that nothing starts without.',
    cli: 'aws ec2 modify-instance-metadata-defaults --http-tokens required --region <region>',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['metadataDefaults'],
  evaluate: ({ metadataDefaults: { tokens, endpoint, enforced } }) => {
    if (tokens === 'required' || enforced || endpoint === 'disabled') return pass;
    return fail(tokens === 'optional' ? 'tokens are optional by default' : 'no default: launches and images decide', {
      tokens: tokens ?? 'no preference',
    });
  },
  examples: {
    pass: {
      'tokens required': { metadataDefaults: { ...metadataDefaults, tokens: 'required' } },
      'tokens enforced': { metadataDefaults: { ...metadataDefaults, enforced: true } },
      'metadata switched off': { metadataDefaults: { ...metadataDefaults, endpoint: 'disabled' } },
    },
    fail: {
      'no preference': { metadataDefaults },
      'tokens optional': { metadataDefaults: { ...metadataDefaults, tokens: 'optional' } },
    },
    unknown: { 'not allowed to ask': { metadataDefaults: denied('ec2:GetInstanceMetadataDefaults') } },
  },
});
