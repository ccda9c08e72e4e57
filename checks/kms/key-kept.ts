import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_KEY as key } from '../predicates/example-keys.ts';
import { isToBeDeleted } from '../predicates/key-kinds.ts';
import { dateOf } from '../predicates/time.ts';

export default defineCheck({
  id: 'kms-key-kept',
  title: 'KMS keys should not be scheduled for deletion',
  severity: 'HIGH',
  controls: ['AWS-FSBP:KMS.3'],
  equivalents: { prowler: ['kms_cmk_not_deleted_unintentionally'], securityHub: ['KMS.3'] },
  risk: 'With the key goes everything that was encrypted under it: nobody, AWS included, can bring it back.',
  remediation: {
    text: 'Unless the deletion is meant, cancel it before that day and enable the key again. To be sure that nothing uses a key, disable it first.',
    cli: 'aws kms cancel-key-deletion --key-id <key>',
  },
  resourceType: 'AWS::KMS::Key',
  needs: ['key'],
  evaluate({ key: { manager, state, deletedAt } }) {
    if (manager === 'AWS') return notApplicable('AWS manages it');
    if (!isToBeDeleted({ state })) return pass;
    if (deletedAt === undefined) return fail('it will be deleted after its replicas', { state });
    return fail(`it will be deleted on ${dateOf(deletedAt)}`, { state, deletedAt });
  },
  examples: {
    pass: {
      'in use': { key },
      disabled: { key: { ...key, state: 'Disabled' } },
      'imported material that expires, which deletes no key': { key: { ...key, origin: 'EXTERNAL', state: 'PendingImport' } },
    },
    fail: {
      'scheduled for deletion': { key: { ...key, state: 'PendingDeletion', deletedAt: '2026-11-20T10:00:00.000Z' } },
      'to be deleted after its replicas': { key: { ...key, state: 'PendingReplicaDeletion', multiRegion: 'PRIMARY' } },
    },
    unknown: { 'not allowed to look at the key': { key: denied('kms:DescribeKey') } },
    notApplicable: { 'of AWS': { key: { ...key, manager: 'AWS' } } },
  },
});
