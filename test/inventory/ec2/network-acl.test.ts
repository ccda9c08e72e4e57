import { networkAcls } from '../../../inventory/ec2/network-acl.ts';
import { describeReader } from '../describe-reader.ts';
import { ACCOUNT, pages } from '../fake-session.ts';

const acl = {
  NetworkAclId: 'acl-1',
  OwnerId: ACCOUNT,
  VpcId: 'vpc-1',
  IsDefault: true,
  Associations: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }],
  Entries: [{ RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0', Egress: false }],
};

describeReader({
  reader: networkAcls,
  ids: ['acl-1', 'acl-2'],
  answers: { 'ec2:DescribeNetworkAcls': pages({ NetworkAcls: [acl] }, { NetworkAcls: [{ ...acl, NetworkAclId: 'acl-2' }] }) },
  facets: {
    acl: { vpcId: 'vpc-1', isDefault: true },
    entries: {
      ingress: [{ number: 100, action: 'allow', protocol: 'all', ports: { from: 0, to: 65_535 }, cidr: '0.0.0.0/0' }],
      egress: [],
    },
    subnetIds: ['subnet-1', 'subnet-2'],
  },
});
