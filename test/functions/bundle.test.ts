import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { zipBytes } from '../../bench/functions.ts';
import { bundleFunctions, FUNCTIONS } from '../../cdk/bundle.ts';
import { activityChecks } from '../../checks/activity-registry.ts';
import { checks } from '../../checks/registry.ts';

const outdir = mkdtempSync(join(tmpdir(), 'bundle-'));
writeFileSync(join(outdir, 'left-over.mjs'), '');
const metafile = await bundleFunctions({ outdir, config: { regions: ['eu-west-1'] } });
afterAll(() => rmSync(outdir, { recursive: true }));

const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));

/** A file and all that is loaded with it. */
function loadedWith(name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { path, kind, external } of outputs.get(name)?.imports ?? []) {
    if (kind === 'import-statement' && !external) loadedWith(basename(path), seen);
  }
  return seen;
}

/** Sources of all that is loaded with a file. */
function sourcesOf(name: string): readonly string[] {
  return [...loadedWith(name)].flatMap((file) => Object.keys(outputs.get(file)?.inputs ?? {}));
}

describe('the bundle', () => {
  test('holds a module for each function, and the configuration', () => {
    const files = readdirSync(outdir);
    expect(files).toEqual(expect.arrayContaining([...FUNCTIONS.map((name) => `${name}.mjs`), 'posture.json']));
    expect(JSON.parse(readFileSync(join(outdir, 'posture.json'), 'utf8'))).toEqual({ regions: ['eu-west-1'] });
  });

  test('holds nothing that lay in the folder before', () => {
    expect(readdirSync(outdir)).not.toContain('left-over.mjs');
  });

  test('holds none of the examples of checks', () => {
    const names = [...checks, ...activityChecks].flatMap((check) => Object.values(check.examples).flatMap((named) => Object.keys(named)));
    // Shorter ones are words of other texts too.
    const examples = names.filter((name) => name.length > 30);
    const texts = readdirSync(outdir)
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => readFileSync(join(outdir, name), 'utf8'));
    expect(examples.length).toBeGreaterThan(100);
    expect(examples.filter((name) => texts.some((text) => text.includes(name)))).toEqual([]);
  });

  test('is the same for the same sources', async () => {
    const read = () => Object.fromEntries(readdirSync(outdir).map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
    const before = read();
    await bundleFunctions({ outdir, config: { regions: ['eu-west-1'] } });
    expect(read()).toEqual(before);
  });

  test('holds neither the command line, nor the emulator, nor what reads YAML', () => {
    const strangers = /^(cli|emulator|cdk|bench|test)\/|node_modules\/(yaml|commander|aws-cdk-lib|esbuild)\//;
    expect(Object.keys(metafile.inputs).filter((path) => strangers.test(path))).toEqual([]);
  });

  test('has a map for every module that holds something of ours', () => {
    const files = new Set(readdirSync(outdir));
    const ours = [...outputs].filter(([, { inputs }]) =>
      Object.keys(inputs).some((path) => /^(checks|config|findings|functions)\//.test(path) && !path.includes('/sdk/')),
    );
    expect(ours.length).toBeGreaterThan(FUNCTIONS.length);
    expect(ours.map(([name]) => `${name}.map`).filter((name) => !files.has(name))).toEqual([]);
  });

  test('is at most 2.5 MB when it is sent', () => {
    expect(zipBytes(outdir)).toBeLessThan(2_500_000);
  });

  test.each(FUNCTIONS)('exports the handler of %s, which needs nothing of its surroundings to be loaded', async (name) => {
    expect(outputs.get(`${name}.mjs`)?.exports).toEqual(['handler']);
  });

  test.each(FUNCTIONS)('loads no client of the SDK with %s', (name) => {
    expect(sourcesOf(`${name}.mjs`).filter((path) => /@aws-sdk\/(client-|lib-)|@smithy\/(core|node-http-handler)/.test(path))).toEqual([]);
  });

  test('loads no checks with what only confirms', () => {
    expect(sourcesOf('confirm.mjs').filter((path) => path === 'checks/registry.ts')).toEqual([]);
  });
});
