import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { UnreadReason } from '../../inventory/facet.ts';
import { ACCOUNT, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const WRITE = 's3-bucket-public-write-absent';
const CONFIG = `organization: { id: o-a1b2c3d4e5, units: [r-ab12] }
checks:
  ${WRITE}:
    severity: LOW
tailoring:
  - where: { units: [ou-ab12-cd34ef56] }
    owner: platform
    checks:
      ${WRITE}: { enabled: false, params: { days: 30 } }
  - where: { tags: { stage: prod } }
    checks:
      ${WRITE}:
        severity: HIGH
        params: { days: 60 }
`;

function folderWith(text: string): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'posture.yaml'), text);
  return cwd;
}

const world = fakeWorld({ buckets: { site: true } });

describe('config check', () => {
  test('says that a sound configuration is sound', async () => {
    expect(await posture(['config', 'check'], world, { cwd: folderWith(CONFIG) })).toEqual({
      code: 0,
      out: 'posture.yaml is sound.\n',
      err: '',
    });
  });

  test('tells all that is wrong, each with its place', async () => {
    const ran = await posture(['config', 'check', 'posture.yaml'], world, { cwd: folderWith('reigons: []\nstore: 3\n') });
    expect(ran).toMatchObject({ code: 2, err: '' });
    expect(ran.out.split('\n')).toEqual([
      'posture.yaml:1:1: unknown key "reigons"; did you mean "regions"?',
      'posture.yaml:2:8: store: expected a file, or dynamodb://<table>, found 3',
      '',
    ]);
  });

  test('tells it to programs, and escapes what a terminal would obey', async () => {
    const cwd = folderWith('"\\e[31mred": 1\n');
    const json = await posture(['config', 'check', '--format', 'json'], world, { cwd });
    expect(JSON.parse(json.out)).toMatchObject({ schemaVersion: 1, file: 'posture.yaml', sound: false, faults: [{ line: 1, column: 1 }] });
    expect((await posture(['config', 'check'], world, { cwd })).out).not.toContain('\u001b');
  });

  test('needs the file that was named', async () => {
    const ran = await posture(['config', 'check', 'none.yaml'], world, {});
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('cannot read the configuration none.yaml (ENOENT)');
  });
});

describe('config explain', () => {
  const explain = (...more: readonly string[]) =>
    posture(['config', 'explain', '--account', ACCOUNT, '--check', WRITE, ...more], world, { cwd: folderWith(CONFIG), columns: 120 });

  test('says which line decided each setting, and what that overruled', async () => {
    const ran = await explain('--tag', 'stage=prod', '--unit', 'r-ab12', '--unit', 'ou-ab12-cd34ef56', '--format', 'json');
    const { settings, unsure } = JSON.parse(ran.out);
    const [enabled, severity, ...params] = settings;
    expect(unsure).toEqual([]);
    expect(enabled).toMatchObject({ setting: 'enabled', value: false, at: 'posture.yaml:9:40', overruled: [{ value: true, at: null }] });
    expect(severity).toMatchObject({
      ...{ value: 'HIGH', at: 'posture.yaml:13:9', key: `tailoring[1].checks.${WRITE}.severity` },
      overruled: [
        { value: 'LOW', at: 'posture.yaml:4:5', key: `checks.${WRITE}.severity` },
        { value: 'CRITICAL', at: null },
      ],
    });
    expect(params.find(({ setting }: { setting: string }) => setting === 'params.days')).toMatchObject({
      ...{ value: 60, at: 'posture.yaml:14:19' },
      overruled: [{ value: 30, at: 'posture.yaml:9:66' }, { value: 45 }],
    });
    expect(params.at(-1)).toMatchObject({ setting: 'owner', value: 'platform', at: 'posture.yaml:7:5', overruled: [] });
  });

  test('draws it, and names the entries that depend on units nobody has named', async () => {
    const { out, code } = await explain('--tag', 'stage=prod');
    expect(code).toBe(0);
    expect(out).toContain(`in account ${ACCOUNT}, in no region that an entry names, tagged stage=prod`);
    expect(out).toMatch(/severity +HIGH +posture\.yaml:13:9 tailoring\[1\]/);
    expect(out).toMatch(/LOW +overruled: posture\.yaml:4:5 checks/);
    expect(out).toMatch(/enabled +true +the default of the check/);
    expect(out).toContain('name them with --unit: posture.yaml:6:5');
  });

  test('without a posture.yaml every setting is the default', async () => {
    const ran = await posture(['config', 'explain', '--account', ACCOUNT, '--check', WRITE, '--format', 'json'], world, {});
    expect(JSON.parse(ran.out).settings.every(({ at }: { at: unknown }) => at === null)).toBe(true);
  });

  test.each([
    [['--account', '12', '--check', WRITE], '"12" is no account id; expected 12 digits in --account'],
    [['--account', ACCOUNT, '--check', 's3-bucket-tls-onyl'], 'there is no check "s3-bucket-tls-onyl"; did you mean "s3-bucket-tls-only"?'],
    [
      ['--account', ACCOUNT, '--check', WRITE, '--region', 'Ireland'],
      '"Ireland" is no region; expected a region such as eu-west-1, or global, in --region',
    ],
    [['--account', ACCOUNT, '--check', WRITE, '--tag', 'prod'], '"prod" is no tag; expected key=value, such as application=shop, in --tag'],
    [
      ['--account', ACCOUNT, '--check', WRITE, '--unit', 'prod'],
      '"prod" is no unit; expected a root such as r-ab12, or ou-ab12-cd34ef56, in --unit',
    ],
    [['--check', WRITE], 'required option \'--account <id>\' not specified; see "posture config --help"'],
  ])('%j is refused in one line', async (argv, message) => {
    expect(await posture(['config', 'explain', ...argv], world, {})).toEqual({ code: 2, out: '', err: `posture: ${message}\n` });
  });
});

describe('a scan by a tailored configuration', () => {
  const scan = async (text: string, given: Parameters<typeof fakeWorld>[1] = {}, cwd = folderWith(text), ...more: readonly string[]) => {
    writeFileSync(join(cwd, 'posture.yaml'), text);
    const buckets = fakeWorld({ buckets: { site: true }, tags: { stage: 'prod' } }, given);
    const ran = await posture(['scan', '--all', '--format', 'json', '--fail-on', 'none', ...more], buckets, { cwd });
    const { findings, coverage } = JSON.parse(ran.out);
    const row = findings.find(({ checkId }: { checkId: string }) => checkId === WRITE);
    return { row, gaps: coverage.gaps };
  };
  const IN_UNIT = `organization: { id: o-a1b2c3d4e5, units: [r-ab12] }\ntailoring:\n  - where: { units: [ou-ab12-cd34ef56] }\n    checks: { ${WRITE}: { enabled: false } }\n`;

  test('judges a resource as the entry for its tags says', async () => {
    const text = `tailoring:\n  - where: { tags: { stage: prod } }\n    checks: { ${WRITE}: { severity: LOW } }\n`;
    expect((await scan(text)).row).toMatchObject({ status: 'FAIL', severity: 'LOW' });
  });

  test('resolves what a check found that is switched off since, but not what a check found that was merely not chosen', async () => {
    const cwd = emptyFolder();
    expect((await scan('', {}, cwd)).row).toMatchObject({ status: 'FAIL', open: true });
    await scan('', {}, cwd, '--checks', 's3-bucket-tls-only');
    const kept = await posture(['findings', '--format', 'json'], world, { cwd });
    expect(JSON.parse(kept.out).findings).toHaveLength(1);
    await scan(`checks: { ${WRITE}: { enabled: false } }\n`, {}, cwd);
    const left = await posture(['findings', '--format', 'json'], world, { cwd });
    expect(JSON.parse(left.out).findings).toEqual([]);
  });

  test('asks for the units of the account where an entry names some, and only there', async () => {
    expect((await scan(IN_UNIT, { unitsOf: async () => ['r-ab12', 'ou-ab12-cd34ef56'] })).row).toMatchObject({
      ...{ status: 'NOT_APPLICABLE', reason: 'switched off by the configuration' },
    });
    expect((await scan(IN_UNIT, { unitsOf: async () => ['r-ab12'] })).row).toMatchObject({ status: 'FAIL' });
    expect((await scan('', { unitsOf: () => expect.fail('nobody wants to know') })).row).toMatchObject({ status: 'FAIL' });
  });

  test('without the units, goes by what is known, and says so in its coverage', async () => {
    const refused: UnreadReason = {
      cause: 'denied',
      operation: 'organizations:ListRoots',
      permissions: ['organizations:ListRoots'],
      message: 'no',
    };
    const { row, gaps } = await scan(IN_UNIT, { unitsOf: async () => refused });
    expect(row).toMatchObject({ status: 'FAIL' });
    expect(gaps).toMatchObject([{ operation: 'organizations:ListRoots', cause: 'denied', region: 'global' }]);
  });
});
