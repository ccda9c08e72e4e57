import { defineCheck, denied, fail, pass } from '../check.ts';
import { ATTRIBUTES, attributes, networkAttributes } from '../predicates/example-balancers.ts';

export default defineCheck({
  id: 'elb-load-balancer-deletion-protected',
  title: 'Load balancers should be protected from deletion',
  severity: 'LOW',
  controls: ['AWS-FSBP:ELB.6'],
  equivalents: { prowler: ['elbv2_deletion_protection'], securityHub: ['ELB.6'] },
  risk: 'One wrong command takes everything behind it off the network, and its addresses do not come back.',
  remediation: {
    text: 'Turn on deletion protection.',
    cli: 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=deletion_protection.enabled,Value=true',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttributes',
  },
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  needs: ['attributes'],
  evaluate: ({ attributes }) => (attributes.deletionProtection ? pass : fail('deletion protection is off')),
  examples: {
    pass: { protected: { attributes }, 'a network load balancer': { attributes: networkAttributes } },
    fail: { 'as it was made': { attributes: { ...attributes, deletionProtection: false } } },
    unknown: { 'not read': { attributes: denied(ATTRIBUTES) } },
  },
});
