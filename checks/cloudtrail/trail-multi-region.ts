import { defineCheck, denied, fail, partial, pass, refuse } from '../check.ts';
import { someOf } from '../predicates/logic.ts';
import { recordsEverything, shortfallsOf } from '../predicates/trails.ts';

const NAMES = { name: 'main', arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main', homeRegion: 'eu-west-1' };
const TARGET = { bucketName: 'example-trail-bucket', kmsKeyId: undefined, logFileValidation: true };
const TRAIL = { ...NAMES, ...TARGET, multiRegion: true, includesGlobalEvents: true, organization: false };
const ORGANIZATION_TRAIL = { ...TRAIL, organization: true };
const LOGGING = { logging: true, latestDeliveryAt: '2026-10-31T23:55:00Z', latestDeliveryError: undefined };
const ALL_EVENTS = { read: true, write: true, excludedSources: [] };
const COMPLETE = { trail: TRAIL, status: LOGGING, managementEvents: ALL_EVENTS };
const ONE_REGION = { ...COMPLETE, trail: { ...TRAIL, multiRegion: false } };

function eventsUnread(trail: typeof TRAIL) {
  return {
    trail,
    status: LOGGING,
    get managementEvents() {
      return refuse('cloudtrail:GetEventSelectors');
    },
  };
}

export default defineCheck({
  id: 'cloudtrail-trail-multi-region',
  title: 'A CloudTrail trail should record all management events of every region',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:4.1', 'CIS-AWS-5.0:3.1', 'CIS-AWS-3.0:3.1', 'AWS-FSBP:CloudTrail.1'],
  equivalents: {
    prowler: ['cloudtrail_multi_region_enabled', 'cloudtrail_multi_region_enabled_logging_management_events'],
    securityHub: ['CloudTrail.1'],
    checkov: ['CKV_AWS_67'],
  },
  risk: 'What an intruder does where no trail records leaves no trace after 90 days, and raises no event to react to.',
  remediation: {
    text: 'Have one trail, best of the organization, for all regions and all management events, and start its logging.',
    cli: 'aws cloudtrail create-trail --name <name> --s3-bucket-name <bucket> --is-multi-region-trail --enable-log-file-validation && aws cloudtrail start-logging --name <name>',
    cloudFormation: 'AWS::CloudTrail::Trail.IsMultiRegionTrail',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['trails'],
  evaluate({ trails }) {
    if (someOf(trails, recordsEverything)) return pass;
    const lacking = [...trails]
      .map((state) => ({ trail: state.trail.arn, shortfalls: shortfallsOf(state) }))
      .sort((a, b) => (a.trail < b.trail ? -1 : 1));
    return lacking.length === 0 ? fail('there is no trail') : fail('no trail records everything', { trails: lacking });
  },
  examples: {
    pass: {
      'one trail records everything': { trails: [ONE_REGION, COMPLETE] },
      'the trail of the organization': { trails: [{ ...COMPLETE, trail: ORGANIZATION_TRAIL }] },
      'one is complete, of another not all is known': { trails: [eventsUnread(ORGANIZATION_TRAIL), COMPLETE] },
      'one is complete, others were not read': { trails: partial([COMPLETE], 'cloudtrail:DescribeTrails') },
    },
    fail: {
      'no trail': { trails: [] },
      'one region only': { trails: [ONE_REGION] },
      'not logging': { trails: [{ ...COMPLETE, status: { ...LOGGING, logging: false } }] },
      'not delivering': { trails: [{ ...COMPLETE, status: { ...LOGGING, latestDeliveryError: 'NoSuchBucket' } }] },
      'no global services': { trails: [{ ...COMPLETE, trail: { ...TRAIL, includesGlobalEvents: false } }] },
      'write events only': { trails: [{ ...COMPLETE, managementEvents: { ...ALL_EVENTS, read: false } }] },
      'read events only': { trails: [{ ...COMPLETE, managementEvents: { ...ALL_EVENTS, write: false } }] },
      'without KMS events': { trails: [{ ...COMPLETE, managementEvents: { ...ALL_EVENTS, excludedSources: ['kms.amazonaws.com'] } }] },
      'two that would be complete together': { trails: [ONE_REGION, { ...COMPLETE, status: { ...LOGGING, logging: false } }] },
      'one region only, whatever it records': { trails: [eventsUnread(ONE_REGION.trail)] },
    },
    unknown: {
      'its event selectors were not read': { trails: [ONE_REGION, eventsUnread(ORGANIZATION_TRAIL)] },
      'other trails were not read': { trails: partial([ONE_REGION], 'cloudtrail:DescribeTrails') },
      'no trail was read': { trails: denied('cloudtrail:DescribeTrails') },
    },
  },
});
