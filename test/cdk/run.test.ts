import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'cloud-posture-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As `npm run` does it, without any credentials. */
function run(...args: readonly string[]) {
  const { PATH = '', HOME } = process.env;
  const env = {
    PATH: `${join(ROOT, 'node_modules/.bin')}:${PATH}`,
    ...(HOME === undefined ? {} : { HOME: folder }),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
  };
  return spawnSync(process.execPath, ['cdk/run.ts', ...args], { cwd: ROOT, env, encoding: 'utf8' });
}

describe('a wrong configuration', () => {
  test.each([
    ['deploy', '--all', '--context'],
    ['synth', '-c'],
  ])('stops %s with one line before anything is synthesized', (...args) => {
    const config = join(folder, 'wrong.yaml');
    writeFileSync(config, 'schedule: rate(6 hours)\nchecks:\n  iam-user-keys-rotate:\n    enabled: false\n');
    const outdir = join(folder, 'wrong.out');
    const { status, stdout, stderr } = run(...args, `config=${config}`, '--output', outdir);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^\S+wrong\.yaml:3:3: .*iam-user-keys-rotated.*\n$/);
    expect(existsSync(outdir)).toBe(false);
  });
});

test('synth needs no credentials, and leaves the templates for other accounts in dist', () => {
  const outdir = join(folder, 'cdk.out');
  const { status, stderr } = run('synth', '--quiet', '--output', outdir, '--context', 'region=eu-west-1');
  expect(status, stderr).toBe(0);
  for (const stack of ['cloud-posture', 'cloud-posture-member', 'cloud-posture-region-us-east-1', 'cloud-posture-region-eu-west-1']) {
    expect(existsSync(join(outdir, `${stack}.template.json`)), stack).toBe(true);
  }
  for (const name of ['member', 'region']) {
    expect(JSON.parse(readFileSync(join(ROOT, `dist/cloud-posture-${name}.template.json`), 'utf8'))).toHaveProperty(
      'Parameters.HubAccount',
    );
  }
}, 300_000);
