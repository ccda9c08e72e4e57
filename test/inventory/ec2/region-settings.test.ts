import { regionSettings } from '../../../inventory/ec2/region-settings.ts';
import { describeReader } from '../describe-reader.ts';

describeReader({
  reader: regionSettings,
  unpaged: true,
  ids: ['eu-central-1'],
  answers: { 'ec2:GetEbsEncryptionByDefault': { EbsEncryptionByDefault: false } },
  facets: { ebsEncryptionByDefault: false },
});
