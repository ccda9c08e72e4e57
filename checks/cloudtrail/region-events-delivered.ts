import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';

const HEARD = { deployed: true, expectedSince: '2026-10-31T19:00:00.000Z', heardAt: '2026-10-31T19:00:12.000Z' } as const;

export default defineCheck({
  id: 'cloudtrail-region-events-delivered',
  title: 'CloudTrail events of every region should reach the hub',
  severity: 'HIGH',
  controls: [],
  equivalents: {},
  risk: 'What is done in the region is not seen when it is done: nobody is told of it, and what it opened stays open until the next audit.',
  remediation: {
    text: 'EventBridge delivers events only while a trail logs management events of the region, reads included. See that one does, that the region has its rules (the region stack, or the stack set of the organization), and that the queue for undelivered events is empty.',
    cli: 'aws cloudtrail get-trail-status --name <trail> && aws events list-rules --name-prefix cloud-posture --region <region>',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['eventDelivery'],
  evaluate({ eventDelivery }) {
    if (!eventDelivery.deployed) return notApplicable('nothing is deployed that could hear events');
    const { expectedSince, heardAt } = eventDelivery;
    if (expectedSince === undefined) return notApplicable('no event can be expected yet');
    if (heardAt === undefined) return fail('no event of the region was ever heard');
    return Date.parse(heardAt) < Date.parse(expectedSince) ? fail(`no event has been heard since ${heardAt}`, { heardAt }) : pass;
  },
  examples: {
    pass: {
      'the last audit was heard': { eventDelivery: HEARD },
      'in the second in which the audit began': { eventDelivery: { ...HEARD, heardAt: HEARD.expectedSince } },
    },
    fail: {
      'never heard': { eventDelivery: { ...HEARD, heardAt: undefined } },
      'heard an audit earlier, not since': { eventDelivery: { ...HEARD, heardAt: '2026-10-31T13:00:09.000Z' } },
    },
    unknown: { 'not read': { eventDelivery: denied('dynamodb:GetItem') } },
    notApplicable: {
      'on the command line': { eventDelivery: { deployed: false } },
      'first audit of the region': { eventDelivery: { ...HEARD, expectedSince: undefined, heardAt: undefined } },
    },
  },
});
