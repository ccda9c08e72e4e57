import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const outdir = process.argv[2] ?? join(root, 'dist');

/** Bundled CommonJS may call `require`, which an ES module does not have. */
const BANNER =
  "#!/usr/bin/env -S node --max-semi-space-size=4 --heap-growing-percent=50\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);";

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { posture: join(root, 'cli/main.ts') },
  outdir,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  mainFields: ['module', 'main'],
  minifySyntax: true,
  legalComments: 'none',
  banner: { js: BANNER },
  logLevel: 'warning',
});
await chmod(join(outdir, 'posture.mjs'), 0o755);
