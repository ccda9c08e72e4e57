import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FUNCTIONS } from '../../cdk/bundle.ts';
import { deny } from '../../emulator/account.ts';
import type { LoggedCall } from '../../emulator/call-log.ts';
import { afternoon, MIRA } from '../../emulator/demo/changes.ts';
import { STAGING } from '../../emulator/demo/network.ts';
import { ARCHIVE, archiveAccount, DEMO_REGIONS, SHOP, shopAccount } from '../../emulator/demo-account.ts';
import type { Invoke } from '../../emulator/running-deployment.ts';
import type { Job } from '../../findings/job.ts';
import { writeJobs } from '../../findings/job-file.ts';
import { type DeployedRole, type Grant, hold, isAllowed, readRoles, roleOf, toAsked } from './deployed-roles.ts';
import { deployWorld, HUB, HUB_REGION, type World } from './deployed-world.ts';
import { changeOf, happened, minuteLater, recordOf } from './happenings.ts';

const ORGANIZATION = 'o-a1b2c3d4e5';
/** Of the organization, but nobody has deployed the audit role there. */
const UNPREPARED = '333344445555';
const CONFIG = `
organization: { id: ${ORGANIZATION}, units: [r-ab12] }
regions: [${DEMO_REGIONS.join(', ')}]
securityHub: true
`;
const AUDIT = 'cloud-posture-audit';
const MACHINE = 'cloud-posture-machine';
const ROLES = [...FUNCTIONS.map((name) => `cloud-posture-${name}`), AUDIT, MACHINE];

let world: World;
/** Of all accounts, the audit role of each among them. */
let roles: readonly DeployedRole[];
/** What was called with the credentials of a role, from the first audit on. */
let calls: readonly LoggedCall[];

beforeAll(async () => {
  const now = new Date();
  // The demo's estate has every check ask for everything: see every-check.test.ts.
  world = await deployWorld({
    config: CONFIG,
    regions: DEMO_REGIONS,
    accounts: [shopAccount(now), archiveAccount(now)],
    members: [ARCHIVE],
  });
  world.aws.organize({
    ...{ managementAccount: HUB, delegatedAdministrators: [ARCHIVE], accounts: [SHOP, ARCHIVE, UNPREPARED].map((id) => ({ id })) },
    managed: {
      rootAccounts: [UNPREPARED],
      units: { archives: [ARCHIVE] },
      policies: { guardrail: { document: deny('organizations:LeaveOrganization'), targets: ['archives'] } },
      trusted: ['guardduty.amazonaws.com'],
      delegated: { [ARCHIVE]: ['guardduty.amazonaws.com'] },
    },
  });
  roles = [...(await readRoles(world.aws, HUB)), ...(await readRoles(world.aws, ARCHIVE))];
  world.aws.calls.reset();
  await audit('first');
  for (const { make } of afternoon(world.aws)) await make();
  const { callerArn } = world.running.function('notify');
  world.aws.faults.add({ callerArn, operation: 'Publish', kind: 'access-denied', nth: 1 });
  await audit('second', disturbed);
  await tellAfternoon();
  await breakOffLargePlan();
  calls = world.aws.calls.list().filter((call) => roleOf(call) !== undefined);
}, 300_000);

afterAll(() => world?.stop());

async function audit(name: string, invoke?: Invoke): Promise<void> {
  const { outcome, children } = await world.running.audit({ name, ...(invoke ? { invoke } : {}) });
  expect(outcome.status).toBe('SUCCEEDED');
  expect(children.filter((child) => child.outcome.status === 'FAILED')).toEqual([]);
  await world.running.deliver();
}

const disturbed: Invoke = async (name, payload, call) => {
  if (name === 'scan' && Slow.safeParse(payload).success) return outOfTime(call);
  if (name === 'summarize') {
    await world.running.audit({ name: 'overlapping' });
    await putOffTelling();
  }
  return call();
};

const Slow = z.looseObject({ accountId: z.literal(SHOP), region: z.literal('us-east-1'), round: z.literal(0) });

/** The scan gets through some of its scope, and goes on in the next round. */
async function outOfTime(call: Parameters<Invoke>[2]): Promise<unknown> {
  const remove = world.aws.faults.add({ accountId: SHOP, region: 'us-east-1', operation: 'DescribeSnapshots', kind: { slowMs: 5_500 } });
  try {
    return await call(55_000);
  } finally {
    remove();
  }
}

/** One of the changes has not been told for an hour. */
async function putOffTelling(): Promise<void> {
  const items = await world.items();
  const untold = items.find(({ unannouncedIn }) => unannouncedIn !== undefined);
  if (!untold) throw new Error('nothing is untold');
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
  await world.restore(items.map((item) => (item === untold ? { ...item, observedAt: anHourAgo } : item)));
}

/** What was done in the afternoon, and more that calls for whatever a reaction may have to ask. */
async function tellAfternoon(): Promise<void> {
  const iam = { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1' };
  const signIn = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' };
  const stopLogging = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', requestParameters: { name: 'shop-trail' } };
  await happened(
    world,
    changeOf('AuthorizeSecurityGroupIngress', world.aws.idOf(SHOP, 'security-group', STAGING)),
    changeOf('DeleteSecurityGroup', 'sg-0123456789abcdef0'),
    changeOf('AuthorizeSecurityGroupIngress', 'sg-0123456789abcdef0', { recipientAccountId: ARCHIVE }),
    recordOf({ ...iam, eventName: 'EnableMFADevice', requestParameters: { userName: MIRA } }),
    recordOf({ ...iam, eventName: 'UpdateAccessKey', requestParameters: { userName: 'build-server', status: 'Active' } }),
    recordOf({ ...signIn, responseElements: { ConsoleLogin: 'Failure' }, errorMessage: 'Failed authentication' }),
    recordOf({ ...stopLogging, errorCode: 'AccessDenied' }),
  );
  await minuteLater(world);
}

/** What the plan function does for thousands of accounts, when S3 stops to take it: the same code with its credentials. */
async function breakOffLargePlan(): Promise<void> {
  const { credentials, callerArn } = world.running.function('plan');
  Object.assign(process.env, world.aws.environment(HUB, HUB_REGION), {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  });
  const remove = world.aws.faults.add({ callerArn, operation: 'UploadPart', kind: 'access-denied' });
  const file = { bucket: world.running.deployment.bucketName, key: 'runs/20260101T000000Z-0000/jobs-0.json' };
  await expect(writeJobs(file, manyJobs())).rejects.toThrow(/not authorized/);
  remove();
}

/** More than one part of a multipart upload. */
async function* manyJobs(): AsyncGenerator<Job> {
  const job = { accountId: SHOP, runId: 'large', startedAt: '2026-01-01T00:00:00Z', regions: [...DEMO_REGIONS], round: 0 };
  for (let index = 0; index < 60_000; index += 1) yield { ...job, region: `region-${index}` };
}

function callsOf(name: string): readonly LoggedCall[] {
  return calls.filter((call) => roleOf(call)?.name === name);
}

/** Of all accounts that have the role: it is the same everywhere. */
function grantsOf(name: string): readonly Grant[] {
  const [first, ...others] = roles.filter((role) => role.name === name);
  if (!first) throw new Error(`there is no role ${name}`);
  for (const { grants } of others) expect(grants).toEqual(first.grants);
  return first.grants;
}

/** What IAM knows about the resource of a request, besides what the request says. */
function askedBy(call: LoggedCall): ReturnType<typeof toAsked> {
  const { context, ...asked } = toAsked(call);
  const isOurs = asked.resources.some((arn) => [SHOP, ARCHIVE, UNPREPARED].includes(arn.split(':')[4] ?? ''));
  return { ...asked, context: isOurs ? { ...context, 'aws:ResourceOrgID': ORGANIZATION } : context };
}

function tell(role: string, { action, resources }: { readonly action: string; readonly resources: readonly string[] }): string {
  return `${role}: ${action} on ${resources.join(', ') || '*'}`;
}

/** What a role may not do that it did. */
function refused(role: string, grants: readonly Grant[]): readonly string[] {
  const asked = callsOf(role).map(askedBy);
  return [...new Set(asked.filter((one) => !isAllowed(grants, one)).map((one) => tell(role, one)))];
}

/** What a role may do that it need not: without it, every call would still be allowed. */
function spare(role: string): readonly string[] {
  const grants = grantsOf(role);
  const asked = [...new Map(callsOf(role).map((call) => [JSON.stringify(askedBy(call)), askedBy(call)])).values()];
  const isNeeded = (grant: Grant) => {
    const rest = grants.filter((other) => other !== grant);
    return asked.some((one) => one.action === grant.action && !isAllowed(rest, one));
  };
  return grants.filter((grant) => !isNeeded(grant)).map(({ action, resource }) => tell(role, { action, resources: [resource] }));
}

const LOG = /logs:(CreateLogStream|PutLogEvents) on \S+:log-group:\/aws\/lambda\/cloud-posture-\w+(:\*)?$/;
const KEY = /kms:\w+ on arn:aws:kms:\S+:key\/\S+$/;

/** What roles have to allow although nobody is seen to ask it here. By role; `every`: by all functions. */
const UNSEEN: Readonly<Record<string, readonly (readonly [RegExp, because: string])[]>> = {
  every: [
    [LOG, 'Lambda itself writes what the function prints'],
    [KEY, 'DynamoDB and SNS ask KMS in the name of who asks them; the local ones encrypt nothing'],
  ],
  'cloud-posture-notify': [
    [/dynamodb:ListStreams on \*$/, 'Lambda wants it of whoever reads a stream, and does not ask for it when it is told which'],
    [/sqs:SendMessage on \S+:cloud-posture-undelivered$/, 'Lambda itself sets aside the records that were given up'],
  ],
  'cloud-posture-confirm': [
    [/sqs:SendMessage on \S+:cloud-posture-undelivered$/, 'Lambda itself sets aside the receipts that were given up'],
  ],
  'cloud-posture-react': [
    [/sqs:GetQueueAttributes on \S+:cloud-posture-events$/, 'Lambda itself looks how much there is to be handed over'],
  ],
  [AUDIT]: [[/s3:GetBucketLocation on \*$/, 'asked only where the list of buckets does not tell their regions']],
  [MACHINE]: [
    [/lambda:InvokeFunction on \S+:function:cloud-posture-(plan|scan|summarize)$/, 'functions run here without Lambda'],
    [/states:StartExecution on \S+:stateMachine:cloud-posture-audit$/, 'Step Functions itself starts the children of a map'],
    [/states:DescribeExecution on \S+:execution:cloud-posture-audit:\*$/, 'Step Functions itself follows the children of a map'],
    [/s3:(AbortMultipartUpload|ListMultipartUploadParts) on \S+\/runs\/\*$/, 'results of a run are too few here for several parts'],
    [/logs:\w+ on \*$/, 'Step Functions itself has its log delivered'],
  ],
};

function unseenOf(role: string): readonly (readonly [RegExp, string])[] {
  return [...(FUNCTIONS.some((name) => role === `cloud-posture-${name}`) ? (UNSEEN.every ?? []) : []), ...(UNSEEN[role] ?? [])];
}

test('the audits had every function, the state machine and the audit role of both accounts do something', () => {
  const seen = new Map(calls.map((call) => [JSON.stringify(roleOf(call)), roleOf(call)]));
  const hub = ROLES.map((name) => ({ accountId: HUB, name }));
  expect(new Set(seen.values())).toEqual(new Set([...hub, { accountId: ARCHIVE, name: AUDIT }]));
});

describe.each(ROLES)('%s', (role) => {
  test('may do all that it does', () => {
    expect(refused(role, grantsOf(role))).toEqual([]);
  });

  test('may do nothing that it does not do', () => {
    const unseen = unseenOf(role);
    expect(spare(role).filter((line) => !unseen.some(([pattern]) => pattern.test(line)))).toEqual([]);
  });

  test('does nothing of which it is said that it is never seen to', () => {
    const lines = spare(role);
    expect(unseenOf(role).filter(([pattern]) => !lines.some((line) => pattern.test(line)))).toEqual([]);
  });
});

test('whoever took on an audit role that is there was let in by its trust policy', () => {
  const entrances = calls.filter(({ name }) => name === 'sts:AssumeRole');
  const outcomes = entrances.map((call) => {
    const audited = roles.find(({ arn }) => call.resources.includes(arn));
    const caller = roleOf(call);
    const context = { ...call.conditionKeys, 'aws:PrincipalArn': `arn:aws:iam::${caller?.accountId}:role/${caller?.name}` };
    const isTrusted = audited?.trust.some(
      ({ principal, conditions }) => principal === `arn:aws:iam::${HUB}:root` && hold(conditions, context),
    );
    return `${caller?.name} ${call.resources.join()} ${call.status}: ${isTrusted}`;
  });
  const expected = ['plan', 'scan', 'react'].flatMap((name) =>
    [SHOP, ARCHIVE].map((id) => `cloud-posture-${name} ${roleIn(id)} 200: true`),
  );
  expect(new Set(outcomes)).toEqual(new Set([...expected, `cloud-posture-plan ${roleIn(UNPREPARED)} 403: undefined`]));
});

function roleIn(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/${AUDIT}`;
}

describe('no role of the product', () => {
  const lines = (wanted: (grant: Grant) => boolean) =>
    roles.flatMap(({ grants }) => grants.filter(wanted)).map(({ role, action, resource }) => tell(role, { action, resources: [resource] }));

  test('has an action with a wildcard in it', () => {
    expect(lines(({ action }) => /[*?]/.test(action))).toEqual([]);
  });

  test('but that of the audit may ask something of all resources, unless it cannot be asked of less', () => {
    // Service Authorization Reference: these have no resource types.
    const takesNone = /^(organizations:ListAccounts|dynamodb:ListStreams|logs:\w*(LogDeliver(y|ies)|ResourcePolic(y|ies)|LogGroups))$/;
    expect(lines(({ role, action, resource }) => role !== AUDIT && resource === '*' && !takesNone.test(action))).toEqual([]);
  });

  test('changes an audited account: the audit role reads, but for the report on credentials that IAM has to write first', () => {
    const reads = /^([a-z0-9-]+:(Describe|Get|BatchGet|List|Lookup)[A-Z]\w+|apigateway:GET)$/;
    const changes = ({ role, action }: Grant) => role === AUDIT && !reads.test(action);
    expect(new Set(lines(changes))).toEqual(new Set([`${AUDIT}: iam:GenerateCredentialReport on *`]));
  });
});
