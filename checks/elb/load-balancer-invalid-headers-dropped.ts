import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { ATTRIBUTES, attributes, balancer, networkAttributes, networkBalancer } from '../predicates/example-balancers.ts';
import { refuseToJudge } from '../predicates/unread.ts';

export default defineCheck({
  id: 'elb-load-balancer-invalid-headers-dropped',
  title: 'Load balancers should drop headers that are not valid',
  severity: 'LOW',
  controls: ['AWS-FSBP:ELB.4', 'NIST-800-53-R5:SC-7'],
  equivalents: { prowler: ['elbv2_alb_drop_invalid_header_fields_enabled'], securityHub: ['ELB.4'] },
  risk: 'What the balancer and the server behind it read differently lets requests be smuggled past rules and into those of others.',
  remediation: {
    text: 'Turn it on; first see in the access logs whether clients send header names with other than letters, digits and hyphens.',
    cli: 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=routing.http.drop_invalid_header_fields.enabled,Value=true',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttributes',
  },
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  needs: ['balancer', 'attributes'],
  evaluate(resource) {
    const { balancer } = resource;
    if (balancer.kind !== 'application') return notApplicable('only application load balancers read headers');
    const { dropsInvalidHeaders } = resource.attributes;
    if (dropsInvalidHeaders === undefined) return refuseToJudge('no-data', ATTRIBUTES, 'the handling of headers is not told');
    return dropsInvalidHeaders ? pass : fail('passes invalid headers on');
  },
  examples: {
    pass: { dropped: { balancer, attributes } },
    fail: { 'as it was made': { balancer, attributes: { ...attributes, dropsInvalidHeaders: false } } },
    unknown: {
      'not read': { balancer, attributes: denied(ATTRIBUTES) },
      'not told': { balancer, attributes: { ...attributes, dropsInvalidHeaders: undefined } },
    },
    notApplicable: { 'a network load balancer': { balancer: networkBalancer, attributes: networkAttributes } },
  },
});
