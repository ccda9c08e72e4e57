import { afterEach, describe, expect, test, vi } from 'vitest';
import { generateCredentialReport } from '../../../inventory/iam/calls.ts';
import { toCredentialReport, toRootCredentials, toUserCredentials } from '../../../inventory/iam/credential-report.ts';
import { refusalOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession } from '../fake-session.ts';
import { REPORT, REPORT_HEADER, REPORTED_AT } from './account-of-two-pages.ts';

const report = (csv: string) => toCredentialReport(csv, REPORTED_AT);
const rootRow = (text: string, other: string) => report(REPORT.replace(text, other));

describe('the credential report', () => {
  test('tells what the root user has, also where the password is not supported', () => {
    expect(toRootCredentials(report(REPORT))).toEqual({
      reportGeneratedAt: REPORTED_AT,
      passwordEnabled: undefined,
      passwordLastUsedAt: '2026-02-03T04:05:06.000Z',
      mfaActive: true,
      accessKeys: [],
      activeCertificates: 1,
    });
  });

  test.each([
    ['true', true],
    ['false', false],
    ['TRUE', true],
    ['not_supported', undefined],
  ])('that calls root’s password enabled: %s', (text, passwordEnabled) => {
    expect(toRootCredentials(rootRow('not_supported,2026', `${text},2026`))).toMatchObject({ passwordEnabled, mfaActive: true });
  });

  test.each(['N/A', 'no_information', 'not_supported', ''])('tells no time by "%s", neither of a password nor of a key', (text) => {
    const unused = rootRow('2026-02-03T04:05:06+00:00', text).rows.get('<root_account>');
    const rows = new Map([['<root_account>', { ...unused, access_key_2_active: 'true', access_key_2_last_used_date: text }]]);
    expect(toRootCredentials({ generatedAt: REPORTED_AT, rows })).toMatchObject({
      passwordLastUsedAt: undefined,
      accessKeys: [{ slot: 2, active: true, rotatedAt: undefined, lastUsedAt: undefined }],
    });
  });

  test('finds root by its name alone: nobody else is taken for it', () => {
    const [header = '', root = '', ...users] = REPORT.split('\n');
    const groot = root.replace('<root_account>', 'root').replace(',true,', ',false,');
    expect(toRootCredentials(report([header, groot, ...users, root].join('\n')))).toMatchObject({ mfaActive: true });
  });

  test('is read by its header: columns may come and move', () => {
    const [header = '', root = ''] = REPORT.split('\n');
    const moved = [`additional_credentials_info,${header}`, `"keys: ""x"", 1\nmore",${root}`].join('\r\n');
    expect(toRootCredentials(report(moved))).toEqual(toRootCredentials(report(REPORT)));
  });

  test.each([
    ['the root row is missing', REPORT_HEADER],
    ['it is empty', ''],
    ['it breaks off in a row', REPORT.slice(0, REPORT.indexOf('not_supported'))],
    ['it breaks off in a quoted field', `${REPORT_HEADER}\n"<root_account>`],
    ['a column is missing', REPORT.replace('mfa_active', 'other')],
    ['a flag is neither true nor false', REPORT.replace('not_supported,true,', 'not_supported,perhaps,')],
    ['a time is none', REPORT.replace('2026-02-03T04:05:06+00:00', 'yesterday')],
  ])('is unread for the root user where %s', async (_how, csv) => {
    expect(await refusalOf(() => toRootCredentials(report(csv)))).toMatchObject({
      cause: 'malformed',
      operation: 'iam:GetCredentialReport',
    });
  });

  test('gives times in UTC', () => {
    const east = report(REPORT.replace('2026-06-01T00:00:00+00:00', '2026-06-01T02:00:00+02:00'));
    expect(toUserCredentials(east, 'alice').accessKeys[0]?.lastUsedAt).toBe('2026-06-01T00:00:00.000Z');
  });

  test('takes times without a zone for UTC, wherever it is read', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const bare = report(REPORT.replace('2026-06-01T00:00:00+00:00', '2026-06-01T00:00:00'));
    expect(toUserCredentials(bare, 'alice').accessKeys[0]?.lastUsedAt).toBe('2026-06-01T00:00:00.000Z');
    vi.unstubAllEnvs();
  });
});

describe('waiting for the credential report', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  function generate(answers: Answers) {
    vi.useFakeTimers({ toFake: ['setTimeout'] }).setTimerTickMode('nextTimerAsync');
    const { session, sent } = fakeSession(answers);
    const place = { session, scope: { accountId: ACCOUNT, region: 'global' }, declared: [generateCredentialReport] };
    return { waiting: generateCredentialReport(place), sent };
  }

  test('asks until it is complete', async () => {
    const states = ['STARTED', 'INPROGRESS', 'COMPLETE'];
    const { waiting, sent } = generate({ 'iam:GenerateCredentialReport': () => ({ State: states.shift() }) });
    await waiting;
    expect(sent).toHaveLength(3);
  });

  test('gives up in the end', async () => {
    const { waiting, sent } = generate({ 'iam:GenerateCredentialReport': { State: 'INPROGRESS' } });
    expect(await refusalOf(() => waiting)).toMatchObject({ cause: 'no-data', permissions: [] });
    expect(sent).toHaveLength(60);
  });
});
