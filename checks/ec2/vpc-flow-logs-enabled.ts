import type { FlowLog } from '../../inventory/ec2/flow-log.ts';
import { defineCheck, denied, partial } from '../check.ts';
import { judgeFlowLogs } from '../predicates/flow-logs.ts';

const vpc = { isDefault: false, cidrs: ['10.0.0.0/16'], isShared: false };
const log: FlowLog = { id: 'fl-1', resourceId: 'vpc-0123456789abcdef0', active: true, delivery: 'SUCCESS', traffic: 'REJECT' };
const ofSubnet = { ...log, id: 'fl-2', resourceId: 'subnet-1', traffic: 'ALL' } as const;
const subnetIds = ['subnet-1', 'subnet-2'];
const inUse = { vpc, subnetIds, interfaceIds: ['eni-1'] };
const refused = 'ec2:DescribeFlowLogs';

export default defineCheck({
  id: 'ec2-vpc-flow-logs-enabled',
  title: 'VPCs should record rejected traffic in flow logs that arrive',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:4.7', 'CIS-AWS-5.0:3.7', 'CIS-AWS-3.0:3.7', 'AWS-FSBP:EC2.6', 'NIST-800-53-R5:AU-12'],
  equivalents: { prowler: ['vpc_flow_logs_enabled'], securityHub: ['EC2.6'] },
  risk: 'After an attack nobody can tell who scanned the network, who got in, and where the data went.',
  remediation: {
    text: 'Create a flow log of the VPC for rejected or all traffic; if its delivery fails, repair the role, policy or bucket that it names.',
    cli: 'aws ec2 create-flow-logs --resource-type VPC --resource-ids <vpc> --traffic-type REJECT --log-destination-type s3 --log-destination <bucket-arn>',
    cloudFormation: 'AWS::EC2::FlowLog',
  },
  resourceType: 'AWS::EC2::VPC',
  needs: ['vpc', 'flowLogs', 'subnetIds', 'interfaceIds'],
  evaluate: judgeFlowLogs,
  examples: {
    pass: {
      'rejected traffic': { ...inUse, flowLogs: [log] },
      'one that works beside one that fails': {
        ...inUse,
        flowLogs: [
          { ...log, delivery: 'FAILED' },
          { ...log, id: 'fl-2', traffic: 'ALL' },
        ],
      },
      'a log of each subnet': { ...inUse, flowLogs: [ofSubnet, { ...ofSubnet, resourceId: 'subnet-2' }] },
      'a log that works, others not read': { ...inUse, flowLogs: partial([log], refused) },
    },
    fail: {
      none: { ...inUse, flowLogs: [] },
      'only accepted traffic': { ...inUse, flowLogs: [{ ...log, traffic: 'ACCEPT' }] },
      'its delivery fails': { ...inUse, flowLogs: [{ ...log, delivery: 'FAILED' }] },
      'not active': { ...inUse, flowLogs: [{ ...log, active: false }] },
      'a log of one subnet of two': { ...inUse, flowLogs: [ofSubnet] },
      'none, and nothing in the VPC': { ...inUse, interfaceIds: [], flowLogs: [] },
      'none, and nobody knows what is in the VPC': { ...inUse, interfaceIds: denied('ec2:DescribeNetworkInterfaces'), flowLogs: [] },
    },
    unknown: {
      'logs not read': { ...inUse, flowLogs: denied(refused) },
      'logs not all read': { ...inUse, flowLogs: partial([], refused) },
      'no word on its delivery': { ...inUse, flowLogs: [{ ...log, delivery: undefined }] },
      'subnets not read': { ...inUse, subnetIds: partial(['subnet-1'], 'ec2:DescribeSubnets'), flowLogs: [ofSubnet] },
    },
    notApplicable: { "another account's": { ...inUse, vpc: { ...vpc, isShared: true }, flowLogs: [] } },
  },
});
