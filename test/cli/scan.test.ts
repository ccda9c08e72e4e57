import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Complaint } from '../../cli/complaint.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { scanSchema } from '../../cli/scan-schema.ts';
import { openStore } from '../../findings/open-store.ts';
import { Unread } from '../../inventory/facet.ts';
import { collect } from '../findings/samples.ts';
import { type Account, deniedAcl, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const clean: Account = { encryption: { 'eu-west-1': true }, buckets: { fine: false } };
const open: Account = { encryption: { 'eu-west-1': false }, buckets: { evil: true, fine: false } };
const blind: Account = { encryption: { 'eu-west-1': true }, buckets: { fine: deniedAcl } };

async function json(account: Account, argv: readonly string[] = [], cwd = emptyFolder()) {
  const { code, out } = await posture(['scan', '--format', 'json', ...argv], fakeWorld(account), { cwd });
  return { code, document: scanSchema.parse(JSON.parse(out)) };
}

describe('exit codes', () => {
  test.each([
    ['nothing found', clean, [], 0],
    ['something found', open, [], 1],
    ['worse than the threshold', open, ['--fail-on', 'high'], 1],
    ['under the threshold', { encryption: { 'eu-west-1': false } }, ['--fail-on', 'HIGH'], 0],
    ['findings that nobody wants to fail on', open, ['--fail-on', 'none'], 0],
    ['not everything seen', blind, [], 0],
    ['not everything seen, strictly', blind, ['--strict-coverage'], 3],
    ['found, and not everything seen, strictly', { ...blind, encryption: { 'eu-west-1': false } }, ['--strict-coverage'], 3],
    ['everything seen, strictly', clean, ['--strict-coverage'], 0],
  ] as const)('%s', async (_name, account, argv, code) => {
    expect((await posture(['scan', ...argv], fakeWorld(account))).code).toBe(code);
  });
});

describe('the JSON of a scan', () => {
  test('has failures and unknowns, worst first, and nothing else', async () => {
    const { document } = await json({ ...open, buckets: { evil: true, fine: false, dark: deniedAcl } });
    expect(document.findings.map(({ status, checkId, resource }) => [status, checkId, resource.id])).toEqual([
      ['FAIL', 's3-bucket-public-write-absent', 'evil'],
      ['FAIL', 'ec2-ebs-encryption-default', 'eu-west-1'],
      ['UNKNOWN', 's3-bucket-public-write-absent', 'dark'],
    ]);
    expect(document.findings[2]).toMatchObject({
      open: false,
      unread: { operation: 's3:GetBucketAcl' },
      firstSeenAt: null,
      lastSeenAt: null,
    });
    expect(document.coverage).toMatchObject({ complete: false, unknown: 1, regionsNotEnabled: ['ap-east-1'] });
  });

  test('has passes and what does not apply with --all', async () => {
    const { document } = await json({ buckets: { fine: false, logs: false } }, ['--all', '--checks', 's3-bucket-public-write-absent']);
    expect(document.findings.map(({ status, reason, severity }) => [status, reason, severity])).toEqual([
      ['PASS', null, 'CRITICAL'],
      ['NOT_APPLICABLE', 'a log bucket', 'CRITICAL'],
    ]);
  });

  test('says who, where, and what was asked', async () => {
    const { document } = await json(clean);
    expect(document.run).toMatchObject({
      accountId: '123456789012',
      callerArn: 'arn:aws:iam::123456789012:user/auditor',
      regions: ['global', 'eu-west-1'],
      first: true,
      calls: { total: 2, throttles: 0, estimatedUsd: 0.000008 },
    });
    expect(document.run.id).toMatch(/^20261121T084927Z-[0-9a-f]{4}$/);
  });

  test('keeps the first sight of what stays open', async () => {
    const cwd = emptyFolder();
    await posture(['scan'], fakeWorld(open), { cwd, now: () => new Date('2026-11-20T00:00:00Z') });
    const { document } = await json(open, [], cwd);
    expect(document.findings[0]).toMatchObject({ firstSeenAt: '2026-11-20T00:00:00.000Z', lastSeenAt: '2026-11-21T08:49:27.000Z' });
  });

  test('still has as open what could not be listed this time, and fails on it', async () => {
    const cwd = emptyFolder();
    await posture(['scan'], fakeWorld(open), { cwd, now: () => new Date('2026-11-20T00:00:00Z') });
    const { code, document } = await json({ encryption: { 'eu-west-1': true }, bucketsUnread: deniedAcl }, ['--fail-on', 'CRITICAL'], cwd);
    const still = document.findings.find(({ resource }) => resource.id === 'evil');
    expect(still).toMatchObject({ status: 'UNKNOWN', open: true, lastSeenAt: '2026-11-20T00:00:00.000Z' });
    expect(still?.reason).toBe('not seen in this scan; last seen failing: its policy lets anybody write');
    expect(code).toBe(1);
  });

  test('has what is open but cannot be judged now as severe as it was, and for the same reason', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'raised.yaml'), 'checks: { ec2-ebs-encryption-default: { severity: CRITICAL } }\n');
    await posture(['scan', '--config', 'raised.yaml'], fakeWorld(open), { cwd });
    const { code, document } = await json({ encryption: { 'eu-west-1': deniedAcl } }, ['--fail-on', 'CRITICAL'], cwd);
    const still = document.findings.find(({ checkId }) => checkId === 'ec2-ebs-encryption-default');
    expect(still).toMatchObject({ status: 'UNKNOWN', open: true, severity: 'CRITICAL', unread: { operation: 's3:GetBucketAcl' } });
    expect(still?.reason).toBe(
      'last seen failing: new EBS volumes are not encrypted by default; not known now: s3:GetBucketAcl: AccessDenied: no identity-based policy allows it',
    );
    expect(code).toBe(1);
  });

  test('tells since when what came back is open', async () => {
    const cwd = emptyFolder();
    const at = (day: number) => ({ cwd, now: () => new Date(Date.UTC(2026, 10, day)) });
    await posture(['scan'], fakeWorld({ buckets: { evil: true } }), at(18));
    await posture(['scan'], fakeWorld({ buckets: { evil: false } }), at(19));
    await posture(['scan'], fakeWorld({ buckets: { evil: true } }), at(20));
    const { document } = await json({ buckets: { evil: true } }, [], cwd);
    expect(document.findings[0]).toMatchObject({
      firstSeenAt: '2026-11-18T00:00:00.000Z',
      openedAt: '2026-11-20T00:00:00.000Z',
      reopened: 1,
    });
  });

  test('an unknown that was resolved before is not open', async () => {
    const cwd = emptyFolder();
    const at = (day: number) => ({ cwd, now: () => new Date(Date.UTC(2026, 10, day)) });
    await posture(['scan'], fakeWorld({ buckets: { evil: true } }), at(18));
    await posture(['scan'], fakeWorld({ buckets: { evil: false } }), at(19));
    const { code, document } = await json({ buckets: { evil: deniedAcl } }, [], cwd);
    expect(document.findings.map((row) => [row.status, row.open])).toEqual([['UNKNOWN', false]]);
    expect(code).toBe(0);
  });

  test('published schema is the one that the output is checked against', async () => {
    const { toJsonSchema } = await import('../../cli/scan-schema.ts');
    const published = readFileSync(join(import.meta.dirname, '../../docs/scan-output.schema.json'), 'utf8');
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(toJsonSchema())));
  });
});

test('NDJSON has one finding per line, and the run in the last', async () => {
  const { out } = await posture(['scan', '--format', 'ndjson'], fakeWorld(open));
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ kind }) => kind)).toEqual(['finding', 'finding', 'run']);
  expect(lines.at(-1)).toMatchObject({ schemaVersion: 1, coverage: { complete: true } });
});

describe('settings', () => {
  test('turn a check off, unless it is asked for by name', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'posture.yaml'), 'checks: { ec2-ebs-encryption-default: { enabled: false } }\n');
    expect((await json(open, [], cwd)).document.run.checks).not.toContain('ec2-ebs-encryption-default');
    expect((await json(open, ['--checks', 'ec2-ebs-encryption-default'], cwd)).document.run.checks).toEqual(['ec2-ebs-encryption-default']);
  });

  test('change a severity', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'posture.yaml'), 'checks: { ec2-ebs-encryption-default: { severity: LOW } }\n');
    const { code, document } = await json({ encryption: { 'eu-west-1': false } }, ['--fail-on', 'medium'], cwd);
    expect([document.findings[0]?.severity, code]).toEqual(['LOW', 0]);
  });

  test('--regions goes before the configuration, and says what it leaves out', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'posture.yaml'), 'regions: [eu-west-1]\n');
    const account = { encryption: { 'eu-west-1': true, 'us-east-1': true } };
    expect((await json(account, [], cwd)).document.coverage.regionsLeftOut).toEqual(['us-east-1']);
    expect((await json(account, ['--regions', 'us-east-1'], cwd)).document.run.regions).toEqual(['global', 'us-east-1']);
  });
});

describe('bad input is told in one line, before anything is asked or kept', () => {
  const untouched = fakeWorld(clean, { signIn: () => Promise.reject(new Error('signed in')) });

  test.each([
    ['unknown option', ['--foramt', 'json'], 'unknown option \'--foramt\' (Did you mean --format?); see "posture scan --help"'],
    ['unknown format', ['--format', 'xml'], /'xml' is invalid. Expected one of table, json, ndjson, csv/],
    ['unknown check', ['--checks', 's3-bucket-tls-onyl'], 'there is no check "s3-bucket-tls-onyl"; did you mean "s3-bucket-tls-only"?'],
    [
      'unknown check to leave out',
      ['--exclude', 'zzzzzzzzzzzzzzzz'],
      'there is no check "zzzzzzzzzzzzzzzz"; "posture checks" lists them all',
    ],
    ['no check left', ['--checks', 's3-bucket-tls-only', '--exclude', 's3-bucket-tls-only'], /^no check is left to run/],
    ['no list', ['--checks', ','], /is invalid. It is empty/],
    ['malformed region', ['--regions', 'eu-west1'], '"eu-west1" is not a region; expected names such as eu-west-1 in --regions'],
    ['severity', ['--fail-on', 'hgih'], /did you mean "HIGH"\?/],
    ['threshold', ['--fail-on', 'nothing'], /Expected CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, NONE/],
    ['topic', ['--topic', 'posture'], /^"posture" is not the ARN of an SNS topic/],
    [
      'topic without a store',
      ['--no-store', '--topic', 'arn:aws:sns:eu-west-1:111122223333:t'],
      /^--topic announces what changed, which --no-store does not know/,
    ],
    ['role', ['--role-arn', 'audit'], /^"audit" is not the ARN of a role/],
    ['external id alone', ['--external-id', 'x'], /^--external-id says something only together with --role-arn/],
    [
      'output in no folder',
      ['--output', 'no/such/folder.json'],
      'cannot write no/such/folder.json (ENOENT); name another file with --output',
    ],
    [
      'missing configuration',
      ['--config', 'none.yaml'],
      /^cannot read the configuration none.yaml \(ENOENT\); name another with --config$/,
    ],
    ['too many words', ['now'], /^too many arguments for 'scan'/],
  ])('%s', async (_name, argv, said) => {
    const cwd = emptyFolder();
    const { code, out, err } = await posture(['scan', ...argv], untouched, { cwd });
    expect(err).toMatch(/^posture: [^\n]+\n$/);
    expect(err.slice('posture: '.length, -1)).toEqual(typeof said === 'string' ? said : expect.stringMatching(said));
    expect([code, out, readdirSync(cwd)]).toEqual([2, '', []]);
  });

  test('malformed configuration', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'posture.yaml'), 'regions: [\n');
    const { code, err } = await posture(['scan'], untouched, { cwd });
    expect([code, err]).toEqual([2, expect.stringMatching(/^posture: posture.yaml:\d+:\d+: not valid YAML: [^\n]+\n$/)]);
  });

  test('a file that is no store stays as it is', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'notes.txt'), 'dear diary');
    const { code, err } = await posture(['scan', '--store', 'notes.txt'], untouched, { cwd });
    expect([code, err]).toEqual([2, expect.stringMatching(/^posture: the store .*notes.txt is not a database[^\n]+\n$/)]);
    expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('dear diary');
  });

  test('a folder as output', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'out'));
    expect((await posture(['scan', '--output', 'out'], untouched, { cwd })).err).toBe(
      'posture: cannot write out: it is a folder; name a file with --output\n',
    );
  });
});

describe('what AWS has against it', () => {
  test('credentials: exit 4, and no store is made', async () => {
    const cwd = emptyFolder();
    const world = fakeWorld(clean, {
      signIn: () => Promise.reject(new Complaint(EXIT.noAccess, 'the credentials have expired; sign in again')),
    });
    expect(await posture(['scan'], world, { cwd })).toEqual({
      code: 4,
      out: '',
      err: 'posture: the credentials have expired; sign in again\n',
    });
    expect(existsSync(join(cwd, '.posture'))).toBe(false);
  });

  test('a region that the account does not have, and one that is not enabled', async () => {
    const world = fakeWorld(clean);
    expect((await posture(['scan', '--regions', 'eu-west-9'], world)).err).toBe(
      'posture: account 123456789012 has no region "eu-west-9"; did you mean "eu-west-1"?\n',
    );
    expect(await posture(['scan', '--regions', 'ap-east-1'], world)).toMatchObject({
      code: 2,
      err: 'posture: the region ap-east-1 is not enabled in account 123456789012; enable it, or leave it out of --regions\n',
    });
  });

  test('regions that cannot be listed', async () => {
    const reason = {
      cause: 'denied',
      operation: 'ec2:DescribeRegions',
      permissions: ['ec2:DescribeRegions'],
      message: 'ec2:DescribeRegions: denied',
    } as const;
    const { code, err } = await posture(['scan'], fakeWorld(clean, { planScopes: () => Promise.reject(new Unread(reason)) }));
    expect([code, err]).toEqual([4, expect.stringContaining('allow ec2:DescribeRegions, or name them with --regions')]);
  });
});

describe('a fault of ours', () => {
  const world = fakeWorld(clean, { planScopes: () => Promise.reject(new TypeError('x is\nnot a function')) });

  test('is told in one line', async () => {
    const { code, err } = await posture(['scan'], world);
    expect([code, err]).toEqual([
      70,
      'posture: a fault of ours: TypeError: x is not a function; set POSTURE_DEBUG=1 for the stack, and please report it\n',
    ]);
  });

  test('shows its stack to who asks', async () => {
    expect((await posture(['scan'], world, { env: { POSTURE_DEBUG: '1' } })).err).toContain('scan.test.ts');
  });
});

describe('output', () => {
  test('to a file leaves stdout alone and no draft behind', async () => {
    const cwd = emptyFolder();
    const { out } = await posture(['scan', '--no-store', '--format', 'json', '--output', 'out.json'], fakeWorld(open), { cwd });
    expect([out, readdirSync(cwd)]).toEqual(['', ['out.json']]);
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')).findings).toHaveLength(2);
  });

  test('of a scan that fails leaves the old file as it was', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out.json'), 'old');
    await posture(['scan', '--output', 'out.json'], fakeWorld(open, { planScopes: () => Promise.reject(new Error('no')) }), { cwd });
    expect(readFileSync(join(cwd, 'out.json'), 'utf8')).toBe('old');
  });

  test('keeps nothing with --no-store', async () => {
    const cwd = emptyFolder();
    await posture(['scan', '--no-store'], fakeWorld(open), { cwd });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('announcing', () => {
  const topic = ['--topic', 'arn:aws:sns:eu-west-1:111122223333:posture'];

  test('tells the topic', async () => {
    const world = fakeWorld(open);
    await posture(['scan', ...topic], world);
    expect(world.told).toHaveLength(1);
  });

  test('that is refused is said, exits with 5, and is made up for by the next scan', async () => {
    const cwd = emptyFolder();
    const refusal = Object.assign(new Error('not authorized to perform: SNS:Publish'), {
      name: 'AuthorizationErrorException',
      $fault: 'client',
    });
    const refusing = fakeWorld(open, { openTopic: async () => ({ publish: () => Promise.reject(refusal) }) });
    const first = await posture(['scan', '--format', 'json', ...topic], refusing, { cwd });
    expect([first.code, first.err]).toEqual([5, expect.stringContaining('posture: not everything could be announced on arn:aws:sns')]);
    expect(JSON.parse(first.out).findings).toHaveLength(2);
    const world = fakeWorld(open);
    await posture(['scan', ...topic], world, { cwd, now: () => new Date('2026-11-22T00:00:00Z') });
    expect(world.told).toHaveLength(1);
  });
});

test('a store that belongs to a deployment is left alone', async () => {
  const location = join(emptyFolder(), 'findings.db');
  const store = await openStore(location);
  const world = fakeWorld(open, { openStore: async () => ({ ...store, isDeployed: async () => true }) });
  const { code, err } = await posture(['scan', '--store', 'dynamodb://hub'], world);
  expect([code, err]).toEqual([2, expect.stringContaining('dynamodb://hub belongs to a deployment')]);
  const kept = await openStore(location);
  expect(await collect(kept.findingsInState('open'))).toEqual([]);
  await kept.close();
});

test('Ctrl-C stops with 130 and leaves a store that the next scan can use', async () => {
  const cwd = emptyFolder();
  const ctrlC = new AbortController();
  const list = (): Promise<never> => {
    ctrlC.abort();
    return new Promise(() => undefined);
  };
  const sources = await fakeWorld(open).sources();
  const hanging = fakeWorld(open, { sources: async () => sources.map((source) => ({ ...source, list })) });
  const stopped = await posture(['scan'], hanging, { cwd, interrupted: ctrlC.signal });
  expect([stopped.code, stopped.err]).toEqual([130, 'posture: stopped; what was already kept stays, and the next scan does the rest\n']);
  expect((await posture(['scan'], fakeWorld(open), { cwd, now: () => new Date('2026-11-22T00:00:00Z') })).code).toBe(1);
  const { out } = await posture(['runs'], fakeWorld(open), { cwd });
  expect(out).toContain('cut short');
});
