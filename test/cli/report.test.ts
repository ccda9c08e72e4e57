import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, type Account, deniedAcl, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const account: Account = { encryption: { 'eu-west-1': false, 'eu-west-3': true }, buckets: { fine: false, unread: deniedAcl, logs: true } };
const HOSTILE = '=HYPERLINK("x")|<img src=x>\u001b[31m\u202e@team';
const world = fakeWorld(account);

async function scanned(given: Account = account, ...argv: readonly string[]): Promise<string> {
  const cwd = emptyFolder();
  await posture(['scan', ...argv], fakeWorld(given), { cwd });
  return cwd;
}

const report = async (argv: readonly string[], given = account, columns?: number) =>
  posture(['report', ...argv], fakeWorld(given), { cwd: await scanned(given), ...(columns === undefined ? {} : { columns }) });

describe('the report of a framework', () => {
  test('says how its controls stand, with what is known beside the score', async () => {
    const { code, out } = await report(['--framework', 'fsbp']);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "
      AWS Foundational Security Best Practices
      account 123456789012; seen 2026-11-21 08:49 UTC
      only controls that a check decides are listed; the framework has others

      Score     0 of 2 automated controls pass (0%)
      Coverage  4 of 5 verdicts known (80%); 2 of 2 automated controls assessed (100%)
      Controls  1 fail, 1 unknown

      EC2  0 of 1 pass
        Control  Status  Resources       What should be
        EC2.7    fail    1 fail, 1 pass  EBS volumes should be encrypted by default in
                                         every region

      S3  0 of 1 pass
        Control  Status   Resources                 What should be
        S3.3     unknown  1 unknown, 1 pass, 1 n/a  S3 buckets should not let the
                                                    public write

      "posture report --framework fsbp --control <id>" shows what stands against one

      "
    `);
  });

  test.each([40, 60, 80, 120, 200])('fits %i columns', async (columns) => {
    const { out } = await report(['--framework', 'cis-7.0'], account, columns);
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns);
  });

  test('has all of CIS 7.0, and does not assess what no check was run for', async () => {
    const { out } = await report(['--framework', 'cis-7.0', '--format', 'json']);
    const { controls, score, statuses, framework } = JSON.parse(out);
    expect(controls).toHaveLength(70);
    expect(framework).toEqual({ id: 'cis-7.0', name: 'CIS AWS Foundations 7.0', whole: true });
    expect(statuses).toMatchObject({ fail: 1, pass: 0 });
    expect(score).toEqual({ count: 0, of: 1, percent: 0 });
    expect(controls.find(({ id }: { id: string }) => id === '6.1.1')).toMatchObject({
      ...{ status: 'fail', sectionName: 'Networking', level: 1 },
      counts: { pass: 1, fail: 1, unknown: 0, excepted: 0, notApplicable: 0 },
    });
  });

  test('is the same from the store and from a saved scan', async () => {
    const cwd = await scanned(account, '--all', '--format', 'json', '--output', 'scan.json');
    const ofStore = await posture(['report', '--framework', 'fsbp', '--format', 'json'], world, { cwd });
    const ofFile = await posture(['report', '--framework', 'fsbp', '--format', 'json', '--from', 'scan.json'], world, { cwd });
    const { controls, score, coverage } = JSON.parse(ofStore.out);
    expect(JSON.parse(ofFile.out)).toMatchObject({ controls, score, coverage, accounts: [ACCOUNT] });
  });

  test('never has a pass of what was not read', async () => {
    const { out } = await report(['--framework', 'fsbp', '--controls', 'S3.3', '--format', 'json'], { buckets: { unread: deniedAcl } });
    const { controls, score } = JSON.parse(out);
    expect(controls).toMatchObject([{ id: 'S3.3', status: 'unknown' }]);
    expect(score).toEqual({ count: 0, of: 1, percent: 0 });
  });

  test('is of the controls that were asked for, and goes into a file', async () => {
    const cwd = await scanned();
    await posture(['report', '--framework', 'fsbp', '--controls', 'S3.3', '--format', 'csv', '--output', 'fsbp.csv'], world, { cwd });
    expect(readFileSync(join(cwd, 'fsbp.csv'), 'utf8').split('\r\n')).toEqual([
      'framework,control,section,level,title,status,pass,fail,unknown,excepted,not_applicable,checks,left_to_a_person,evidence',
      '"fsbp","S3.3","S3",,"S3 buckets should not let the public write","unknown",1,0,1,0,1,"s3-bucket-public-write-absent",,',
      '',
    ]);
  });

  test('is Markdown for a pull request', async () => {
    const { out } = await report(['--framework', 'fsbp', '--format', 'markdown']);
    expect(out).toContain('- **Score**: 0 of 2 automated controls pass (0%)');
    expect(out).toContain('| S3.3 | unknown | 1 unknown, 1 pass, 1 n/a | S3 buckets should not let the public write |');
  });
});

describe('what an exception covers', () => {
  const honeypot: Account = { buckets: { evil: true, fine: false } };
  const config = `exceptions:
  - check: s3-bucket-public-write-absent
    resource: arn:aws:s3:::evil
    reason: it is a honeypot
    owner: ann@example.com
    expires: 2026-12-31
    ticket: OPS-1
`;
  const control = ['report', '--framework', 'fsbp', '--control', 'S3.3'];

  async function excepted(): Promise<string> {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'posture.yaml'), config);
    await posture(['scan', '--all', '--format', 'json', '--output', 'scan.json'], fakeWorld(honeypot), { cwd });
    return cwd;
  }

  test.each([[[]], [['--from', 'scan.json']]])('is excepted, never passed, with who answers for it until when: %j', async (from) => {
    const cwd = await excepted();
    const { out } = await posture([...control, ...from], world, { cwd, columns: 200 });
    expect(out).toContain('0 of 1 automated control passes (0%)');
    expect(out).toContain('its policy lets anybody write; excepted by ann@example.com until 2026-12-31 (OPS-1): it is a honeypot');
    const { controls } = JSON.parse((await posture([...control, ...from, '--format', 'json'], world, { cwd })).out);
    expect(controls).toMatchObject([{ status: 'excepted', counts: { pass: 1, fail: 0, excepted: 1 } }]);
  });

  test('fails from the day after the exception has ended, even if nobody has looked since', async () => {
    const cwd = await excepted();
    const statusOn = async (day: string) => {
      const { out } = await posture([...control, '--format', 'json'], world, { cwd, now: () => new Date(day) });
      return JSON.parse(out).controls[0].status;
    };
    expect(await statusOn('2026-12-31T23:59:59Z')).toBe('excepted');
    expect(await statusOn('2027-01-01T00:00:00Z')).toBe('fail');
  });
});

describe('a control', () => {
  const evil: Account = { buckets: { evil: true }, tags: { Name: HOSTILE } };

  test('is shown with its checks, what fails and how to fix it', async () => {
    const { out } = await report(['--framework', 'fsbp', '--control', 'EC2.7']);
    expect(out).toMatchInlineSnapshot(`
      "
      AWS Foundational Security Best Practices
      account 123456789012; seen 2026-11-21 08:49 UTC
      only the controls that were asked for

      Score     0 of 1 automated control passes (0%)
      Coverage  2 of 2 verdicts known (100%); 1 of 1 automated control assessed (100%)
      Controls  1 fail

      EC2.7  fail
        EBS volumes should be encrypted by default in every region
        1 fail, 1 pass

      MEDIUM  ec2-ebs-encryption-default  1 resource
        EBS volumes should be encrypted by default in every region
        eu-west-1  eu-west-1  2026-11-21  new EBS volumes are not encrypted by default
        1 fail, 1 pass
        Fix     Turn it on in the region.
                aws ec2 enable-ebs-encryption-by-default --region <region>

      "
    `);
  });

  test('that is left to a person says what to do, and what can be shown for it', async () => {
    const { out } = await report(['--framework', 'cis-7.0', '--control', '2.2']);
    expect(out).toContain('To do   Read the contact');
    expect(out).toContain('Shown   That there is one');
  });

  test.each(['table', 'json', 'csv', 'markdown'])('makes names harmless as %s', async (format) => {
    const { out } = await report(['--framework', 'fsbp', '--control', 'S3.3', '--format', format], evil);
    expect(out).toContain('evil');
    expect(out.replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    if (format === 'csv') expect(out).not.toMatch(/(^|,)"?[=+@-]/m);
    if (format === 'markdown') expect(out).not.toMatch(/<img|@team|=HYPERLINK/);
  });
});

describe('what is wrong is said in one line:', () => {
  test.each<readonly [readonly string[], RegExp]>([
    [[], /--framework/],
    [['--framework', 'cis-70'], /Expected cis-7\.0, .*did you mean "cis-7\.0"\?/],
    [['--framework', 'fsbp', '--control', 'EC2.8'], /no control "EC2\.8" .*did you mean "EC2\.7"\?/],
    [['--framework', 'fsbp', '--account', '12'], /"12" is not an account id/],
    [['--framework', 'fsbp', '--account', '999999999999'], /no complete scan of account 999999999999 is kept here/],
    [['--framework', 'fsbp', '--from', 'none.json'], /cannot read none\.json \(ENOENT\)/],
    [['--framework', 'fsbp', '--from', 'x.json', '--account', ACCOUNT], /--from .*cannot be used with/],
    [['--framework', 'fsbp', '--format', 'pdf'], /pdf/],
  ])('%j', async (argv, line) => {
    const { code, out, err } = await report(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')).toHaveLength(2);
    expect(err).toMatch(line);
  });

  test('no store', async () => {
    const { code, err } = await posture(['report', '--framework', 'fsbp'], world);
    expect(code).toBe(2);
    expect(err).toContain('there is no store at .posture/findings.db');
  });

  test.each([
    ['{', /not JSON/],
    ['{"schemaVersion":2}', /is not what "posture scan --all --format json" writes: /],
  ])('a file that is no scan: %s', async (text, line) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'scan.json'), text);
    const { code, err } = await posture(['report', '--framework', 'fsbp', '--from', 'scan.json'], world, { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(line);
  });

  test('a scan that was saved without what passed', async () => {
    const cwd = await scanned({ buckets: { evil: true, fine: false } }, '--format', 'json', '--output', 'scan.json');
    const { code, err } = await posture(['report', '--framework', 'fsbp', '--from', 'scan.json'], world, { cwd });
    expect(code).toBe(2);
    expect(err).toContain('holds only what did not pass');
  });
});
