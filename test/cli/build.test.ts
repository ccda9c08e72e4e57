import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { start } from './child.ts';
import { emptyFolder } from './fake-world.ts';

test('the bundle works where nothing is installed', { timeout: 120_000 }, async () => {
  const folder = emptyFolder();
  const root = join(import.meta.dirname, '../..');
  const bundle = join(folder, 'dist/posture.mjs');
  execFileSync(process.execPath, [join(root, 'cli/build.ts'), join(folder, 'dist')], { stdio: 'ignore' });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  expect((await start(['--version'], {}, emptyFolder(), bundle).ended).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  const [source, bundled] = await Promise.all([
    start(['checks', '--format', 'json']).ended,
    start(['checks', '--format', 'json'], {}, emptyFolder(), bundle).ended,
  ]);
  expect(bundled).toEqual(source);
  const unreachable = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key', AWS_ENDPOINT_URL: 'http://localhost:1' };
  const scanned = await start(['scan', '--no-store'], unreachable, emptyFolder(), bundle).ended;
  expect(scanned).toMatchObject({ code: 4, err: expect.stringContaining('AWS STS cannot be reached') });
});
