import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { defineCheck, noData, notApplicable, pass } from '../check.ts';
import { failByEndpointPolicy } from '../predicates/endpoint-policies.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf } from '../predicates/example-policies.ts';

const TRUSTED: readonly string[] = [];
/** Services that take data of a caller into any account, or hand out credentials of any: the parts of their endpoints' names after the region. */
const DATA_SERVICES =
  's3 s3express s3tables dynamodb sts sqs sns kinesis-streams kinesis-firehose lambda events logs ssm secretsmanager ecr.dkr'.split(' ');
const endpoint = {
  ...{ id: 'vpce-1', serviceName: 'com.amazonaws.eu-west-1.s3', kind: 'Gateway', available: true },
  ...{ routeTableIds: ['rtb-1'], isGone: false, isManaged: false },
};
const written = { ...letting(ANYBODY, '*'), resources: ['*'] };
const by = (...statements: readonly PolicyStatement[]) => ({ endpoint, takesPolicy: true, policy: policyOf(...statements) });
const byDefault = by(written);
const asking = (key: string, value: string): PolicyStatement => ({ ...written, conditions: [only('stringlike', key, value)] });
const fence = (key: string, value: string): PolicyStatement => ({
  ...{ ...written, effect: 'Deny', conditions: [only('stringnotequals', key, value)] },
});

export default defineCheck({
  id: 'ec2-vpc-endpoint-policy-limited',
  title: 'VPC endpoints should let through only callers or resources that you know',
  severity: 'MEDIUM',
  controls: [],
  equivalents: { prowler: ['vpc_endpoint_connections_trust_boundaries'] },
  risk: 'Whoever gets onto a host brings credentials of his own and copies your data to his own account, past every control of yours.',
  remediation: {
    text: 'Write a policy that asks for aws:PrincipalOrgID and aws:ResourceOrgID. Services of AWS keep packages and images in buckets of their own: name those.',
    cli: 'aws ec2 modify-vpc-endpoint --vpc-endpoint-id <endpoint> --policy-document file://policy.json',
    cloudFormation: 'AWS::EC2::VPCEndpoint.PolicyDocument',
  },
  resourceType: 'AWS::EC2::VPCEndpoint',
  needs: ['endpoint', 'policy', 'takesPolicy'],
  params: { trustedAccounts: TRUSTED, dataServices: DATA_SERVICES },
  evaluate(resource, { trustedAccounts, dataServices }) {
    const { kind, serviceName, isGone, isManaged } = resource.endpoint;
    if (isGone) return notApplicable('nothing passes through it any more');
    if (isManaged) return notApplicable('an AWS service made it and alone can change it');
    if (!resource.policy || (kind !== 'Gateway' && kind !== 'Interface')) return notApplicable('endpoints of its kind have no policy');
    const home = { accountId: resource.identity.accountId, trustedAccounts };
    const failure = failByEndpointPolicy(resource.policy, serviceName, home, dataServices);
    if (!failure) return pass;
    return resource.takesPolicy ? failure : notApplicable('its service heeds no policy');
  },
  examples: {
    pass: {
      'callers of our organization': by(asking('aws:PrincipalOrgID', 'o-a1b2c3d4e5')),
      'resources of our organization': by(asking('aws:ResourceOrgID', 'o-a1b2c3d4e5')),
      'own account': by({ ...letting(OWN_ACCOUNT, '*'), resources: ['*'] }),
      'one bucket': by({ ...written, resources: ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'] }),
      'a Deny leaves our resources': by(written, fence('aws:ResourceAccount', '111122223333')),
      'a Deny leaves our callers': by(written, fence('aws:PrincipalOrgID', 'o-a1b2c3d4e5')),
    },
    fail: {
      'as AWS makes it': byDefault,
      'another service': { ...byDefault, endpoint: { ...endpoint, serviceName: 'com.amazonaws.eu-west-1.monitoring', kind: 'Interface' } },
      'anybody from the VPC: all are': by(asking('aws:SourceVpc', 'vpc-1')),
      'whatever organization': by(asking('aws:ResourceOrgID', '*')),
      'buckets of any name': by({ ...written, resources: ['arn:aws:s3:::*'] }),
      'another account': by({ ...letting(OTHER_ACCOUNT, '*'), resources: ['*'] }),
    },
    unknown: {
      'whether its service heeds a policy': { ...byDefault, takesPolicy: noData('ec2:DescribeVpcEndpointServices', 'no such service') },
      'a policy that cannot be read': { ...byDefault, policy: noData('ec2:DescribeVpcEndpoints', 'it is not JSON') },
    },
    notApplicable: {
      'a load balancer of gateways': { ...byDefault, endpoint: { ...endpoint, kind: 'GatewayLoadBalancer' }, policy: undefined },
      "GuardDuty's": { ...byDefault, endpoint: { ...endpoint, isManaged: true } },
      deleted: { ...byDefault, endpoint: { ...endpoint, isGone: true } },
      'a service without policies': { ...byDefault, takesPolicy: false },
    },
  },
});
