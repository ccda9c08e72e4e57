import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ec2-region-allowed-images-enforced',
  title: 'Instances should start only from images of allowed publishers',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'Anyone can publish an image under any name, and whoever searches by name may start a stranger’s.',
  remediation: {
    text: 'List the publishers whose images you use, watch in audit mode what would be refused, then enable the setting.',
    cli: 'aws ec2 enable-allowed-images-settings --allowed-images-settings-state enabled --region <region>',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['allowedImages'],
  evaluate: ({ allowedImages }) => {
    if (allowedImages === 'enabled') return pass;
    return fail(allowedImages === 'audit-mode' ? 'images of others are only reported (audit mode)' : 'images of anybody may be started', {
      state: allowedImages,
    });
  },
  examples: {
    pass: { enabled: { allowedImages: 'enabled' } },
    fail: { disabled: { allowedImages: 'disabled' }, 'audit mode refuses nothing': { allowedImages: 'audit-mode' } },
    unknown: { 'not allowed to ask': { allowedImages: denied('ec2:GetAllowedImagesSettings') } },
  },
});
