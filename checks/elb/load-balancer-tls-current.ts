import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { INTERNAL } from '../predicates/circumstances.ts';
import { balancer, gatewayBalancer, http, https, inner, LISTENERS, networkBalancer } from '../predicates/example-balancers.ts';
import { matching } from '../predicates/logic.ts';

const old = { ...https, tls: { policy: 'ELBSecurityPolicy-2016-08', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] } };

export default defineCheck({
  id: 'elb-load-balancer-tls-current',
  title: 'Load balancers should offer no version of TLS that is obsolete',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:ELB.17', 'PCI-DSS-4.0:4.2.1', 'NIST-800-53-R5:SC-8'],
  equivalents: { prowler: ['elbv2_insecure_ssl_ciphers'] },
  risk: 'TLS 1.0 and 1.1 rest on broken hashes and ciphers (RFC 8996): who is on the way can make clients use them.',
  remediation: {
    text: 'Choose a policy that offers TLS 1.2 and 1.3 alone. Without a choice, a listener made by API gets one of 2016.',
    cli: 'aws elbv2 modify-listener --listener-arn <arn> --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::Listener.SslPolicy',
  },
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  needs: ['balancer', 'listeners'],
  params: { obsolete: ['SSLv3', 'TLSv1', 'TLSv1.1'] },
  evaluate(resource, { obsolete }) {
    const { balancer } = resource;
    if (balancer.kind === 'gateway') return notApplicable('gateway load balancers speak no TLS');
    const { found, undecided } = matching(
      resource.listeners,
      ({ tls }) => tls?.protocols.some((protocol) => obsolete.includes(protocol)) ?? false,
    );
    if (found.length === 0) {
      if (undecided) throw undecided;
      return pass;
    }
    const offered = found.map(({ port = 0, tls }) => ({ port, policy: tls?.policy ?? '', protocols: [...(tls?.protocols ?? [])].sort() }));
    const versions = [...new Set(offered.flatMap(({ protocols }) => protocols))].filter((version) => obsolete.includes(version)).sort();
    const evidence = { listeners: offered.sort((a, b) => a.port - b.port) };
    const reason = `offers ${versions.join(', ')}`;
    return balancer.internetFacing ? fail(reason, evidence) : fail(`${reason}, internal`, evidence, INTERNAL);
  },
  examples: {
    pass: {
      'TLS 1.2 and 1.3': { balancer, listeners: [https] },
      'no TLS at all': { balancer, listeners: [http] },
    },
    fail: {
      'the default of the API': { balancer, listeners: [old] },
      'TLS on a network load balancer': { balancer: networkBalancer, listeners: [https, { ...old, protocol: 'TLS', port: 8883 }] },
      'one, others unread': { balancer, listeners: partial([old], LISTENERS) },
      internal: { balancer: inner, listeners: [old] },
    },
    unknown: {
      'not read': { balancer, listeners: denied(LISTENERS) },
      'not all read': { balancer, listeners: partial([https], LISTENERS) },
    },
    notApplicable: { 'a gateway load balancer': { balancer: gatewayBalancer, listeners: [] } },
  },
});
