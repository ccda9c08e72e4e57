import { describe, expect, test } from 'vitest';
import { toConfig } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { WrongConfig } from '../../config/wrong-config.ts';
import { checks } from '../cli/fake-world.ts';

const parse = (text: string) => parseConfig(text, 'posture.yaml', checks);
const configOf = (text: string) => toConfig(JSON.parse(JSON.stringify(parse(text))));

const ACCOUNT = "an account id of 12 digits in quotes, such as '111122223333'";
const ORGANIZATION = 'organization:\n  id: o-a1b2c3d4e5\n  units: [r-ab12]\n';

describe('a mistake is told with its place and what was expected', () => {
  test.each([
    ['an account as a number', 'accounts: [111122223333]\n', `1:12: accounts[0]: expected ${ACCOUNT}, found 111122223333`],
    ['an account as an octal number', 'accounts: [012345670123]\n', `1:12: accounts[0]: expected ${ACCOUNT}, found 12345670123`],
    ['an account too short', "accounts: ['1111']\n", `1:12: accounts[0]: expected ${ACCOUNT}, found "1111"`],
    ['an account twice', "accounts: ['111122223333', '111122223333']\n", '1:28: accounts[1]: is the same as accounts[0] (1:12)'],
    ['no account', 'accounts: []\n', '1:11: accounts: expected at least one account id'],
    [
      'more accounts than the policies hold',
      `accounts: [${Array.from({ length: 51 }, (_, index) => `'${100_000_000_000 + index}'`).join()}]\n`,
      '1:11: accounts: expected at most 50 account ids; an organization may have more',
    ],
    ['accounts and organization', `accounts: ['111122223333']\n${ORGANIZATION}`, '2:1: organization: cannot stand beside accounts (1:1)'],
    ['organization and accounts', `${ORGANIZATION}accounts: ['111122223333']\n`, '4:1: accounts: cannot stand beside organization (1:1)'],
    [
      'an organization without units',
      'organization:\n  id: o-a1b2c3d4e5\n',
      '2:3: organization.units: is missing; expected a list of the root or the organizational units whose accounts get the audit role',
    ],
    [
      'an organization without an id',
      'organization: { units: [r-ab12] }\n',
      '1:15: organization.id: is missing; expected the id of the organization, such as o-a1b2c3d4e5',
    ],
    ['an organization of nothing', 'organization:\n', '1:14: organization: expected keys and values, found null'],
    [
      'no organization',
      'organization: { id: a1b2c3d4e5, units: [r-ab12] }\n',
      '1:21: organization.id: expected the id of the organization, such as o-a1b2c3d4e5, found "a1b2c3d4e5"',
    ],
    [
      'no unit',
      'organization: { id: o-a1b2c3d4e5, units: [ou-ab12] }\n',
      '1:43: organization.units[0]: expected a root such as r-ab12, or an organizational unit such as ou-ab12-cd34ef56, found "ou-ab12"',
    ],
    ['a key of the organization', 'organization: { excluded: [] }\n', '1:15: organization.id: is missing'],
    ['no schedule', 'schedule: hourly\n', '1:11: schedule: expected rate(6 hours), or cron(…) with six fields, found "hourly"'],
    [
      'too often',
      'schedule: rate(5 minutes)\n',
      '1:11: schedule: expected at least 15 minutes between two audits, found "rate(5 minutes)"',
    ],
    [
      'no time zone',
      'timezone: Europe/Belrin\n',
      '1:11: timezone: expected a time zone such as Europe/Berlin, found "Europe/Belrin"; did you mean "Europe/Berlin"?',
    ],
    ['an offset', "timezone: '+01:00'\n", '1:11: timezone: expected a time zone such as Europe/Berlin, found "+01:00"'],
    [
      'two protocols',
      'subscribers:\n  - email: a@example.com\n    sqs: arn:aws:sqs:eu-west-1:111122223333:posture\n',
      '2:5: subscribers[0]: expected exactly one of email, https, sqs, lambda, found email and sqs',
    ],
    [
      'no protocol',
      'subscribers: [{ severity: HIGH }]\n',
      '1:15: subscribers[0]: expected exactly one of email, https, sqs, lambda, found none',
    ],
    [
      'an unknown protocol',
      'subscribers: [{ mail: a@example.com }]\n',
      '1:17: unknown key "mail" in subscribers[0]; did you mean "email"?',
    ],
    ['no address', 'subscribers: [{ email: security }]\n', '1:24: subscribers[0].email: expected an e-mail address, found "security"'],
    [
      'no TLS',
      'subscribers: [{ https: http://example.com }]\n',
      '1:24: subscribers[0].https: expected an address that begins with https://, found "http://example.com"',
    ],
    [
      'a FIFO queue',
      'subscribers: [{ sqs: "arn:aws:sqs:eu-west-1:111122223333:q.fifo" }]\n',
      '1:22: subscribers[0].sqs: expected the ARN of a standard queue, found "arn:aws:sqs:eu-west-1:111122223333:q.fifo"',
    ],
    ['no function', 'subscribers: [{ lambda: told }]\n', '1:25: subscribers[0].lambda: expected the ARN of a function, found "told"'],
    [
      'a severity',
      'subscribers: [{ email: a@example.com, severity: high }]\n',
      '1:49: subscribers[0].severity: expected one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, found "high"; did you mean "HIGH"?',
    ],
    [
      'a subscriber twice',
      'subscribers:\n  - email: a@example.com\n  - { email: a@example.com, severity: HIGH }\n',
      '3:5: subscribers[1]: is told already by subscribers[0] (2:5)',
    ],
    ['a switch', 'securityHub: on\n', '1:14: securityHub: expected true or false, found "on"'],
    ['a region', 'deployment: { region: Ireland }\n', '1:23: deployment.region: expected a region such as eu-west-1, found "Ireland"'],
    [
      'an external id',
      'deployment: { externalId: "two words" }\n',
      '1:27: deployment.externalId: expected an external id of 2 to 1224 letters, digits and _+=,.@:/-, a number in quotes, found "two words"',
    ],
    [
      'a role name',
      'deployment: { roleName: audit/role }\n',
      '1:25: deployment.roleName: expected the name of a role: 1 to 64 letters, digits and _+=,.@-, found "audit/role"',
    ],
    [
      'concurrency',
      'deployment: { concurrency: 1001 }\n',
      '1:28: deployment.concurrency: expected a whole number from 1 to 1,000, found 1001',
    ],
    [
      'retention',
      'deployment: { logRetentionDays: 100 }\n',
      '1:33: deployment.logRetentionDays: expected one of 1, 3, 5, 7, 14, 30, 60, 90,',
    ],
    [
      'a tag value',
      'deployment: { tags: { cost-center: 4711 } }\n',
      '1:36: deployment.tags.cost-center: expected a tag value of at most 256 letters, digits, spaces and _.:/=+-@, numbers in quotes, found 4711',
    ],
    [
      'a tag key',
      'deployment:\n  tags:\n    aws:team: a\n',
      '3:5: deployment.tags: expected tag keys of 1 to 128 letters, digits, spaces and _.:/=+-@, numbers in quotes, and not "aws:" first, found "aws:team"',
    ],
    ['a key', 'deployment: { extrenalId: a1 }\n', '1:15: unknown key "extrenalId" in deployment; did you mean "externalId"?'],
    ['a region twice', 'regions: [eu-west-1, eu-west-1]\n', '1:22: regions[1]: is the same as regions[0] (1:11)'],
    ['behind an alias', 'trustedAccounts: &a [1]\naccounts: *a\n', `1:22: trustedAccounts[0]: expected ${ACCOUNT}, found 1 (and 1 more)`],
  ])('%s', (_name, text, message) => {
    expect(() => parse(text)).toThrow(`posture.yaml:${message}`);
  });

  test('and what is thrown names file, places and keys', () => {
    try {
      parse('accounts: [1]\ndeployment: { concurrency: 0, extra: 1 }\n');
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof WrongConfig)) throw error;
      expect(error.file).toBe('posture.yaml');
      expect(error.faults.map(({ line, column, key }) => [line, column, key])).toEqual([
        [1, 12, 'accounts[0]'],
        [2, 28, 'deployment.concurrency'],
        [2, 31, 'deployment.extra'],
      ]);
    }
  });
});

describe('what a team has set', () => {
  test('nothing: the account that it is deployed in, every six hours, and nobody is told', () => {
    expect(configOf('')).toMatchObject({
      audited: { kind: 'own' },
      schedule: { expression: 'rate(6 hours)', timezone: 'UTC' },
      subscribers: [],
      securityHub: false,
      deployment: {
        region: undefined,
        externalId: undefined,
        roleName: 'cloud-posture-audit',
        concurrency: 40,
        logRetentionDays: 90,
        tags: {},
      },
    });
  });

  test.each(['deployment:\n', 'deployment:\n  tags:\n', 'subscribers:\n'])('an empty place is like none: %j', (text) => {
    const { deployment, subscribers } = configOf(text);
    expect({ deployment, subscribers }).toEqual({ deployment: configOf('').deployment, subscribers: [] });
  });

  test('accounts', () => {
    expect(configOf("accounts: ['111122223333']\n").audited).toEqual({ kind: 'accounts', accounts: ['111122223333'] });
  });

  test('an organization', () => {
    expect(configOf(ORGANIZATION).audited).toEqual({ kind: 'organization', id: 'o-a1b2c3d4e5', units: ['r-ab12'], exclude: [] });
    expect(configOf(`${ORGANIZATION}  exclude: ['111122223333']\n`).audited).toMatchObject({ exclude: ['111122223333'] });
  });

  test('all the rest', () => {
    const text = `
schedule: cron(0 6,18 * * ? *)
timezone: Europe/Berlin
subscribers:
  - email: security@example.com
    severity: HIGH
    alarms: false
  - https: https://events.example.com/posture?key=1
  - sqs: arn:aws:sqs:eu-west-1:111122223333:posture
  - lambda: arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:told:live
securityHub: true
deployment:
  region: eu-west-1
  externalId: '7311'
  roleName: audit
  concurrency: 100
  logRetentionDays: 365
  tags: { team: security, 'cost-center': '4711' }
`;
    expect(configOf(text)).toMatchObject({
      schedule: { expression: 'cron(0 6,18 * * ? *)', timezone: 'Europe/Berlin' },
      subscribers: [
        { email: 'security@example.com', severity: 'HIGH', alarms: false },
        { https: 'https://events.example.com/posture?key=1' },
        { sqs: 'arn:aws:sqs:eu-west-1:111122223333:posture' },
        { lambda: 'arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:told:live' },
      ],
      securityHub: true,
      deployment: {
        region: 'eu-west-1',
        externalId: '7311',
        roleName: 'audit',
        concurrency: 100,
        logRetentionDays: 365,
        tags: { team: 'security', 'cost-center': '4711' },
      },
    });
  });
});
