import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { ATTRIBUTES, attributes, balancer, networkAttributes, networkBalancer } from '../predicates/example-balancers.ts';
import { refuseToJudge } from '../predicates/unread.ts';

export default defineCheck({
  id: 'elb-load-balancer-desync-mitigated',
  title: 'Load balancers should defend against request smuggling',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:ELB.12'],
  equivalents: { prowler: ['elbv2_desync_mitigation_mode'], securityHub: ['ELB.12'] },
  risk: 'Ambiguous requests are passed on: with them attackers poison caches and take over the requests of others.',
  remediation: {
    text: 'Set the mode back to defensive, which is the default, or to strictest.',
    cli: 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=routing.http.desync_mitigation_mode,Value=defensive',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttributes',
  },
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  needs: ['balancer', 'attributes'],
  evaluate(resource) {
    const { balancer } = resource;
    if (balancer.kind !== 'application') return notApplicable('only application load balancers read requests');
    const { desyncMitigation: mode } = resource.attributes;
    if (mode === undefined) return refuseToJudge('no-data', ATTRIBUTES, 'the mode is not told');
    return mode === 'defensive' || mode === 'strictest' ? pass : fail('ambiguous requests are passed on', { mode });
  },
  examples: {
    pass: { defensive: { balancer, attributes }, strictest: { balancer, attributes: { ...attributes, desyncMitigation: 'strictest' } } },
    fail: { 'only monitored': { balancer, attributes: { ...attributes, desyncMitigation: 'monitor' } } },
    unknown: {
      'not read': { balancer, attributes: denied(ATTRIBUTES) },
      'not told': { balancer, attributes: { ...attributes, desyncMitigation: undefined } },
    },
    notApplicable: { 'a network load balancer': { balancer: networkBalancer, attributes: networkAttributes } },
  },
});
