import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import {
  EXAMPLE_TRAIL_STATE as COMPLETE,
  EXAMPLE_LOGGING as LOGGING,
  EXAMPLE_EVENT_DATA_STORE as STORE,
  EXAMPLE_TRAIL as TRAIL,
  withoutManagementEvents,
} from '../predicates/example-trails.ts';
import { anyOf, someOf } from '../predicates/logic.ts';
import { recordsEverything, shortfallsOf, storesEverything } from '../predicates/trails.ts';

const ORGANIZATION_TRAIL = { ...TRAIL, organization: true };
const ALL_EVENTS = COMPLETE.managementEvents;
const ONE_REGION = { ...COMPLETE, trail: { ...TRAIL, multiRegion: false } };
const NO_STORES = { eventDataStores: [] };
const SILENT = { ...LOGGING, latestDeliveryAt: '2026-10-29T00:00:00Z' };

export default defineCheck({
  id: 'cloudtrail-trail-multi-region',
  title: 'A CloudTrail trail or event data store should record all management events of every region',
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
  needs: ['trails', 'eventDataStores'],
  evaluate(account, { now }) {
    const isRecorded = anyOf(
      () => someOf(account.trails, (trail) => recordsEverything(trail, now)),
      () => someOf(account.eventDataStores, storesEverything),
    );
    if (isRecorded) return pass;
    const lacking = [...account.trails]
      .map((state) => ({ trail: state.trail.arn, shortfalls: shortfallsOf(state, now) }))
      .sort((a, b) => (a.trail < b.trail ? -1 : 1));
    return lacking.length === 0 ? fail('there is no trail') : fail('no trail records everything', { trails: lacking });
  },
  examples: {
    pass: {
      'one trail records everything': { ...NO_STORES, trails: [ONE_REGION, COMPLETE] },
      'the trail of the organization': { ...NO_STORES, trails: [{ ...COMPLETE, trail: ORGANIZATION_TRAIL }] },
      'one is complete, of another not all is known': { ...NO_STORES, trails: [withoutManagementEvents({ organization: true }), COMPLETE] },
      'an event data store records everything': { trails: [ONE_REGION], eventDataStores: [STORE] },
      'one is complete, others were not read': { ...NO_STORES, trails: partial([COMPLETE], 'cloudtrail:DescribeTrails') },
    },
    fail: {
      'no trail': { ...NO_STORES, trails: [] },
      'one region only': { ...NO_STORES, trails: [ONE_REGION] },
      'not logging': { ...NO_STORES, trails: [{ ...COMPLETE, status: { ...LOGGING, logging: false } }] },
      'not delivering': { ...NO_STORES, trails: [{ ...COMPLETE, status: { ...LOGGING, latestDeliveryError: 'NoSuchBucket' } }] },
      'nothing delivered for days': { ...NO_STORES, trails: [{ ...COMPLETE, status: SILENT }] },
      'no global services': { ...NO_STORES, trails: [{ ...COMPLETE, trail: { ...TRAIL, includesGlobalEvents: false } }] },
      'write events only': { ...NO_STORES, trails: [{ ...COMPLETE, managementEvents: { ...ALL_EVENTS, read: false } }] },
      'read events only': { ...NO_STORES, trails: [{ ...COMPLETE, managementEvents: { ...ALL_EVENTS, write: false } }] },
      'without KMS events': {
        ...NO_STORES,
        trails: [{ ...COMPLETE, managementEvents: { ...ALL_EVENTS, excludedSources: ['kms.amazonaws.com'] } }],
      },
      'two that are complete together': { ...NO_STORES, trails: [ONE_REGION, { ...COMPLETE, status: { ...LOGGING, logging: false } }] },
      'an event data store of one region': { trails: [], eventDataStores: [{ ...STORE, state: { ...STORE.state, multiRegion: false } }] },
      'one region only, whatever it records': { ...NO_STORES, trails: [withoutManagementEvents({ multiRegion: false })] },
    },
    unknown: {
      'its event selectors were not read': { ...NO_STORES, trails: [ONE_REGION, withoutManagementEvents({ organization: true })] },
      'other trails were not read': { ...NO_STORES, trails: partial([ONE_REGION], 'cloudtrail:DescribeTrails') },
      'event data stores were not read': { trails: [], eventDataStores: denied('cloudtrail:ListEventDataStores') },
      'no trail was read': { ...NO_STORES, trails: denied('cloudtrail:DescribeTrails') },
    },
  },
});
