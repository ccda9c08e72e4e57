import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_KEY as key } from '../predicates/example-keys.ts';
import { whyNotRotated } from '../predicates/key-kinds.ts';
import { refuseToJudge } from '../predicates/unread.ts';

export default defineCheck({
  id: 'kms-key-rotation-enabled',
  title: 'KMS keys should be rotated automatically',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:4.6', 'CIS-AWS-5.0:3.6', 'CIS-AWS-3.0:3.6'],
  equivalents: { prowler: ['kms_cmk_rotation_enabled'], securityHub: ['KMS.4'], checkov: ['CKV_AWS_7'] },
  risk: 'Everything was ever encrypted under the same material: who once gets hold of it reads it all.',
  remediation: {
    text: 'Turn automatic rotation on: KMS makes new material each year, and keeps the old to decrypt with.',
    cli: 'aws kms enable-key-rotation --key-id <key>',
    cloudFormation: 'AWS::KMS::Key.EnableKeyRotation',
  },
  resourceType: 'AWS::KMS::Key',
  needs: ['key', 'rotation'],
  evaluate(resource) {
    const why = whyNotRotated(resource.key);
    if (why !== undefined) return notApplicable(why);
    if (resource.rotation === undefined)
      return refuseToJudge('malformed', 'kms:GetKeyRotationStatus', 'KMS says that it cannot rotate the key, and not why');
    return resource.rotation ? pass : fail('automatic rotation is off');
  },
  examples: {
    pass: {
      'rotation is on': { key, rotation: true },
      'the primary of a multi-Region key': { key: { ...key, multiRegion: 'PRIMARY' }, rotation: true },
    },
    fail: {
      'rotation is off': { key, rotation: false },
      'the primary of a multi-Region key': { key: { ...key, multiRegion: 'PRIMARY' }, rotation: false },
    },
    unknown: {
      'not allowed to ask': { key, rotation: denied('kms:GetKeyRotationStatus') },
      'not allowed to look at the key': { key: denied('kms:DescribeKey'), rotation: false },
      'KMS contradicts itself': { key, rotation: undefined },
    },
    notApplicable: {
      'of AWS': { key: { ...key, manager: 'AWS' }, rotation: true },
      asymmetric: { key: { ...key, spec: 'RSA_4096', usage: 'SIGN_VERIFY' }, rotation: undefined },
      HMAC: { key: { ...key, spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }, rotation: undefined },
      'imported material': { key: { ...key, origin: 'EXTERNAL' }, rotation: undefined },
      'in a CloudHSM key store': { key: { ...key, origin: 'AWS_CLOUDHSM' }, rotation: undefined },
      'in an external key store': { key: { ...key, origin: 'EXTERNAL_KEY_STORE' }, rotation: undefined },
      'a replica': { key: { ...key, multiRegion: 'REPLICA' }, rotation: denied('kms:GetKeyRotationStatus') },
      disabled: { key: { ...key, state: 'Disabled' }, rotation: false },
      'scheduled for deletion': { key: { ...key, state: 'PendingDeletion', deletedAt: '2026-11-20T10:00:00.000Z' }, rotation: false },
      'once its replicas are deleted': { key: { ...key, state: 'PendingReplicaDeletion', multiRegion: 'PRIMARY' }, rotation: false },
    },
  },
});
