import { defineCheck } from '../check.ts';
import { objectEventExamples } from '../predicates/example-object-events.ts';
import { judgeRecordedObjects, OBJECT_EVENTS_REMEDIATION } from '../predicates/recorded-objects.ts';

export default defineCheck({
  id: 'cloudtrail-object-reads-recorded',
  title: 'CloudTrail should record reads of S3 objects in every bucket',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:4.9', 'CIS-AWS-5.0:3.9', 'CIS-AWS-3.0:3.9'],
  equivalents: { prowler: ['cloudtrail_s3_dataevents_read_enabled'], securityHub: ['S3.23'] },
  risk: 'What an intruder has copied out of the buckets, nobody can tell.',
  remediation: OBJECT_EVENTS_REMEDIATION,
  resourceType: 'AWS::Organizations::Account',
  needs: ['trails', 'eventDataStores'],
  evaluate: (account) => judgeRecordedObjects(account, 'read'),
  examples: {
    ...objectEventExamples('read'),
  },
});
