import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { INTERNAL } from '../predicates/circumstances.ts';
import {
  ATTRIBUTES,
  attributes,
  balancer,
  gatewayBalancer,
  inner,
  networkAttributes,
  networkBalancer,
} from '../predicates/example-balancers.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const off = { ...attributes, accessLogs: false };

export default defineCheck({
  id: 'elb-load-balancer-access-logged',
  title: 'Load balancers should log who accesses them',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:4.10', 'AWS-FSBP:ELB.5', 'NIST-800-53-R5:AU-12'],
  equivalents: { prowler: ['elbv2_logging_enabled'], securityHub: ['ELB.5'] },
  risk: 'After an attack nobody can tell what was asked, by whom and what was answered.',
  remediation: {
    text: 'Turn on access logs to a bucket that lets Elastic Load Balancing write. Network load balancers log their TLS listeners.',
    cli: 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=<bucket>',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttributes',
  },
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  needs: ['balancer', 'attributes'],
  evaluate(resource) {
    const { balancer } = resource;
    if (balancer.kind === 'gateway') return notApplicable('gateway load balancers have no access logs');
    const { accessLogs } = resource.attributes;
    if (accessLogs === undefined) return refuseToJudge('no-data', ATTRIBUTES, 'access logs are not told');
    if (accessLogs) return pass;
    return balancer.internetFacing ? fail('access logs are off') : fail('access logs are off, internal', {}, INTERNAL);
  },
  examples: {
    pass: { logged: { balancer, attributes }, 'a network load balancer': { balancer: networkBalancer, attributes: networkAttributes } },
    fail: { 'facing the internet': { balancer, attributes: off }, internal: { balancer: inner, attributes: off } },
    unknown: {
      'not read': { balancer, attributes: denied(ATTRIBUTES) },
      'not told': { balancer, attributes: { ...attributes, accessLogs: undefined } },
    },
    notApplicable: { 'a gateway load balancer': { balancer: gatewayBalancer, attributes: networkAttributes } },
  },
});
