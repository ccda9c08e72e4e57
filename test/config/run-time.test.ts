import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

test('what functions load to read posture.json brings neither a YAML parser nor schemas', async () => {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, '../../config/config.ts')],
    absWorkingDir: join(import.meta.dirname, '../..'),
    ...{ bundle: true, platform: 'node', format: 'esm', write: false, metafile: true },
  });
  expect(Object.keys(metafile.inputs).sort()).toEqual([
    ...['checks/check.ts', 'config/config.ts', 'config/place.ts', 'config/settings-for.ts', 'config/tailoring.ts'],
  ]);
});
