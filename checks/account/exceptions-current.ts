import { defineCheck, fail, noData, pass } from '../check.ts';

const LOGS = {
  ...{ check: 's3-bucket-access-logged', resource: 'arn:aws:s3:::brightcart-logs', owner: 'platform@example.com', ticket: 'OPS-118' },
  expires: '2027-03-31',
};
const ENDED = { ...LOGS, expires: '2026-06-30' };

export default defineCheck({
  id: 'account-exceptions-current',
  title: 'Exceptions should be renewed or removed when they end',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {},
  risk: 'What an exception covered is open again when it ends. One that stays in the configuration says that a risk is accepted while nobody has looked at it since.',
  remediation: {
    text: 'Put right what it covered and take it out of posture.yaml; or have its owner decide anew, and give it another day. "posture exceptions" lists what each one covers.',
    cli: 'posture exceptions',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['exceptions'],
  evaluate({ exceptions }, { now }) {
    const today = now.toISOString().slice(0, 10);
    const ended = exceptions.filter(({ expires }) => expires < today);
    if (ended.length === 0) return pass;
    const reason =
      ended.length === 1 ? 'an exception has ended and is still there' : `${ended.length} exceptions have ended and are still there`;
    return fail(reason, {
      exceptions: ended.map(({ check, resource = '*', owner, expires, ticket }) => ({ check, resource, owner, ended: expires, ticket })),
    });
  },
  examples: {
    pass: {
      none: { exceptions: [] },
      'in force': { exceptions: [LOGS] },
      'on its last day': { exceptions: [{ ...LOGS, expires: '2026-11-01' }] },
    },
    fail: {
      ended: { exceptions: [LOGS, ENDED] },
      'two ended': { exceptions: [ENDED, { ...ENDED, resource: 'arn:aws:s3:::brightcart-*' }] },
    },
    unknown: { 'a look without the configuration': { exceptions: noData('posture.yaml', 'nobody has told which exceptions there are') } },
  },
});
