import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import type { WrittenConfig } from '../config/written-config.ts';
import { withoutExamples } from './without-examples.ts';

/** The functions by name: the handler of each is `<name>.handler`. */
export const FUNCTIONS = ['plan', 'scan', 'summarize', 'react', 'notify', 'confirm'] as const;

const ROOT = join(import.meta.dirname, '..');

/** Bundled CommonJS may call `require`, which an ES module does not have. */
const BANNER = "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);";

/**
 * Writes all functions into a folder, which is emptied first: `<name>.mjs`, what they share beside it, and the configuration as `posture.json`.
 * The SDK is in it, in parts that are loaded when a client is first needed. Gives what went into it.
 */
export async function bundleFunctions({ outdir, config }: { readonly outdir: string; readonly config: WrittenConfig }): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(FUNCTIONS.map((name) => [name, `functions/${name}.ts`])),
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    // Names of classes are names of errors, in logs and in the state machine's retries.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: BANNER },
    plugins: [withoutExamples],
    metafile: true,
    logLevel: 'warning',
  });
  for (const path of mapsOfOthers(metafile)) rmSync(join(ROOT, path));
  writeFileSync(join(outdir, 'posture.json'), `${JSON.stringify(config)}\n`);
  return metafile;
}

/** Packages, and the small modules that load them. */
const OTHERS = /(^|\/)(node_modules|sdk)\//;

/** The maps of chunks that hold nothing of ours: half of the asset, for traces that end in the SDK. */
function mapsOfOthers({ outputs }: Metafile): readonly string[] {
  return Object.entries(outputs).flatMap(([path, { inputs }]) =>
    `${path}.map` in outputs && Object.keys(inputs).every((input) => OTHERS.test(input)) ? [`${path}.map`] : [],
  );
}
