import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretsIn, secretsInUserData } from '../../../inventory/ec2/user-data-secrets.ts';
import { refusalOf } from '../describe-reader.ts';

const kindsIn = (text: string) => secretsIn(text).map(({ kind }) => kind);
const encoded = (text: string) => Buffer.from(text).toString('base64');
/** Put together here, so that no line of this file looks like a secret to those who look for some. */
const key = ['AKIA', 'QWERTYUIOPASDFGH'].join('');

describe('found', () => {
  test.each([
    [`aws_access_key_id = ${key}`, 'AWS access key'],
    [['-----BEGIN RSA', ' PRIVATE KEY-----'].join(''), 'private key'],
    [['-----BEGIN', ' PRIVATE KEY-----'].join(''), 'private key'],
    [`git clone https://${['ghp', '_'].join('')}${'a1B2'.repeat(9)}@github.com/x/y`, 'GitHub token'],
    ['psql postgres://shop:s3cr3tpw@db.internal/shop', 'password in a URL'],
    ['export DB_PASSWORD=correct-horse', 'password or key'],
    ['  "apiKey": "0123456789abcdef",', 'password or key'],
    ["secret_access_key: 'wJalrXUtnFEMI/K7MDENG'", 'password or key'],
    ['net user Administrator --password "P@ssw0rd1"', 'password or key'],
    ['$Passphrase := "correct horse"', undefined],
  ])('%s', (text, kind) => {
    expect(kindsIn(text)).toEqual(kind === undefined ? [] : [kind]);
  });

  test('with the line on which it is, and each kind once a line', () => {
    expect(secretsIn(`#!/bin/sh\n\nPASSWORD=hunter22 API_KEY=0123456789\nexport A=${key}`)).toEqual([
      { kind: 'password or key', line: 3 },
      { kind: 'AWS access key', line: 4 },
    ]);
  });
});

test.each([
  'export DB_PASSWORD=$(aws ssm get-parameter --name /db)',
  ['DB_PASSWORD=$', '{PASSWORD}'].join(''),
  'password: {{ vault_password }}',
  'SECRET_ARN=arn:aws:secretsmanager:eu-west-1:111122223333:secret:db',
  'secretName: production-database',
  'POSTGRES_PASSWORD_FILE=/run/secrets/db',
  'passwordPolicy=strict-enough',
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
  'curl https://example.com:8443/install@latest',
  'PasswordAuthentication no',
  'yum install -y gnome-keyring libsecret',
  '#cloud-config',
  '',
])('no secret: %s', (text) => {
  expect(kindsIn(text)).toEqual([]);
});

describe('user data', () => {
  test('is decoded, and opened where it is compressed', () => {
    const text = 'export DB_PASSWORD=correct-horse';
    expect(secretsInUserData('ec2:X', encoded(text))).toEqual([{ kind: 'password or key', line: 1 }]);
    expect(secretsInUserData('ec2:X', gzipSync(text).toString('base64'))).toEqual([{ kind: 'password or key', line: 1 }]);
    expect(secretsInUserData('ec2:X', undefined)).toEqual([]);
  });

  test('that is compressed and broken is unread, not free of secrets', async () => {
    const broken = gzipSync('export DB_PASSWORD=correct-horse').subarray(0, 20).toString('base64');
    expect(await refusalOf(() => secretsInUserData('ec2:X', broken))).toMatchObject({ cause: 'malformed', operation: 'ec2:X' });
  });

  test('never comes back out, whatever is in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{12,40}$/), fc.nat(5), (secret, before) => {
        const found = secretsIn(`${'\n'.repeat(before)}DB_PASSWORD=${secret}`);
        expect(found).toEqual([{ kind: 'password or key', line: before + 1 }]);
        expect(JSON.stringify(found)).not.toContain(secret);
      }),
    );
  });

  test('is looked through in time, whatever somebody writes', () => {
    const started = performance.now();
    for (const part of ['password', 'password-', 'a.', 'http://', 'x:', '-----BEGIN ', 'secret_'])
      secretsIn(part.repeat(Math.ceil(100_000 / part.length)));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
