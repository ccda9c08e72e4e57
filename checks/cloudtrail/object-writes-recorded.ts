import { defineCheck } from '../check.ts';
import { objectEventExamples } from '../predicates/example-object-events.ts';
import { judgeRecordedObjects, OBJECT_EVENTS_REMEDIATION } from '../predicates/recorded-objects.ts';

export default defineCheck({
  id: 'cloudtrail-object-writes-recorded',
  title: 'CloudTrail should record writes of S3 objects in every bucket',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:4.8', 'CIS-AWS-5.0:3.8', 'CIS-AWS-3.0:3.8'],
  equivalents: { prowler: ['cloudtrail_s3_dataevents_write_enabled'], securityHub: ['S3.22'] },
  risk: 'Who overwrote or deleted an object, or put one there, nobody can tell.',
  remediation: OBJECT_EVENTS_REMEDIATION,
  resourceType: 'AWS::Organizations::Account',
  needs: ['trails', 'eventDataStores'],
  evaluate: (account) => judgeRecordedObjects(account, 'write'),
  examples: {
    ...objectEventExamples('write'),
  },
});
