import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ec2-region-serial-console-off',
  title: 'Access to the serial consoles of instances should be off',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'Whoever has the permission logs in past every security group and network ACL, and leaves no trace in flow logs.',
  remediation: {
    text: 'Turn access off in the region; turn it on for as long as somebody repairs a host.',
    cli: 'aws ec2 disable-serial-console-access --region <region>',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['serialConsoleAccess'],
  evaluate: ({ serialConsoleAccess }) => (serialConsoleAccess ? fail('instances can be reached through their serial consoles') : pass),
  examples: {
    pass: { off: { serialConsoleAccess: false } },
    fail: { on: { serialConsoleAccess: true } },
    unknown: { 'not allowed to ask': { serialConsoleAccess: denied('ec2:GetSerialConsoleAccessStatus') } },
  },
});
