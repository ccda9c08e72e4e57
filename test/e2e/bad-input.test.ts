import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/exit-codes.ts';
import { account } from '../../emulator/account.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { UNPACED } from './child-environment.ts';
import { startPosture } from './posture-child.ts';

const ACCOUNT = '111122223333';
const EXPIRED = '222233334444';
/** Port 1 is closed on every machine. */
const NO_NETWORK = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

const folder = mkdtempSync(join(tmpdir(), 'posture-bad-input-'));
const two = pLimit(2);
let aws: LocalAws;
let before: Readonly<Record<string, string>>;

beforeAll(async () => {
  aws = await startLocalAws({ regions: ['us-east-1'] });
  await aws.seed(account(ACCOUNT).user('alice', { password: true }));
  aws.faults.add({ accountId: EXPIRED, kind: 'expired-credentials' });
  for (const name of ['findings.db', 'newer.db', 'damaged.db']) {
    const { code, stderr } = await posture(['scan', '--store', name], aws.environment(ACCOUNT));
    if (code !== EXIT.findings) throw new Error(`no store could be made: ${stderr}`);
  }
  const newer = new DatabaseSync(join(folder, 'newer.db'));
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  writeFileSync(
    join(folder, 'damaged.db'),
    Buffer.concat([readFileSync(join(folder, 'damaged.db')).subarray(0, 6_000), Buffer.alloc(4_000, 7)]),
  );
  writeFileSync(join(folder, 'text.db'), 'these are no findings\n'.repeat(100));
  const other = new DatabaseSync(join(folder, 'other.db'));
  other.exec('CREATE TABLE customer (name TEXT)');
  other.close();
  writeFileSync(join(folder, 'broken.yaml'), 'checks: [\n');
  writeFileSync(join(folder, 'unknown-key.yaml'), 'regions: [us-east-1]\nregoins: [eu-west-1]\n');
  writeFileSync(join(folder, 'wrong-value.yaml'), 'checks:\n  iam-user-keys-rotated:\n    severity: AWFUL\n');
  mkdirSync(join(folder, 'a-folder'));
  writeFileSync(join(folder, 'config'), '[profile works]\nregion = us-east-1\n');
  before = contents();
}, 120_000);

afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true });
});

function posture(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const files = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials') };
  const own = { ...files, NODE_OPTIONS: UNPACED };
  return two(() => startPosture(argv, { cwd: folder, env: { ...own, ...env } }).ended);
}

/** Every file of the folder and what is in it, except for the store that is made for the topic that is not there. */
function contents(): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('announced.db'),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]));
}

type Where = 'AWS' | 'no network' | 'no URL' | 'no credentials' | 'expired credentials';

function environmentOf(where: Where): Readonly<Record<string, string>> {
  switch (where) {
    case 'AWS':
      return aws.environment(ACCOUNT);
    case 'expired credentials':
      return aws.environment(EXPIRED);
    case 'no network':
      return NO_NETWORK;
    case 'no URL':
      return { ...NO_NETWORK, AWS_ENDPOINT_URL: 'localhost:4566/' };
    case 'no credentials':
      return { AWS_ENDPOINT_URL: aws.endpoint };
    default:
      return where satisfies never;
  }
}

interface Bad {
  readonly argv: string;
  /** `no network` for what must be found wrong before AWS is asked. */
  readonly where?: Where;
  readonly code: number;
  /** What is wrong, and what to do about it. */
  readonly says: readonly RegExp[];
}

const USAGE: Readonly<Record<string, Bad>> = {
  'an unknown command': { argv: 'scna', code: EXIT.usage, says: [/unknown command 'scna'/, /scan|--help/] },
  'an unknown flag': { argv: 'scan --fromat json', code: EXIT.usage, says: [/--fromat/, /--format/, /posture scan --help/] },
  'an unknown format': { argv: 'scan --format yaml', code: EXIT.usage, says: [/yaml/, /table, json, ndjson/] },
  'an unknown severity': { argv: 'scan --fail-on AWFUL', code: EXIT.usage, says: [/AWFUL/, /CRITICAL/] },
  'an unknown check': {
    argv: 'scan --checks iam-user-key-rotated',
    code: EXIT.usage,
    says: [/"iam-user-key-rotated"/, /iam-user-keys-rotated/],
  },
  'an unknown check to explain': { argv: 'explain iam-user-key-rotated', code: EXIT.usage, says: [/iam-user-keys-rotated/] },
  'what is no region': { argv: 'scan --regions Ireland', code: EXIT.usage, says: [/"Ireland" is not a region/, /eu-west-1/] },
  'what is no topic': { argv: 'scan --topic alerts', code: EXIT.usage, says: [/"alerts"/, /arn:aws:sns/] },
  'what is no role': { argv: 'scan --role-arn audit', code: EXIT.usage, says: [/"audit"/, /arn:aws:iam/] },
  'a configuration that is not there': { argv: 'scan --config none.yaml', code: EXIT.usage, says: [/none\.yaml \(ENOENT\)/, /--config/] },
  'a configuration that is no YAML': { argv: 'scan --config broken.yaml', code: EXIT.usage, says: [/broken\.yaml:\d+:\d+: /] },
  'a configuration with an unknown key': {
    argv: 'scan --config unknown-key.yaml',
    code: EXIT.usage,
    says: [/unknown-key\.yaml:2:1: /, /regoins/, /regions/],
  },
  'a configuration with a wrong value': {
    argv: 'scan --config wrong-value.yaml',
    code: EXIT.usage,
    says: [/wrong-value\.yaml:3:\d+: /, /AWFUL|CRITICAL/],
  },
  'a run that never was': { argv: 'diff nothing latest --store findings.db', code: EXIT.usage, says: [/nothing/, /posture runs/] },
};

const STORES: Readonly<Record<string, Bad>> = {
  'a store that is no database': { argv: 'scan --store text.db', code: EXIT.usage, says: [/text\.db is not a database/, /--store/] },
  "another program's database": {
    argv: 'scan --store other.db',
    code: EXIT.usage,
    says: [/other\.db is the database of another program/, /--store/],
  },
  'a store of a newer version': {
    argv: 'scan --store newer.db',
    code: EXIT.usage,
    says: [/newer\.db was written by a newer version/, /update/],
  },
  'a damaged store': { argv: 'scan --store damaged.db', code: EXIT.usage, says: [/damaged\.db/, /restore a copy/] },
  'a store that is a folder': { argv: 'scan --store a-folder', code: EXIT.usage, says: [/a-folder/, /--store/] },
  'a store of an unknown kind': { argv: 'scan --store redis://here', code: EXIT.usage, says: [/redis:\/\/here/, /dynamodb/] },
  'a store to read that is not there': { argv: 'findings --store none.db', code: EXIT.usage, says: [/none\.db/, /posture scan/] },
  'an output in a folder that is not there': {
    argv: 'scan --output none/scan.json',
    code: EXIT.usage,
    says: [/cannot write none\/scan\.json \(ENOENT\)/, /--output/],
  },
  'an output that is a folder': { argv: 'scan --output a-folder', code: EXIT.usage, says: [/a-folder/, /--output/] },
};

const ACCESS: Readonly<Record<string, Bad>> = {
  'an unknown region': {
    argv: 'scan --store findings.db --regions us-esat-1',
    where: 'AWS',
    code: EXIT.usage,
    says: [/no region "us-esat-1"/, /us-east-1/],
  },
  'a region that is not enabled': {
    argv: 'scan --store findings.db --regions af-south-1',
    where: 'AWS',
    code: EXIT.usage,
    says: [/af-south-1 is not enabled/, /--regions/],
  },
  'an unknown profile': {
    argv: 'scan --store findings.db --profile nobody',
    where: 'AWS',
    code: EXIT.noAccess,
    says: [/"nobody"/, /aws configure list-profiles/],
  },
  'a profile without credentials': {
    argv: 'scan --store findings.db --profile works',
    where: 'no credentials',
    code: EXIT.noAccess,
    says: [/"works"/, /aws configure/],
  },
  'expired credentials': {
    argv: 'scan --store findings.db',
    where: 'expired credentials',
    code: EXIT.noAccess,
    says: [/credentials have expired/, /sign in again/],
  },
  'no network': {
    argv: 'scan --store findings.db',
    code: EXIT.noAccess,
    says: [/cannot be reached \(.*ECONNREFUSED/, /check the network/],
  },
  'an endpoint that is no URL': {
    argv: 'scan --store findings.db',
    where: 'no URL',
    code: EXIT.noAccess,
    says: [/AWS_ENDPOINT_URL/, /http:/],
  },
  'no credentials at all': {
    argv: 'scan --store findings.db',
    where: 'no credentials',
    code: EXIT.noAccess,
    says: [/no AWS credentials/, /--profile/],
  },
  'no credentials for the doctor': {
    argv: 'doctor',
    where: 'no credentials',
    code: EXIT.noAccess,
    says: [/no AWS credentials/, /--profile/],
  },
  'a topic that is not there': {
    argv: `scan --store announced.db --topic arn:aws:sns:us-east-1:${ACCOUNT}:none`,
    where: 'AWS',
    code: EXIT.usage,
    says: [/no SNS topic arn:aws:sns:us-east-1:111122223333:none/, /--topic/],
  },
};

describe.concurrent.each(Object.entries({ ...USAGE, ...STORES, ...ACCESS }))('%s', (_what, { argv, where = 'no network', code, says }) => {
  test('is told in one line, and changes nothing', { timeout: 120_000 }, async () => {
    const ended = await posture(argv.split(' '), environmentOf(where));
    expect(ended.stderr).toMatch(/^posture: [^\n]+\n$/);
    for (const said of says) expect(ended.stderr).toMatch(said);
    expect(ended.stderr).not.toMatch(/\s{4}at |node_modules|node:internal|fault of ours/);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
  });
});

test('no store, configuration or output was touched by any of that', () => {
  expect(contents()).toEqual(before);
});
