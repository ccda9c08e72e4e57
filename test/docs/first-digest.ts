import type { Severity } from '../../checks/check.ts';
import { toDigestMessage } from '../../findings/digest.ts';
import { foldDigest } from '../../findings/digest-fold.ts';
import type { Message } from '../../findings/message.ts';
import { toPosture } from '../../findings/posture.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import { ACCOUNT, finding, group } from '../findings/samples.ts';

const account: ResourceIdentity = {
  ...group('root'),
  type: 'AWS::Organizations::Account',
  id: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  region: 'global',
};
const region: ResourceIdentity = { ...group('region'), type: 'AWS::EC2::RegionSettings', id: 'eu-west-1', arn: 'region' };

/** What a small account is told after its first audit. */
export function firstDigest(): Message {
  const found: readonly (readonly [Severity, string, ResourceIdentity, string])[] = [
    ['CRITICAL', 'account-root-mfa-enabled', account, 'root has no MFA device'],
    ['HIGH', 'ec2-security-group-admin-ports-closed', group('sg-0a1b2c3d', { Name: 'bastion' }), 'SSH (22) open to the internet'],
    ['MEDIUM', 'ec2-ebs-encryption-default', region, 'new EBS volumes are not encrypted by default'],
  ];
  const findings = found.map(([severity, checkId, resource, reason]) => finding(checkId, { severity, checkId, resource, reason }));
  const coverage = {
    ...{ resources: 214, evaluations: 655, unknown: 0, crashed: 0 },
    ...{ scopes: [], gaps: [], regionsNotEnabled: [], regionsLeftOut: [] },
  };
  const digest = foldDigest({ id: '20261121T084927Z-3f2a', startedAt: '2026-11-21T08:49:27.000Z' });
  const told = digest.begin(ACCOUNT, 'baseline');
  for (const each of findings) told.tell({ kind: 'opened', finding: each });
  told.end({ coverage, newGaps: [], scopes: { planned: 18, seen: 18 }, posture: toPosture(findings, []) });
  const content = digest.content('2026-11-21T08:51:02.000Z');
  if (!content) throw new Error('nothing to tell');
  return toDigestMessage(content);
}
