import type { Listener } from '../../inventory/load-balancing/load-balancer.ts';
import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { INTERNAL } from '../predicates/circumstances.ts';
import { balancer, http, https, inner, LISTENERS, networkBalancer } from '../predicates/example-balancers.ts';
import { matching } from '../predicates/logic.ts';

export default defineCheck({
  id: 'elb-load-balancer-http-redirected',
  title: 'Load balancers should send HTTP requests to HTTPS',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:ELB.1', 'PCI-DSS-4.0:4.2.1', 'NIST-800-53-R5:SC-8'],
  equivalents: { prowler: ['elbv2_ssl_listeners'], securityHub: ['ELB.1'] },
  risk: 'Passwords, cookies and data go over the internet in clear text; whoever is on the way reads and changes them.',
  remediation: {
    text: 'Make the default action of the HTTP listener a redirect to HTTPS.',
    cli: "aws elbv2 modify-listener --listener-arn <arn> --default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'",
    cloudFormation: 'AWS::ElasticLoadBalancingV2::Listener.DefaultActions',
  },
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  needs: ['balancer', 'listeners'],
  evaluate(resource) {
    const { balancer } = resource;
    if (balancer.kind !== 'application') return notApplicable('only application load balancers speak HTTP');
    const { found, undecided } = matching(resource.listeners, isPlain);
    if (found.length > 0) {
      const ports = found.map(({ port = 80 }) => port).sort((a, b) => a - b);
      const reason = `HTTP on port ${ports.join(', ')} is not sent to HTTPS`;
      return balancer.internetFacing ? fail(reason, { ports }) : fail(`${reason}, internal`, { ports }, INTERNAL);
    }
    if (undecided) throw undecided;
    return pass;
  },
  examples: {
    pass: {
      'HTTPS alone': { balancer, listeners: [https] },
      redirected: { balancer, listeners: [https, { ...http, redirectsToHttps: true }] },
      'no listener': { balancer, listeners: [] },
    },
    fail: {
      'HTTP beside HTTPS': { balancer, listeners: [https, http] },
      'HTTP on another port': { balancer, listeners: [{ ...http, port: 8080 }] },
      'HTTP, other listeners unread': { balancer, listeners: partial([http], LISTENERS) },
      internal: { balancer: inner, listeners: [http] },
    },
    unknown: {
      'not read': { balancer, listeners: denied(LISTENERS) },
      'not all read': { balancer, listeners: partial([https], LISTENERS) },
    },
    notApplicable: { 'a network load balancer': { balancer: networkBalancer, listeners: [] } },
  },
});

function isPlain({ protocol, redirectsToHttps }: Listener): boolean {
  return protocol === 'HTTP' && !redirectsToHttps;
}
