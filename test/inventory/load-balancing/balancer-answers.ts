import { ACCOUNT } from '../fake-session.ts';

export const arnOf = (kind: string): string => `arn:aws:elasticloadbalancing:eu-central-1:${ACCOUNT}:${kind}`;

export const shop = {
  LoadBalancerArn: arnOf('loadbalancer/app/shop/0123456789abcdef'),
  LoadBalancerName: 'shop',
  Scheme: 'internet-facing',
  Type: 'application',
  VpcId: 'vpc-1',
  IpAddressType: 'ipv4',
  SecurityGroups: ['sg-front'],
  AvailabilityZones: [{ ZoneName: 'eu-central-1a', SubnetId: 'subnet-public' }],
};

export const listener = {
  ListenerArn: arnOf('listener/app/shop/0123456789abcdef/1'),
  Port: 443,
  Protocol: 'HTTPS',
  SslPolicy: 'ELBSecurityPolicy-2016-08',
  DefaultActions: [{ Type: 'fixed-response' }],
};

export const group = {
  TargetGroupArn: arnOf('targetgroup/web/1'),
  Protocol: 'HTTP',
  VpcId: 'vpc-1',
  TargetType: 'instance',
};

export const forwarding = {
  IsDefault: true,
  Conditions: [],
  Actions: [{ Type: 'forward', TargetGroupArn: group.TargetGroupArn }],
};
