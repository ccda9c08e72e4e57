import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Activity, type AnyActivityCheck, activity, defineActivityCheck, type EventSelector, quiet } from '../../checks/activity.ts';
import { activityChecks } from '../../checks/activity-registry.ts';
import type { Severity } from '../../checks/check.ts';
import { awsWorld } from '../../cli/aws-world.ts';
import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { sources } from '../../inventory/registry.ts';
import { corpusFolder, corpusRecords, corpusTitle, hasCorpus, type Raw } from '../inventory/events/corpus.ts';
import { record } from '../inventory/events/records.ts';
import { MAIN, start } from './child.ts';
import { emptyFolder, fakeWorld, posture, type Ran, type Terminal } from './fake-world.ts';

function check(
  id: string,
  severity: Severity,
  events: readonly EventSelector[],
  evaluate: (event: CloudTrailEvent) => Activity | undefined,
): AnyActivityCheck {
  const texts = { title: `Somebody did ${id}`, risk: 'Some.', remediation: { text: 'None.' } };
  return defineActivityCheck({
    ...{ id, severity, ...texts, controls: ['CIS-AWS-7.0:5.10'], attack: [], equivalents: {} },
    ...{ events, evaluate, examples: { activity: {}, quiet: {} } },
  });
}

const opened = check(
  'activity-opened',
  'HIGH',
  [{ source: 'ec2.amazonaws.com', names: ['AuthorizeSecurityGroupIngress'] }],
  ({ outcome }) => (outcome === 'succeeded' ? activity('a port was opened') : quiet),
);
const refused = check('activity-refused', 'LOW', [{ outcome: 'refused' }], ({ id }) =>
  activity('calls are refused', {}, { threshold: { key: 'refused', item: id, count: 3, minutes: 10 } }),
);
const looked = check('activity-looked', 'INFORMATIONAL', [{ source: 'any', names: ['GetThing'] }], () =>
  activity('somebody looked', {}, { once: { key: 'looked', minutes: 60 } }),
);
const read = check('activity-read', 'MEDIUM', [{ source: 'any', names: ['ReadThing20150331v2', 'ReadThing'] }], ({ request }) =>
  request.at('what').text === 'secret' ? activity('a secret was read') : quiet,
);

const world = fakeWorld({}, { activityChecks: [opened, refused, looked, read], sources: async () => sources });
const open = record({ requestParameters: { groupId: 'sg-0a1b2c3d' }, responseElements: { _return: true } });

function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = emptyFolder();
  for (const [file, contents] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), typeof contents === 'string' ? contents : JSON.stringify(contents));
  }
  return folder;
}

const replayed = (files: Readonly<Record<string, unknown>>, argv: readonly string[] = [], terminal: Terminal = {}): Promise<Ran> =>
  posture(['replay', ...(argv.some((word) => !word.startsWith('-') && files[word]) ? [] : ['.']), ...argv], world, {
    cwd: folderOf(files),
    ...terminal,
  });

async function linesOf(records: readonly Raw[], ...argv: readonly string[]): Promise<readonly Raw[]> {
  const { out } = await replayed({ 'a.json': { Records: records } }, ['--format', 'ndjson', ...argv]);
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

describe('NDJSON', () => {
  test('has a line for a record with an activity or a touch, and all that is promised in it', async () => {
    expect(await linesOf([record({ eventName: 'DescribeVpcs' }), open])).toEqual([
      {
        eventId: 'e0000000-0000-4000-8000-000000000001',
        eventTime: '2026-11-21T08:00:00Z',
        eventSource: 'ec2.amazonaws.com',
        eventName: 'AuthorizeSecurityGroupIngress',
        accountId: '111122223333',
        region: 'eu-west-1',
        actor: {
          ...{ kind: 'user', name: 'ana', arn: 'arn:aws:iam::111122223333:user/ana', accountId: '111122223333' },
          ...{ from: '198.51.100.7', tool: 'sdk', accessKeyId: 'AKIAEXAMPLE' },
        },
        activities: [{ checkId: 'activity-opened', severity: 'HIGH', reason: 'a port was opened', controls: ['CIS-AWS-7.0:5.10'] }],
        touches: [{ resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-0a1b2c3d', accountId: '111122223333', region: 'eu-west-1' }],
      },
    ]);
  });

  test('says of a call that did not succeed what became of it', async () => {
    const wrong = { ...open, errorCode: 'Client.UnauthorizedOperation' };
    expect(await linesOf([wrong], '--all')).toMatchObject([{ outcome: 'refused', activities: [], touches: [] }]);
  });

  test('names an event as its record does', async () => {
    const lambda = record({ eventName: 'ReadThing20150331v2', requestParameters: { what: 'secret' } });
    expect(await linesOf([lambda])).toMatchObject([{ eventName: 'ReadThing20150331v2', activities: [{ checkId: 'activity-read' }] }]);
  });

  test('marks what a check cannot tell, and names what is broken', async () => {
    const omitted = record({ eventName: 'ReadThing', requestParameters: { omitted: true } });
    expect(await linesOf([omitted])).toMatchObject([
      { faults: ['requestParameters were left out for size'], activities: [{ unsure: true, severity: 'MEDIUM' }] },
    ]);
  });

  test('has every record with --all', async () => {
    expect(await linesOf([record({ eventName: 'DescribeVpcs' }), open], '--all')).toMatchObject([{ activities: [] }, {}]);
  });

  test('keeps every record of those that are told once', async () => {
    expect(await linesOf(Array.from({ length: 3 }, () => record({ eventName: 'GetThing' })))).toHaveLength(3);
  });

  test('has activities alone with --no-touches', async () => {
    expect(await linesOf([open, record({ eventName: 'CreateVpc' })], '--no-touches')).toMatchObject([{ touches: [] }]);
  });

  test('takes records out of their envelopes', async () => {
    const line = { 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.ec2', detail: open };
    const { out } = await replayed({ 'a.ndjson': JSON.stringify(line) }, ['--format', 'ndjson']);
    expect(JSON.parse(out)).toMatchObject({ eventId: 'e0000000-0000-4000-8000-000000000001', touches: [{ resourceId: 'sg-0a1b2c3d' }] });
  });

  test('steers no terminal, whatever somebody calls themselves', async () => {
    const { out } = await replayed({ 'a.json': [{ ...open, userIdentity: { type: 'IAMUser', userName: '\u001b[2J\u202e' } }] }, [
      '--format',
      'ndjson',
    ]);
    expect(out).not.toMatch(/\p{Cc}(?!$)|\p{Cf}/u);
  });
});

describe('a threshold', () => {
  const denied = (id: number, eventTime: string) =>
    record({ eventName: 'GetX', errorCode: 'AccessDenied', eventID: `id-${id}`, eventTime });
  const ids = (lines: readonly Raw[]) => lines.map(({ eventId }) => eventId);

  test('is told with the record that reaches it, once in its time', async () => {
    const burst = [1, 2, 3, 4, 5].map((id) => denied(id, `2026-11-21T08:0${id}:00Z`));
    expect(ids(await linesOf(burst))).toEqual(['id-3']);
  });

  test('counts different items only', async () => {
    expect(await linesOf([1, 1, 1, 2].map((id) => denied(id, '2026-11-21T08:00:00Z')))).toEqual([]);
  });

  test('is reached whatever the order of the files, and across borders of hours', async () => {
    const burst = [denied(1, '2026-11-21T09:02:00Z'), denied(2, '2026-11-21T08:58:00Z'), denied(3, '2026-11-21T09:00:30Z')];
    expect(ids(await linesOf(burst))).toEqual(['id-3']);
  });

  test('is told again later', async () => {
    const bursts = [1, 2, 3, 4, 5, 6].map((id) => denied(id, `2026-11-21T${id < 4 ? '08' : '10'}:0${id}:00Z`));
    expect(ids(await linesOf(bursts))).toEqual(['id-3', 'id-6']);
  });

  test('is not reached by what comes too far apart', async () => {
    expect(await linesOf([1, 2, 3, 4].map((id) => denied(id, `2026-11-21T0${id}:00:00Z`)))).toEqual([]);
  });
});

describe('what is asked for', () => {
  const hours = ['06', '07', '08', '09'].map((hour) => ({ ...open, eventID: hour, eventTime: `2026-11-21T${hour}:00:00Z` }));

  test.each([
    [
      ['--since', '2026-11-21T08:00Z'],
      ['08', '09'],
    ],
    [
      ['--until', '2026-11-21T08:00Z'],
      ['06', '07'],
    ],
    [
      ['--since', '2026-11-21T07:00', '--until', '2026-11-21T09:00:00+00:00'],
      ['07', '08'],
    ],
    [['--since', '2026-11-22'], []],
    [['--until', '2026-11-21'], []],
  ])('%j', async (argv, ids) => {
    expect((await linesOf(hours, ...argv)).map(({ eventId }) => eventId)).toEqual(ids);
  });

  test('by time leaves out no record of which none is known', async () => {
    expect(await linesOf([{ ...open, eventTime: 'soon' }], '--since', '2026-11-22')).toHaveLength(1);
  });

  test.each([
    ['--since', 'yesterday'],
    ['--until', '2026-13-01'],
  ])('%s %s is refused', async (option, value) => {
    expect(await replayed({ 'a.json': [open] }, [option, value])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Expected a day'),
    });
  });

  test('by check', async () => {
    const records = [open, record({ eventName: 'GetThing' })];
    expect(await linesOf(records, '--checks', 'activity-looked', '--no-touches')).toMatchObject([{ eventName: 'GetThing' }]);
    expect(await linesOf(records, '--exclude', 'activity-looked', '--no-touches')).toMatchObject([
      { activities: [{ checkId: 'activity-opened' }] },
    ]);
  });

  test('by a check that there is none of is refused, with the nearest', async () => {
    const { code, err } = await replayed({ 'a.json': [open] }, ['--checks', 'activity-opend']);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('activity-opened') });
  });

  test('by configuration', async () => {
    const settings = { 'posture.yaml': 'checks:\n  activity-opened:\n    severity: CRITICAL\n  activity-looked:\n    enabled: false\n' };
    const { out } = await replayed({ ...settings, 'a.json': [open, record({ eventName: 'GetThing' })] }, ['--format', 'ndjson']);
    expect(
      out
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ activities: [{ severity: 'CRITICAL' }] }]);
  });
});

describe('JSON', () => {
  test('is one document with a summary', async () => {
    const { out } = await replayed({ 'a.json': [open, record({ eventName: 'DescribeVpcs' })] }, ['--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      records: [{ eventName: 'AuthorizeSecurityGroupIngress' }],
      summary: {
        files: 1,
        records: 2,
        withResults: 1,
        activities: 1,
        touches: 1,
        broken: 0,
        bySeverity: { HIGH: 1 },
        from: '2026-11-21T08:00:00.000Z',
      },
    });
  });

  test('is a document where there is nothing to say', async () => {
    const { out, code } = await replayed({ 'a.json': [record({ eventName: 'DescribeVpcs' })] }, ['--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ records: [], summary: { records: 1, activities: 0 } });
    expect(code).toBe(0);
  });
});

describe('the table', () => {
  const records = [open, ...Array.from({ length: 20 }, () => record({ eventName: 'GetThing' })), record({ eventName: 'CreateVpc' })];

  test.each([[60], [80], [140]])('fits a terminal of %d columns', async (columns) => {
    const { out } = await replayed({ 'a.json': records }, [], { columns });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test('has activities under their checks, worst first, with repetitions folded, and what was changed', async () => {
    const { out } = await replayed({ 'a.json': records }, [], { columns: 140 });
    expect(out).toMatch(/HIGH {2}activity-opened[\s\S]*INFORMATIONAL {2}activity-looked {2}20 times/);
    expect(out).toContain('2026-11-21 08:00:00  ana');
    expect(out).toContain('somebody looked (20 times)');
    expect(out).toContain('Changed resources');
    expect(out).toContain('22 records in 1 file, 21 activities (1 HIGH, 20 INFORMATIONAL)');
  });

  test('shows some of many, and says how many more there are', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ ...open, eventID: `${index}` }));
    expect((await replayed({ 'a.json': many })).out).toContain('and 38 more; --format ndjson has them all');
  });

  test('has every record before that with --all', async () => {
    const { out } = await replayed({ 'a.json': [open, record({ eventName: 'DescribeVpcs' })] }, ['--all'], { columns: 200 });
    expect(out).toContain('DescribeVpcs');
    expect(out).toContain('HIGH: a port was opened; changes SecurityGroup sg-0a1b2c3d');
  });
});

describe('the exit code', () => {
  const broken = `${JSON.stringify(open)}\n{"eventName":\n`;

  test.each<[string, Readonly<Record<string, unknown>>, readonly string[], number]>([
    ['0 when there is nothing', { 'a.json': [record({ eventName: 'DescribeVpcs' })] }, [], 0],
    [
      '0 when there are touches alone',
      { 'a.json': [record({ eventName: 'CreateVpc', responseElements: { vpc: { vpcId: 'vpc-1' } } })] },
      [],
      0,
    ],
    ['1 when there are activities', { 'a.json': [open] }, [], 1],
    ['0 when they are less severe than asked for', { 'a.json': [open] }, ['--fail-on', 'critical'], 0],
    ['0 when it was asked never to fail', { 'a.json': [open] }, ['--fail-on', 'none'], 0],
    ['1 when something is broken besides', { 'a.ndjson': broken }, [], 1],
    ['3 when something is broken and coverage strict', { 'a.ndjson': broken }, ['--strict-coverage'], 3],
    [
      '3 when something cannot be judged and coverage strict',
      { 'a.json': [record({ eventName: 'ReadThing', requestParameters: 5 })] },
      ['--strict-coverage'],
      3,
    ],
    ['2 when there is no file', {}, [], 2],
    ['2 when there is no record', { 'a.json': { a: 1 } }, [], 2],
    ['2 when the output cannot be written', { 'a.json': [open] }, ['--output', '/nowhere/out'], 2],
    ['2 without a path', {}, ['--help-me'], 2],
  ])('is %s', async (_, files, argv, code) => {
    expect((await replayed(files, argv)).code).toBe(code);
  });
});

describe('what is broken', () => {
  test('is told with its file and its line, counted, and the rest is judged', async () => {
    const files = {
      'a.ndjson': `{"eventName":\n${JSON.stringify(open)}\n5\n`,
      'b.json': '[{"a":',
      'c.json': [{ a: 1 }],
      'd.json': [open],
      'e.txt': '',
    };
    const { out, err } = await replayed(files, ['--format', 'ndjson']);
    expect(out.split('\n')).toHaveLength(3);
    expect(err.split('\n').slice(0, -1)).toEqual([
      'posture: a.ndjson: line 1: is no JSON',
      'posture: a.ndjson: line 3: is no record',
      'posture: b.json: it ends in the middle of what begins at byte 2; nothing after it could be judged',
      'posture: c.json: it holds an object that is no CloudTrail record',
      '2 records in 4 files, 2 activities (2 HIGH), 2 changes to resources, 4 things that could not be read, 1 file passed over by name',
    ]);
  });

  test('of a record is counted', async () => {
    const { err } = await replayed({ 'a.json': [open, { ...open, awsRegion: 5 }] }, ['--format', 'ndjson']);
    expect(err).toContain('1 record with faults');
  });

  test('is not told without end', async () => {
    const { err } = await replayed({ 'a.ndjson': `${'x\n'.repeat(1_000)}${JSON.stringify(open)}` });
    expect(err.split('\n').length).toBeLessThan(30);
    expect(err).toContain('1,000 things that could not be read');
  });
});

describe('the output', () => {
  test('is a file that appears when it is whole', async () => {
    const cwd = folderOf({ 'a.json': [open] });
    const { out } = await posture(['replay', 'a.json', '--format', 'ndjson', '--output', 'out.ndjson'], world, { cwd });
    expect(out).toBe('');
    expect(JSON.parse(readFileSync(join(cwd, 'out.ndjson'), 'utf8'))).toMatchObject({ eventName: 'AuthorizeSecurityGroupIngress' });
    expect(readdirSync(cwd).sort()).toEqual(['a.json', 'out.ndjson']);
  });

  test('is no file when the work is stopped', async () => {
    const cwd = folderOf({ 'a.json': [open] });
    const argv = ['replay', 'a.json', '--format', 'ndjson', '--output', 'out.ndjson'];
    const { code, err } = await posture(argv, world, { cwd, interrupted: AbortSignal.abort() });
    expect({ code, err }).toEqual({ code: 130, err: 'posture: stopped after 1 record of 1 file; the rest was not judged\n' });
    expect(readdirSync(cwd)).toEqual(['a.json']);
  });

  test('may end before the work does, as with head', async () => {
    const folder = folderOf(
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.json`, Array.from({ length: 400 }, () => open)])),
    );
    const { child, ended } = start(['replay', folder, '--format', 'ndjson', '--quiet'], {}, folder, MAIN);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ err: '' });
  });
});

describe.skipIf(!hasCorpus)(corpusTitle, () => {
  test('is judged whole: nothing is broken, and every line is what it promises', { timeout: 120_000 }, async () => {
    const { out, err } = await posture(['replay', corpusFolder(), '--format', 'ndjson', '--all'], awsWorld);
    const lines = out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(err).toMatch(/^2,900 records in 55 files, [^\n]+\n$/);
    expect(err).not.toMatch(/could not be/);
    expect(lines.map(({ eventId }) => eventId).sort()).toEqual(
      corpusRecords()
        .map(({ eventID }) => eventID)
        .sort(),
    );
    const known = new Set(activityChecks.map(({ id }) => id));
    const wrong = lines.filter(
      ({ actor, activities }) => actor.name === '' || activities.some(({ checkId }: { readonly checkId: string }) => !known.has(checkId)),
    );
    expect(wrong).toEqual([]);
  });

  test('comes to the same in every run', { timeout: 120_000 }, async () => {
    const [one, other] = await Promise.all([1, 2].map(() => posture(['replay', corpusFolder(), '--format', 'ndjson'], awsWorld)));
    expect(one?.out).toBe(other?.out);
  });
});
