import type { Key, Moment, Password } from '../account/description.ts';
import { askForm, type Exchange, edited, type Override } from '../exchange.ts';
import type { AccountState } from '../state.ts';
import { at, textAt } from '../wire/xml.ts';
import { putMember, ROOT_AGE } from './iam.ts';
import { passwordOf } from './root.ts';

type Row = Record<string, string>;

/**
 * Moto's report with what it cannot know: the row of root, and every date. Its columns and their words are AWS's
 * (IAM User Guide, "Understanding the report format").
 */
export const getCredentialReport: Override = (exchange) =>
  edited(exchange, async (root) => {
    const result = at(root, 'GetCredentialReportResult');
    const content = result && textAt(result, 'Content');
    if (!result || content === undefined) return;
    const { columns, rows } = parseCsv(Buffer.from(content, 'base64').toString());
    for (const row of rows) correctUser(exchange.state, row, await keysOf(exchange, row.user ?? ''));
    const csv = [columns, ...[rootRow(exchange.state), ...rows].map((row) => columns.map((column) => row[column] ?? 'N/A'))];
    putMember(result, 'Content', Buffer.from(csv.map((cells) => cells.join(',')).join('\n')).toString('base64'));
    const { generated } = exchange.state.description.report;
    putMember(result, 'GeneratedTime', generated === undefined ? new Date() : exchange.state.date(generated));
  });

function parseCsv(csv: string): { readonly columns: readonly string[]; readonly rows: readonly Row[] } {
  const [columns = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return { columns, rows: rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))) };
}

/** The described keys of a user in the order of the report's slots; `undefined` for keys made since. */
async function keysOf(exchange: Exchange, user: string): Promise<readonly (Key | undefined)[]> {
  const described = exchange.state.description.users.get(user)?.keys;
  if (!described || described.length === 0) return [];
  const list = await askForm(exchange, { Action: 'ListAccessKeys', UserName: user });
  const keys = (list && at(list, 'ListAccessKeysResult', 'AccessKeyMetadata')?.children) ?? [];
  return keys.map((key) => {
    const name = exchange.state.nameOf('access-key', textAt(key, 'AccessKeyId') ?? '');
    return name === undefined ? undefined : described[Number(name.split(' ')[1])];
  });
}

function correctUser(state: AccountState, row: Row, keys: readonly (Key | undefined)[]): void {
  const user = state.description.users.get(row.user ?? '');
  if (user?.created !== undefined) row.user_creation_time = reportDate(state, user.created);
  Object.assign(row, passwordColumns(state, row, passwordOf(user?.password)));
  if (state.description.report.staleMfa?.includes(row.user ?? '')) row.mfa_active = 'false';
  for (const slot of [1, 2] as const) {
    const key = keys[slot - 1];
    // Moto writes N/A for a slot without a key, and only there.
    const present = row[`access_key_${slot}_last_rotated`] !== 'N/A';
    Object.assign(row, usageColumns(state, slot, present ? key?.lastUsed : undefined));
    if (key) row[`access_key_${slot}_last_rotated`] = reportDate(state, key.age ?? 0);
  }
}

function passwordColumns(state: AccountState, row: Row, { lastUsed, changed }: Password): Row {
  if (row.password_enabled !== 'true') return { password_last_used: 'N/A', password_last_changed: 'N/A', password_next_rotation: 'N/A' };
  return {
    password_last_used: lastUsed === undefined ? 'no_information' : reportDate(state, lastUsed),
    password_last_changed: changed === undefined ? (row.user_creation_time ?? '') : reportDate(state, changed),
    password_next_rotation: 'N/A',
  };
}

function rootRow(state: AccountState): Row {
  const { root, id } = state.description;
  const { password } = root;
  const enabled = password === 'not-supported' ? 'not_supported' : String(password !== false);
  const { lastUsed, changed } = passwordOf(password);
  return {
    user: '<root_account>',
    arn: `arn:aws:iam::${id}:root`,
    user_creation_time: reportDate(state, ROOT_AGE),
    password_enabled: enabled,
    password_last_used: rootPasswordUse(state, enabled, lastUsed),
    password_last_changed: changed === undefined ? 'not_supported' : reportDate(state, changed),
    password_next_rotation: 'not_supported',
    mfa_active: String(root.mfa !== undefined && root.mfa !== 'none'),
    ...keyColumns(state, 1, root.keys?.[0]),
    ...keyColumns(state, 2, root.keys?.[1]),
    ...certificateColumns(state, 1, root.certificates ?? 0),
    ...certificateColumns(state, 2, root.certificates ?? 0),
  };
}

function rootPasswordUse(state: AccountState, enabled: string, lastUsed: Moment | undefined): string {
  if (lastUsed !== undefined) return reportDate(state, lastUsed);
  return enabled === 'false' ? 'N/A' : 'no_information';
}

function keyColumns(state: AccountState, slot: 1 | 2, key: Key | undefined): Row {
  return {
    [`access_key_${slot}_active`]: String(key !== undefined && key.active !== false),
    [`access_key_${slot}_last_rotated`]: key === undefined ? 'N/A' : reportDate(state, key.age ?? 0),
    ...usageColumns(state, slot, key?.lastUsed),
  };
}

function usageColumns(state: AccountState, slot: 1 | 2, lastUsed: Moment | undefined): Row {
  return {
    [`access_key_${slot}_last_used_date`]: lastUsed === undefined ? 'N/A' : reportDate(state, lastUsed),
    [`access_key_${slot}_last_used_region`]: lastUsed === undefined ? 'N/A' : 'us-east-1',
    [`access_key_${slot}_last_used_service`]: lastUsed === undefined ? 'N/A' : 's3',
  };
}

function certificateColumns(state: AccountState, slot: 1 | 2, certificates: number): Row {
  return {
    [`cert_${slot}_active`]: String(certificates >= slot),
    [`cert_${slot}_last_rotated`]: certificates >= slot ? reportDate(state, ROOT_AGE) : 'N/A',
  };
}

/** The report writes whole seconds and `+00:00`. */
function reportDate(state: AccountState, moment: Moment): string {
  return state
    .date(moment)
    .toISOString()
    .replace(/\.\d+Z$/, '+00:00');
}
