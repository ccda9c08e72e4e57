import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CreateLaunchTemplateVersionCommand, EC2Client, ModifyInstanceAttributeCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/exit-codes.ts';
import { type Account, account, allow, trust } from '../../emulator/account.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { UNPACED } from './child-environment.ts';
import { type Ended, startPosture } from './posture-child.ts';
import { subscribedQueue } from './subscribed-queue.ts';

const ACCOUNT = '111122223333';
const USER_DATA = '#!/bin/sh\nexport DATABASE_PASSWORD=planted-in-user-data\n';

/** What must never be seen, by what it is. Access key ids join when they are known. */
const PLANTED = new Map([
  ['the secret key', 'planted/secret+key'],
  ['the session token', 'planted-session-token'],
  ['user data', 'planted-in-user-data'],
  ['encoded user data', Buffer.from(USER_DATA).toString('base64')],
  ['a statement of a bucket policy that proves nothing', 'PlantedInBucketPolicy'],
  ['a statement of a trust policy that proves nothing', 'planted-external-id'],
  ['a statement of a user policy that proves nothing', 'PlantedInUserPolicy'],
  ['a statement of a managed policy that proves nothing', 'PlantedInManagedPolicy'],
  ['what AWS says in code of a refusal', 'planted-encoded-message'],
  ['the e-mail address of a contact', 'security@example.com'],
  ['the telephone number of a contact', '+15550100'],
  ['the event as CloudTrail recorded it', 'userIdentity'],
]);

const folder = mkdtempSync(join(tmpdir(), 'posture-secrets-'));
const said = new Map<string, string>();
let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ regions: ['us-east-1'] });
  const idOf = await aws.seed(leaky());
  PLANTED.set('the key that the scan uses', aws.environment(ACCOUNT).AWS_ACCESS_KEY_ID ?? '');
  for (const key of ['dave 0', 'dave 1']) PLANTED.set(`the access key ${key}`, idOf('access-key', key));
  const ec2 = new EC2Client(aws.client(ACCOUNT));
  const UserData = Buffer.from(USER_DATA).toString('base64');
  const Value = Buffer.from(UserData);
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: idOf('instance', 'web'), UserData: { Value } }));
  const version = { ImageId: idOf('image', 'old'), UserData };
  await ec2.send(
    new CreateLaunchTemplateVersionCommand({ LaunchTemplateId: idOf('launch-template', 'fleet'), LaunchTemplateData: version }),
  );
  const queue = await subscribedQueue(aws, ACCOUNT, 'alerts');
  // After a first scan that judges next to nothing, everything that the second one finds is news.
  await posture('a first scan', ['scan', '--checks', 'account-root-mfa-enabled']);
  refuse(idOf('access-key', 'dave 0'));
  await posture('table', ['scan', '--all', '--topic', queue.topicArn]);
  said.set('SNS messages', JSON.stringify(await queue.receive()));
  await posture('json', ['scan', '--all', '--format', 'json']);
  await posture('ndjson', ['scan', '--all', '--format', 'ndjson']);
  await posture('findings', ['findings', '--format', 'json']);
  await posture('doctor', ['doctor']);
  await posture('collect', ['collect', '-o', 'snapshot.json.gz']);
  said.set('snapshot', gunzipSync(readFileSync(join(folder, 'snapshot.json.gz'))).toString());
  const files = readdirSync(folder).filter((name) => name.startsWith('findings.db'));
  said.set('store', files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n'));
}, 120_000);

afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true });
});

/** An account that fails, and in everything that fails says more than needs to be told. */
function leaky(): Account {
  const more = { condition: { StringEquals: { 'aws:PrincipalTag/team': 'PlantedInUserPolicy' } } };
  const reader = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const stranger = { AWS: 'arn:aws:iam::999988887777:root' };
  return account(ACCOUNT)
    .root({ mfa: 'none', password: { lastUsed: 2 }, keys: [{ age: 400, lastUsed: 2 }], events: [{ name: 'ConsoleLogin', at: 2 }] })
    .contacts({ primary: true, security: true })
    .policy('everything', [allow('*'), { ...allow('s3:GetObject', 'arn:aws:s3:::x/*'), Sid: 'PlantedInManagedPolicy' }])
    .user('dave', {
      ...{ created: 400, password: { lastUsed: 300 }, attached: ['everything'] },
      policies: { own: [allow('*'), allow('s3:GetObject', 'arn:aws:s3:::x/*', more)] },
      keys: [{ age: 400, lastUsed: 300 }, { age: 10 }],
    })
    .role('open', { trust: [trust({ AWS: '*' }), trust(stranger, { StringEquals: { 'sts:ExternalId': 'planted-external-id' } })] })
    .bucket('leaky-photos', {
      block: 'none',
      policy: [
        { ...allow('s3:GetObject', 'arn:aws:s3:::leaky-photos/*', { principal: '*' }), Sid: 'ProvesTheFinding' },
        { ...allow('s3:PutObject', 'arn:aws:s3:::leaky-photos/*', { principal: reader }), Sid: 'PlantedInBucketPolicy' },
      ],
    })
    .securityGroup('ssh', { ingress: ['tcp 22 0.0.0.0/0'] })
    .image('old', { created: 900, public: true })
    .instance('web', { image: 'old', groups: ['ssh'], public: true, os: { name: 'Ubuntu', version: '16.04' }, patches: { missing: 3 } })
    .launchTemplate('fleet', { versions: ['old'] })
    .snapshot('given-away', { public: true });
}

/** From now on AWS refuses some things, and says more than it should. */
function refuse(keyId: string): void {
  const message = `You are not authorized. User with key ${keyId} may not do this. Encoded authorization failure message: planted-encoded-message`;
  aws.faults.add(
    { operation: 'GetEbsEncryptionByDefault', kind: { error: { status: 403, code: 'UnauthorizedOperation', message } } },
    { operation: 'ListTrails', kind: { error: { status: 400, code: 'AccessDeniedException', message } } },
  );
}

async function posture(name: string, argv: readonly string[]): Promise<Ended> {
  const signedIn = { ...aws.environment(ACCOUNT), AWS_SECRET_ACCESS_KEY: 'planted/secret+key', AWS_SESSION_TOKEN: 'planted-session-token' };
  const store = argv[0] === 'doctor' || argv[0] === 'collect' ? [] : ['--store', 'findings.db'];
  const ended = await startPosture([...argv, ...store], { cwd: folder, env: { ...signedIn, POSTURE_DEBUG: '1', NODE_OPTIONS: UNPACED } })
    .ended;
  if (ended.code === null || ended.code > EXIT.incomplete) throw new Error(`${name} ended with ${ended.code}: ${ended.stderr}`);
  said.set(name, `${ended.stdout}\n${ended.stderr}`);
  return ended;
}

describe.each(['table', 'json', 'ndjson', 'findings', 'doctor', 'store', 'SNS messages'])('%s', (name) => {
  test('holds nothing that is secret, and no more of a policy than what proves the finding', () => {
    const text = said.get(name) ?? '';
    expect(text.length).toBeGreaterThan(500);
    expect([...PLANTED].flatMap(([what, planted]) => (text.includes(planted) ? [what] : []))).toEqual([]);
    expect(/\b(AKIA|ASIA)[A-Z0-9]{12,}/.test(text)).toBe(false);
  });
});

test.each(['json', 'ndjson', 'findings', 'store', 'SNS messages'])('%s names what proves a finding', (name) => {
  expect(said.get(name)?.includes('ProvesTheFinding')).toBe(true);
});

test('a snapshot holds nothing that is secret; of policies it holds the whole, for other checks to judge', () => {
  const text = `${said.get('collect')}\n${said.get('snapshot')}`;
  expect(text.length).toBeGreaterThan(5_000);
  const secret = [...PLANTED].filter(([what]) => !what.startsWith('a statement of'));
  expect(secret.flatMap(([what, planted]) => (text.includes(planted) ? [what] : []))).toEqual([]);
  expect(/\b(AKIA|ASIA)[A-Z0-9]{12,}/.test(text)).toBe(false);
});

test('the refusals that say too much were met', () => {
  expect(said.get('json')?.includes('User with key AKIA…')).toBe(true);
});
