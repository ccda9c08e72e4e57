import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { image, instance, terminated } from '../predicates/example-instances.ts';
import { runsContainers, unlessTerminated } from '../predicates/instances.ts';

const metadataOptions = { endpoint: 'enabled', tokens: 'required', hopLimit: 1 } as const;
const far = { ...metadataOptions, hopLimit: 2 };

export default defineCheck({
  id: 'ec2-instance-metadata-hop-limit',
  title: 'Instances that run no containers should answer metadata requests to themselves only',
  severity: 'INFORMATIONAL',
  controls: [],
  equivalents: {},
  risk: 'A token that may travel further than the host can be had by whatever the host forwards for: a proxy, a VPN, somebody’s container.',
  remediation: {
    text: 'Set the hop limit to 1. Containers with a network of their own need 2: give them roles of their own instead where that is possible.',
    cli: 'aws ec2 modify-instance-metadata-options --instance-id <instance> --http-put-response-hop-limit 1',
    cloudFormation: 'AWS::EC2::LaunchTemplate.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'metadataOptions', 'image'],
  evaluate: (resource) =>
    unlessTerminated(resource.instance, () => {
      const { endpoint, hopLimit } = resource.metadataOptions;
      if (endpoint === 'disabled' || hopLimit === 1) return pass;
      if (runsContainers(resource.identity, () => resource.image))
        return notApplicable('the instance runs containers, which are a hop away');
      return fail('metadata answers travel further than the host', { hopLimit: hopLimit ?? 'not set' });
    }),
  examples: {
    pass: {
      'one hop': { instance, metadataOptions, image },
      'metadata switched off': { instance, metadataOptions: { ...far, endpoint: 'disabled' }, image },
      'one hop, the image not read': { instance, metadataOptions, image: denied('ec2:DescribeInstanceImageMetadata') },
    },
    fail: { 'two hops': { instance, metadataOptions: far, image } },
    unknown: { 'two hops, the image not read': { instance, metadataOptions: far, image: denied('ec2:DescribeInstanceImageMetadata') } },
    notApplicable: {
      'two hops on a node of EKS': { instance, metadataOptions: far, image: { ...image, name: 'amazon-eks-node-1.33-v20260901' } },
      'two hops on a node of a cluster, by its tags': {
        ...{ instance, metadataOptions: far, image },
        identity: { tags: { 'kubernetes.io/cluster/shop': 'owned' } },
      },
      terminated: { instance: terminated, metadataOptions: far, image },
    },
  },
});
