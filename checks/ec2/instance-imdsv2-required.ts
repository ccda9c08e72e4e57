import { defineCheck, denied, fail, pass } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';

const optional = { endpoint: 'enabled', tokens: 'optional', hopLimit: 1 } as const;

export default defineCheck({
  id: 'ec2-instance-imdsv2-required',
  title: 'Instances should answer only IMDSv2 requests for their metadata',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:6.7', 'CIS-AWS-5.0:5.7', 'CIS-AWS-3.0:5.6', 'AWS-FSBP:EC2.8'],
  equivalents: { prowler: ['ec2_instance_imdsv2_enabled'], securityHub: ['EC2.8'], checkov: ['CKV_AWS_79'] },
  risk: 'With IMDSv1, one request that an application can be tricked into hands the credentials of the instance role to an attacker.',
  remediation: {
    text: 'Require tokens. Check with the metric MetadataNoToken first that nothing on the host still uses IMDSv1.',
    cli: 'aws ec2 modify-instance-metadata-options --instance-id <instance> --http-tokens required --http-endpoint enabled',
    cloudFormation: 'AWS::EC2::LaunchTemplate.LaunchTemplateData.MetadataOptions.HttpTokens',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'metadataOptions'],
  evaluate: (resource) =>
    unlessTerminated(resource.instance, () => {
      const { endpoint, tokens } = resource.metadataOptions;
      return endpoint === 'disabled' || tokens === 'required'
        ? pass
        : fail('answers metadata requests without a token', { endpoint, tokens });
    }),
  examples: {
    pass: {
      'tokens required': { instance, metadataOptions: { ...optional, tokens: 'required' } },
      'metadata switched off': { instance, metadataOptions: { ...optional, endpoint: 'disabled' } },
    },
    fail: {
      'tokens optional': { instance, metadataOptions: optional },
      'tokens optional on a stopped instance': { instance: stopped, metadataOptions: optional },
    },
    unknown: { 'not allowed to ask': { instance, metadataOptions: denied('ec2:DescribeInstances') } },
    notApplicable: { terminated: { instance: terminated, metadataOptions: optional } },
  },
});
