import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { outsiderNamed } from '../predicates/outsiders.ts';
import { knownOf } from '../predicates/unread.ts';

const TRUSTED: readonly string[] = [];
const ASKED = { severity: 'LOW', because: 'somebody must accept each connection' } as const;
const NAMED = { severity: 'MEDIUM', because: 'it names who is meant; accounts of your own go into trustedAccounts' } as const;
const service = { name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1', asksFirst: false };
const refused = 'ec2:DescribeVpcEndpointServicePermissions';

export default defineCheck({
  id: 'ec2-vpc-endpoint-service-principals-known',
  title: 'Services that are offered by VPC endpoints should be for accounts that you know',
  severity: 'HIGH',
  controls: [],
  equivalents: { prowler: ['vpc_endpoint_services_allowed_principals_trust_boundaries'] },
  risk: 'Whoever may connect reaches what stands behind the load balancer from his own VPC, past the internet and all that watches it.',
  remediation: {
    text: 'Take away the permissions that nobody needs, and require that each connection is accepted. Accounts of your own go into trustedAccounts.',
    cli: 'aws ec2 modify-vpc-endpoint-service-permissions --service-id <service> --remove-allowed-principals <principal>',
    cloudFormation: 'AWS::EC2::VPCEndpointServicePermissions.AllowedPrincipals',
  },
  resourceType: 'AWS::EC2::VPCEndpointService',
  needs: ['service', 'principals'],
  params: { trustedAccounts: TRUSTED },
  evaluate(resource, { trustedAccounts }) {
    const { known, unread } = knownOf(() => resource.principals);
    const home = { accountId: resource.identity.accountId, trustedAccounts };
    const outsiders = known.toSorted().flatMap((principal) => {
      const outsider = outsiderNamed(principal, home);
      return outsider ? [{ principal, ...outsider }] : [];
    });
    const worst = outsiders.find(({ kind }) => kind === 'everyone') ?? outsiders[0];
    if (!worst) {
      if (unread) throw unread;
      return pass;
    }
    const { name, asksFirst } = resource.service;
    return fail(
      `${worst.who} may ${asksFirst ? 'ask to ' : ''}connect to it`,
      { name, principals: outsiders.slice(0, 20).map(({ principal }) => principal) },
      worst.kind === 'everyone' ? undefined : NAMED,
      asksFirst ? ASKED : undefined,
    );
  },
  examples: {
    pass: {
      'nobody else': { service, principals: [] },
      'own account': { service, principals: ['arn:aws:iam::111122223333:root'] },
    },
    fail: {
      'everybody, unasked': { service, principals: ['*'] },
      'everybody, who must ask': { service: { ...service, asksFirst: true }, principals: ['*'] },
      'another account': { service, principals: ['arn:aws:iam::444455556666:root'] },
      'everybody beside unread ones': { service, principals: partial(['*'], refused) },
    },
    unknown: {
      'not allowed to ask': { service, principals: denied(refused) },
      'only a part was read': { service, principals: partial(['arn:aws:iam::111122223333:role/web'], refused) },
    },
  },
});
