import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Plugin } from 'esbuild';

const CHECK_FILE = /[\\/]checks[\\/][^\\/]+[\\/][^\\/]+\.ts$/;
/** As every check is formatted. */
const EXAMPLES = /^ {2}examples: \{$.*?^ {2}\},$/ms;

/** Leaves the examples of checks out of a bundle: no function needs them, and they would be a fifth of what a cold start reads. @throws on a check that has none */
export const withoutExamples: Plugin = {
  name: 'without-examples',
  setup(build) {
    build.onLoad({ filter: CHECK_FILE }, async ({ path }) => {
      if (basename(dirname(path)) === 'predicates') return undefined;
      return { contents: stripped(await readFile(path, 'utf8'), path), loader: 'ts' };
    });
  },
};

function stripped(source: string, path: string): string {
  const { 0: examples, index } = EXAMPLES.exec(source) ?? {};
  if (examples === undefined || index === undefined) throw new Error(`${path} has no examples that are written as those of other checks`);
  const lines = examples.split('\n').length;
  return `${source.slice(0, index)}  examples: {},${'\n'.repeat(lines - 1)}${source.slice(index + examples.length)}`;
}
