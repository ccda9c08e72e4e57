import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OUTPUT_FORMATS } from '../../cli/output-format.ts';
import { type Account, deniedAcl, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const account: Account = { encryption: { 'eu-west-1': false }, buckets: { evil: true, fine: false, dark: deniedAcl } };
/** A world in which nothing may be asked. */
const untouched = fakeWorld(account, { signIn: () => Promise.reject(new Error('asked AWS')) });

async function scanned(argv: readonly string[], cwd = emptyFolder()) {
  const ran = await posture(['scan', '--no-store', ...argv], fakeWorld(account), { cwd });
  return { ...ran, cwd, files: readdirSync(cwd).sort(), text: (file: string) => readFileSync(join(cwd, file), 'utf8') };
}

/** What each form begins with. */
const BEGINNINGS: Readonly<Record<(typeof OUTPUT_FORMATS)[number], RegExp>> = {
  table: /^\n/,
  json: /^\{\n {2}"schemaVersion": 1/,
  ndjson: /^\{"kind":"finding"/,
  csv: /^finding_id,check_id/,
  sarif: /^\{"\$schema"/,
  junit: /^<\?xml version="1.0"/,
  ocsf: /^\[\n\{"activity_id"/,
  asff: /^\[\n\{"SchemaVersion"/,
  markdown: /^## AWS posture/,
  html: /^<!doctype html>/i,
};

describe('one scan', () => {
  test('is written in every form at once, beside the table', async () => {
    const { out, files, text } = await scanned(OUTPUT_FORMATS.flatMap((format) => ['--output', `${format}=posture.${format}`]));
    expect(files).toEqual(OUTPUT_FORMATS.map((format) => `posture.${format}`).sort());
    for (const format of OUTPUT_FORMATS) expect(text(`posture.${format}`)).toMatch(BEGINNINGS[format]);
    expect(out).toContain('s3-bucket-public-write-absent');
  });

  test.each(OUTPUT_FORMATS)('is written to stdout as %s with --format', async (format) => {
    const { out, files } = await scanned(['--format', format]);
    expect(out).toMatch(BEGINNINGS[format]);
    expect(files).toEqual([]);
  });

  test('says the same in every form', async () => {
    const { text } = await scanned(['--output', 'ocsf=o', '--output', 'asff=a', '--output', 'json=j', '--output', 'sarif=s']);
    expect(JSON.parse(text('j')).findings).toHaveLength(3);
    expect(JSON.parse(text('o'))).toHaveLength(3);
    expect(JSON.parse(text('a'))).toHaveLength(3);
    expect(JSON.parse(text('s')).runs[0].results.map((result: { kind: string }) => result.kind)).toEqual(['fail', 'fail', 'open']);
  });

  test('goes to stdout in place of the table with FORMAT=-', async () => {
    expect((await scanned(['--output', 'sarif=-'])).out).toMatch(/^\{"\$schema"/);
  });

  test('has its data in a file and another form on stdout', async () => {
    const { out, text } = await scanned(['--format', 'json', '--output', 'out.json', '--output', 'csv=-']);
    expect(out).toMatch(BEGINNINGS.csv);
    expect(text('out.json')).toMatch(BEGINNINGS.json);
  });

  test('has a file of a name with "=" in it', async () => {
    expect((await scanned(['--output', './a=b'])).files).toEqual(['a=b']);
  });
});

describe('wrong outputs stop a scan before its first call', () => {
  test.each([
    ['an unknown format', ['--output', 'sariff=x'], 'There is no format "sariff"; did you mean "sarif"?'],
    ['an unknown --format', ['--format', 'junitt'], 'did you mean "junit"?'],
    ['no file', ['--output', 'csv='], 'expected csv=FILE, or csv=- for stdout'],
    ['an empty target', ['--output', ''], 'It is empty; name a file, or FORMAT=FILE'],
    ['a folder that is not there', ['--output', 'csv=ok.csv', '--output', 'sarif=no/such.sarif'], 'cannot write no/such.sarif (ENOENT)'],
    ['two files without a form', ['--output', 'a', '--output', 'b'], 'only one --output may be a file without its format; write FORMAT=b'],
    ['one file twice', ['--output', 'csv=x', '--output', 'sarif=./x'], 'csv and sarif would both go to ./x'],
    ['two forms on stdout', ['--output', 'csv=-', '--output', 'sarif=-'], 'csv and sarif would both go to stdout'],
    ['a chosen format and another on stdout', ['--format', 'json', '--output', 'sarif=-'], 'json and sarif would both go to stdout'],
  ])('%s', async (_, argv, complaint) => {
    const cwd = emptyFolder();
    const { code, err, out } = await posture(['scan', '--no-store', ...argv], untouched, { cwd });
    expect([code, out, readdirSync(cwd)]).toEqual([2, '', []]);
    expect(err).toContain(complaint);
    expect(err).not.toContain('asked AWS');
  });
});

describe('a file appears only when it is whole', () => {
  test('a scan that fails leaves every old file as it was', async () => {
    const cwd = emptyFolder();
    for (const name of ['a', 'b']) writeFileSync(join(cwd, name), 'old');
    const world = fakeWorld(account, { planScopes: () => Promise.reject(new Error('no')) });
    await posture(['scan', '--no-store', '--output', 'csv=a', '--output', 'sarif=b'], world, { cwd });
    expect(readdirSync(cwd)).toEqual(['a', 'b']);
    expect(readFileSync(join(cwd, 'b'), 'utf8')).toBe('old');
  });

  test('what can be written is, even if another cannot any more', async () => {
    const cwd = emptyFolder();
    const world = fakeWorld(account, {
      planScopes: async (...given) => {
        mkdirSync(join(cwd, 'a'));
        return fakeWorld(account).planScopes(...given);
      },
    });
    const { code, err } = await posture(['scan', '--no-store', '--output', 'csv=a', '--output', 'sarif=b'], world, { cwd });
    expect([code, readdirSync(cwd)]).toEqual([5, ['a', 'b']]);
    expect(err).toContain('cannot write a (EISDIR)');
    expect(readFileSync(join(cwd, 'b'), 'utf8')).toMatch(BEGINNINGS.sarif);
  });
});
