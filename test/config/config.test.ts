import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { activityChecks } from '../../checks/activity-registry.ts';
import { checks as postureChecks } from '../../checks/registry.ts';
import { type Config, toConfig } from '../../config/config.ts';
import { keysAt } from '../../config/keys.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { readConfig } from '../../config/read-config.ts';
import { toConfigSchema } from '../../config/schema.ts';
import { checks, emptyFolder } from '../cli/fake-world.ts';

const allChecks = [...postureChecks, ...activityChecks];
const WRITE = 's3-bucket-public-write-absent';
const CHECK = `checks:\n  ${WRITE}:\n`;

function configOf(text: string) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'posture.yaml'), text);
  return readConfig(undefined, cwd, checks);
}

function check(id: string) {
  const found = checks.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
}

describe('a mistake in posture.yaml is told with its place and what was expected', () => {
  test.each([
    ['unknown key', 'reigons: [eu-west-1]\n', '1:1: unknown key "reigons"; did you mean "regions"?'],
    [
      'unknown key that is like none',
      'zzzzzzzz: 1\n',
      '1:1: unknown key "zzzzzzzz"; expected regions, store, topic, accounts, organization, schedule, timezone, subscribers, securityHub, deployment, trustedAccounts, approvedImageOwners, checks, applicationTag, tailoring, exceptions',
    ],
    [
      'unknown check',
      'checks:\n  s3-bucket-tls-onyl: {}\n',
      '2:3: unknown check "s3-bucket-tls-onyl" in checks; did you mean "s3-bucket-tls-only"?',
    ],
    ['unknown setting', `${CHECK}    enabeld: false\n`, `3:5: unknown key "enabeld" in checks.${WRITE}; did you mean "enabled"?`],
    ['unknown param', `${CHECK}    params:\n      day: 3\n`, `4:7: unknown param "day" in checks.${WRITE}.params; did you mean "days"?`],
    [
      'param of a check that has none',
      'checks:\n  s3-bucket-tls-only:\n    params: { days: 3 }\n',
      '3:15: unknown param "days" in checks.s3-bucket-tls-only.params; there are none to set',
    ],
    [
      'text for a number',
      `${CHECK}    params:\n      days: many\n`,
      `4:13: checks.${WRITE}.params.days: expected a whole number that is not negative, found "many"`,
    ],
    [
      'negative days',
      `${CHECK}    params:\n      days: -1\n`,
      `4:13: checks.${WRITE}.params.days: expected a whole number that is not negative, found -1`,
    ],
    [
      'half days',
      `${CHECK}    params:\n      days: 1.5\n`,
      `4:13: checks.${WRITE}.params.days: expected a whole number that is not negative, found 1.5`,
    ],
    [
      'not a number',
      `${CHECK}    params:\n      days: .nan\n`,
      `4:13: checks.${WRITE}.params.days: expected a whole number that is not negative, found null`,
    ],
    [
      'text for a switch',
      `${CHECK}    params:\n      strict: "yes"\n`,
      `4:15: checks.${WRITE}.params.strict: expected true or false, found "yes"`,
    ],
    [
      'text in a list of numbers',
      `${CHECK}    params:\n      webPorts: [80, http]\n`,
      `4:22: checks.${WRITE}.params.webPorts[1]: expected a whole number that is not negative, found "http"`,
    ],
    [
      'severity',
      `${CHECK}    severity: HGIH\n`,
      `3:15: checks.${WRITE}.severity: expected one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, found "HGIH"; did you mean "HIGH"?`,
    ],
    [
      'account id that YAML takes for a number',
      'trustedAccounts: [012345678901]\n',
      "1:19: trustedAccounts[0]: expected an account id of 12 digits in quotes, such as '111122223333', found 12345678901",
    ],
    ['region', 'regions:\n  - eu-west1\n', '2:5: regions[0]: expected a region such as eu-west-1, found "eu-west1"'],
    ['one region not in a list', 'regions: eu-west-1\n', '1:10: regions: expected a list of regions, found "eu-west-1"'],
    ['no region', 'regions: []\n', '1:10: regions: expected at least one region'],
    [
      'topic',
      'topic: arn:aws:sqs:eu-west-1:111122223333:q\n',
      '1:8: topic: expected the ARN of an SNS topic, found "arn:aws:sqs:eu-west-1:111122223333:q"',
    ],
    ['list for the whole file', '- a\n', '1:1: the file: expected keys and values'],
    ['the same key twice', 'regions: [eu-west-1]\nregions: [us-east-1]\n', '2:1: not valid YAML: Map keys must be unique'],
    ['a tab', 'checks:\n\ta: 1\n', '2:1: not valid YAML: Tabs are not allowed as indentation'],
    [
      'an unclosed list',
      'regions: [eu-west-1\n',
      '2:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['an alias to nowhere', 'regions: *none\n', '1:1: not valid YAML: Unresolved alias (the anchor must be set before the alias): none'],
    [
      'several',
      'a1: 1\nzz: 2\n',
      '1:1: unknown key "a1"; expected regions, store, topic, accounts, organization, schedule, timezone, subscribers, securityHub, deployment, trustedAccounts, approvedImageOwners, checks, applicationTag, tailoring, exceptions (and 1 more)',
    ],
  ])('%s', (_name, text, message) => {
    expect(() => parseConfig(text, 'posture.yaml', checks)).toThrow(`posture.yaml:${message}`);
  });

  test('ports that are none would match nothing, and so pass everything', () => {
    const ports = (text: string) => () =>
      parseConfig(`checks:\n  ec2-security-group-admin-ports-closed:\n    params:\n      ports: ${text}\n`, 'p', allChecks);
    expect(ports('{ ssh: SSH }')).toThrow('expected ports such as 22, 5900-5903 or 1434/udp');
    expect(ports('{ 99999: x }')).toThrow('expected ports such as 22');
    expect(ports('{ 30-20: x }')).toThrow('expected ports such as 22');
    expect(ports('{}')).toThrow('expected at least one port');
    expect(ports('{ 22: SSH, 5900-5903: VNC, 1434/udp: MSSQL }')).not.toThrow();
  });

  test.each([
    ['activity-root-usde: {}', '2:3: unknown check "activity-root-usde" in checks; did you mean "activity-root-used"?'],
    [
      'activity-calls-refused: { params: { minutes: 0 } }',
      '2:48: checks.activity-calls-refused.params.minutes: expected a whole number from 1 to 1440, found 0',
    ],
    [
      'activity-calls-refused: { params: { calls: 1000000 } }',
      '2:46: checks.activity-calls-refused.params.calls: expected a whole number from 1 to 1000, found 1000000',
    ],
    [
      'activity-calls-refused: { params: { auditRoles: audit } }',
      '2:51: checks.activity-calls-refused.params.auditRoles: expected a list of texts, found "audit"',
    ],
  ])('of a check of activity: %s', (text, message) => {
    expect(() => parseConfig(`checks:\n  ${text}\n`, 'posture.yaml', allChecks)).toThrow(`posture.yaml:${message}`);
  });

  test('aliases that multiply do not exhaust the memory', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`);
    expect(() => parseConfig(`a0: &a0 [x]\n${levels.join('\n')}\n`, 'posture.yaml', checks)).toThrow(
      'not valid YAML: Excessive alias count',
    );
  });
});

describe('what a team has set', () => {
  test('nothing: every check runs as it is', () => {
    const config = readConfig(undefined, emptyFolder(), checks);
    expect(config.isEnabled(WRITE)).toBe(true);
    expect(config.settingsOf(check(WRITE))).toEqual({ severity: undefined, params: {} });
  });

  test.each(['', '# nothing\n', 'checks:\n', `${CHECK}`, `${CHECK}    params:\n`])('an empty place is like none: %j', (text) => {
    expect(configOf(text).settingsOf(check(WRITE))).toEqual({ severity: undefined, params: {} });
  });

  test('trusted accounts fill the param of that name, and a check of its own goes before', () => {
    const shared = "trustedAccounts: ['999999999999']\n";
    expect(configOf(shared).settingsOf(check(WRITE)).params).toEqual({ trustedAccounts: ['999999999999'] });
    expect(configOf(shared).settingsOf(check('s3-bucket-tls-only')).params).toEqual({});
    const own = configOf(`${shared}${CHECK}    params: { trustedAccounts: ['888888888888'] }\n`);
    expect(own.settingsOf(check(WRITE)).params).toEqual({ trustedAccounts: ['888888888888'] });
  });

  test('the audit role is known by the name that it is deployed under', () => {
    const refused = activityChecks.find(({ id }) => id === 'activity-calls-refused') ?? expect.fail('there is no such check');
    expect(toConfig({}).settingsOf(refused).params).toEqual({});
    expect(toConfig({ deployment: { roleName: 'audit' } }).settingsOf(refused).params).toEqual({ auditRoles: ['audit'] });
  });

  test('severity, and whether a check runs', () => {
    const config = configOf(`${CHECK}    enabled: false\n    severity: LOW\n`);
    expect(config.isEnabled(WRITE)).toBe(false);
    expect(config.settingsOf(check(WRITE)).severity).toBe('LOW');
  });

  test('a store is found from the folder of the file', () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'conf'));
    writeFileSync(join(cwd, 'conf/p.yaml'), 'store: kept.db\n');
    expect(readConfig('conf/p.yaml', cwd, checks).store).toBe(join(cwd, 'conf/kept.db'));
    expect(configOf('store: dynamodb://posture\n').store).toBe('dynamodb://posture');
  });

  test('a file that was named must be there', () => {
    expect(() => readConfig('none.yaml', emptyFolder(), checks)).toThrow('cannot read the configuration none.yaml (ENOENT)');
  });
});

describe('the example at the root', () => {
  const example = readFileSync(join(import.meta.dirname, '../../posture.yaml'), 'utf8');
  const uncommented = example.replaceAll(/^( *)#(?! \S)/gm, '$1').replace(/^(subscribers|tailoring|exceptions): \[\]\n/gm, '');
  const parse = (text: string) => parseConfig(text, 'posture.yaml', allChecks);

  test('changes nothing', () => {
    const { checks: set = {}, ...rest } = parse(example);
    for (const [id, settings] of Object.entries(set ?? {})) {
      const own = allChecks.find((each) => each.id === id);
      expect({ enabled: true, severity: own?.severity, params: own?.params }).toMatchObject({ ...settings });
    }
    const shown = (config: Config) => JSON.parse(JSON.stringify(config));
    expect(shown(toConfig(rest))).toEqual(shown(toConfig({})));
    expect([rest.trustedAccounts, rest.approvedImageOwners]).toEqual([[], []]);
  });

  test('shows every key', () => {
    const all = parse(uncommented.replace(/^accounts: .*$/m, ''));
    const shown = [...Object.keys(all), 'accounts'].sort();
    expect(shown).toEqual([...keysAt(toConfigSchema(allChecks), [])].sort());
    expect(Object.keys(all.deployment ?? {}).sort()).toEqual([...keysAt(toConfigSchema(allChecks), ['deployment'])].sort());
    expect(Object.keys(all.organization ?? {}).sort()).toEqual([...keysAt(toConfigSchema(allChecks), ['organization'])].sort());
  });

  test('says which keys exclude each other', () => {
    expect(() => parse(uncommented)).toThrow(/organization: cannot stand beside accounts \(\d+:1\)$/);
  });
});
