import { type Activity, type AnyActivityCheck, activity, defineActivityCheck } from '../../checks/activity.ts';
import type { Severity } from '../../checks/check.ts';
import type { Cause } from '../../findings/cause.ts';
import type { JudgedActivity } from '../../findings/judge-activities.ts';
import type { KeptActivity } from '../../findings/kept-activity.ts';
import type { Actor } from '../../inventory/events/actor.ts';
import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { exampleEvent } from '../checks/activity/example-event.ts';
import { ACCOUNT, at } from './samples.ts';

export const ana: Actor = {
  kind: 'identity center',
  name: 'ana@example.com as AdministratorAccess',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/ana@example.com`,
  accountId: ACCOUNT,
  issuer: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef`,
  session: 'ana@example.com',
  from: '198.51.100.7',
  tool: 'console',
  mfa: true,
};

export const root: Actor = {
  kind: 'root',
  name: `root of ${ACCOUNT}`,
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  accountId: ACCOUNT,
  from: '198.51.100.7',
  tool: 'console',
  mfa: false,
};

export function cause(hour: number, change: Partial<Cause> = {}): Cause {
  return {
    found: 'event',
    eventId: '5f2c3a10-7d54-4c1b-9f0e-3b6a8d2e4c11',
    eventName: 'AuthorizeSecurityGroupIngress',
    eventSource: 'ec2.amazonaws.com',
    at: at(hour),
    accountId: ACCOUNT,
    region: 'eu-west-1',
    actor: ana,
    ...change,
  };
}

/** An activity that happened on the hour, and was seen four seconds later. */
export function kept(id: string, hour: number, change: Partial<KeptActivity> = {}): KeptActivity {
  return {
    id,
    checkId: rootSignIn.id,
    severity: 'HIGH',
    reason: 'Root signed in without MFA',
    evidence: { mfa: false },
    unsure: false,
    event: {
      id: `event-${id}`,
      name: 'ConsoleLogin',
      source: 'signin.amazonaws.com',
      at: at(hour),
      accountId: ACCOUNT,
      region: 'us-east-1',
    },
    actor: root,
    seenAt: new Date(Date.parse(at(hour)) + 4_000).toISOString(),
    filedAt: at(hour),
    ...change,
  };
}

export const rootSignIn: AnyActivityCheck = defineActivityCheck({
  id: 'activity-root-signed-in',
  title: 'The root user signed in',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.3'],
  attack: ['T1078.004'],
  equivalents: {},
  risk: 'Nothing limits what the root user may do, and whoever has its password has the account.',
  remediation: {
    text: 'Ask who signed in. If nobody did, change the password and delete the sessions.',
    cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root --region <region>',
  },
  events: [{ source: 'signin.amazonaws.com', names: ['ConsoleLogin'] }],
  evaluate: () => activity('Root signed in'),
  examples: {
    activity: { 'a sign-in': { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' } },
    quiet: { 'something else': { eventSource: 'signin.amazonaws.com', eventName: 'CheckMfa' } },
  },
});

/** What the check has to say of an event. */
export function judged(more: Partial<Activity> = {}, severity: Severity = 'HIGH'): JudgedActivity {
  return { check: rootSignIn, severity, activity: { reason: 'Root signed in', evidence: { mfa: false }, ...more }, unsure: false };
}

/** An event so many seconds after eight o'clock. */
export function eventAt(seconds: number, record: Readonly<Record<string, unknown>> = {}): CloudTrailEvent {
  const time = new Date(Date.parse(at(8)) + seconds * 1_000).toISOString().replace('.000Z', 'Z');
  const named = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventID: `event-${seconds}`, eventTime: time };
  return exampleEvent({ ...named, ...record });
}
