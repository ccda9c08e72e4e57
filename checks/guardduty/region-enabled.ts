import { defineCheck, denied, fail, pass } from '../check.ts';

const DETECTOR = { id: '12abc34d567e8fa901bc2d34e56789f0', enabled: true, publishes: 'SIX_HOURS', features: [] };
const LATE = { severity: 'LOW', because: 'what is new is published at once' } as const;
const SLOWNESS = ['FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS'];

export default defineCheck({
  id: 'guardduty-region-enabled',
  title: 'GuardDuty should be enabled in every region',
  severity: 'HIGH',
  controls: ['AWS-FSBP:GuardDuty.1'],
  equivalents: { prowler: ['guardduty_is_enabled'], securityHub: ['GuardDuty.1'] },
  risk: 'Stolen credentials, mining and exfiltration go unnoticed, most of all in a region where nobody looks.',
  remediation: {
    text: 'Enable GuardDuty in the region, for an organization by its delegated administrator with auto-enable for all accounts.',
    cli: 'aws guardduty create-detector --enable --region <region>',
    cloudFormation: 'AWS::GuardDuty::Detector.Enable',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['detector'],
  // How late it may be told of what happens again: FIFTEEN_MINUTES, ONE_HOUR, or SIX_HOURS as GuardDuty sets it.
  params: { publishesWithin: 'SIX_HOURS' },
  evaluate({ detector }, { publishesWithin }) {
    if (!detector) return fail('GuardDuty is not enabled');
    if (!detector.enabled) return fail('GuardDuty is suspended', { detector: detector.id });
    const isSlow = SLOWNESS.indexOf(detector.publishes) > SLOWNESS.indexOf(publishesWithin);
    return isSlow ? fail('GuardDuty publishes what recurs too late', { publishes: detector.publishes }, LATE) : pass;
  },
  examples: {
    pass: { enabled: { detector: DETECTOR } },
    fail: {
      'no detector': { detector: undefined },
      suspended: { detector: { ...DETECTOR, enabled: false } },
    },
    unknown: { 'not allowed to list detectors': { detector: denied('guardduty:ListDetectors') } },
  },
});
