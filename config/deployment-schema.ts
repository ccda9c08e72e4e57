import * as z from 'zod';
import { SEVERITIES } from '../checks/check.ts';
import { accounts, distinct, MAPPING, ownerName, region, tagsOf, text, trueOrFalse, unit, whole } from './elements.ts';
import { isEmail, isExternalId, isFunction, isHttps, isOrganization, isQueue, isRoleName, isTagKey, isTimezone } from './formats.ts';
import { toCadence } from './schedule.ts';

const ZONE = 'a time zone such as Europe/Berlin';
const PROTOCOLS = ['email', 'https', 'sqs', 'lambda'] as const;

/** CloudWatch takes no others: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

const organization = z.strictObject(
  {
    id: text('the id of the organization, such as o-a1b2c3d4e5', isOrganization),
    units: distinct(unit, 'a list of the root or the organizational units whose accounts get the audit role').min(1, {
      error: 'at least one root or organizational unit',
    }),
    exclude: accounts.optional(),
  },
  { error: MAPPING },
);

const schedule = z.string({ error: 'rate(6 hours), or cron(…) with six fields' }).superRefine((written, context) => {
  const cadence = toCadence(written);
  if ('expected' in cadence) context.addIssue({ code: 'custom', message: cadence.expected });
});

const timezone = z.string({ error: ZONE }).superRefine((written, context) => {
  if (isTimezone(written)) return;
  context.addIssue({ code: 'custom', message: ZONE, params: { near: ['UTC', ...Intl.supportedValuesOf('timeZone')] } });
});

const subscriber = z
  .strictObject(
    {
      email: text('an e-mail address', isEmail).optional(),
      https: text('an address that begins with https://', isHttps).optional(),
      sqs: text('the ARN of a standard queue', isQueue).optional(),
      lambda: text('the ARN of a function', isFunction).optional(),
      severity: z.enum(SEVERITIES, { error: `one of ${SEVERITIES.join(', ')}` }).optional(),
      owner: ownerName.optional(),
      alarms: trueOrFalse.optional(),
    },
    { error: MAPPING },
  )
  .superRefine((written, context) => {
    const given = PROTOCOLS.filter((protocol) => written[protocol] !== undefined);
    if (given.length === 1) return;
    const found = given.length === 0 ? 'none' : given.join(' and ');
    context.addIssue({ code: 'custom', message: `exactly one of ${PROTOCOLS.join(', ')}, found ${found}` });
  });

const subscribers = z.array(subscriber, { error: 'a list of subscribers' }).superRefine((written, context) => {
  const ends = written.map((each) => PROTOCOLS.flatMap((protocol) => each[protocol] ?? []).join());
  for (const [index, end] of ends.entries()) {
    const first = ends.indexOf(end);
    if (first < index) context.addIssue({ code: 'custom', path: [index], message: 'is told already by', params: { sibling: first } });
  }
});

/** Of everything that is deployed. CloudFormation takes no more. */
const tags = tagsOf(40, isTagKey, ', and not "aws:" first');

const deployment = z.strictObject(
  {
    region: region.optional(),
    externalId: text('an external id of 2 to 1224 letters, digits and _+=,.@:/-, a number in quotes', isExternalId).optional(),
    roleName: text('the name of a role: 1 to 64 letters, digits and _+=,.@-', isRoleName).optional(),
    concurrency: whole(1, 1000).optional(),
    logRetentionDays: z.literal(RETENTION_DAYS, { error: `one of ${RETENTION_DAYS.join(', ')}` }).optional(),
    tags: tags.nullish(),
  },
  { error: MAPPING },
);

/**
 * Each is named in the policies of two roles and of the bus, of which IAM and EventBridge take 10,240 characters in all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MOST_ACCOUNTS = 50;

/** What only a deployment asks: which accounts, when, who is told, and where it all stands. */
export const deploymentKeys = {
  accounts: accounts
    .min(1, { error: 'at least one account id' })
    .max(MOST_ACCOUNTS, { error: `at most ${MOST_ACCOUNTS} account ids; an organization may have more` })
    .optional(),
  organization: organization.optional(),
  schedule: schedule.optional(),
  timezone: timezone.optional(),
  subscribers: subscribers.nullish(),
  securityHub: trueOrFalse.optional(),
  deployment: deployment.nullish(),
};
