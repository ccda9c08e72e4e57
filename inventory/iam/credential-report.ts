import type { ConsoleUsers, ReportedAccessKey, RootCredentials } from '../account/account.ts';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toInstant } from '../ec2/instant.ts';
import { noData } from '../no-data.ts';
import { toListed } from '../partial.ts';
import { generateCredentialReport, getCredentialReport } from './calls.ts';
import { toRows } from './csv.ts';
import type { UserCredentials } from './user.ts';

const OPERATION = 'iam:GetCredentialReport';
const ROOT = '<root_account>';

/** Calls that a facet from the credential report needs. */
export const credentialReportCalls = [generateCredentialReport, getCredentialReport];

/** The credential report by user name. At most four hours old. */
export interface CredentialReport {
  readonly generatedAt: string;
  readonly rows: ReadonlyMap<string, Row>;
}

type Row = Readonly<Record<string, string>>;

const read = new WeakMap<object, CredentialReport>();

export async function readCredentialReport(place: Place): Promise<CredentialReport> {
  await generateCredentialReport(place);
  return parsedReport(await getCredentialReport(place));
}

/** The report in an answer, however often it is asked for. @throws Unread when the text is no such report */
export function parsedReport(answer: { readonly csv: string; readonly generatedAt: string }): CredentialReport {
  let report = read.get(answer);
  if (!report) read.set(answer, (report = toCredentialReport(answer.csv, answer.generatedAt)));
  return report;
}

/** @throws Unread when the text is no such report */
export function toCredentialReport(csv: string, generatedAt: string): CredentialReport {
  try {
    return { generatedAt, rows: new Map(toRows(csv).map((row) => [column(row, 'user'), row])) };
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed(OPERATION, `the credential report is not CSV: ${error.message}`);
    throw error;
  }
}

/** @throws Unread when the report has no row of the root user */
export function toRootCredentials({ rows, generatedAt }: CredentialReport): RootCredentials {
  const row = rows.get(ROOT);
  if (!row) throw malformed(OPERATION, 'the credential report has no row of the root user');
  return {
    reportGeneratedAt: generatedAt,
    passwordEnabled: column(row, 'password_enabled') === 'not_supported' ? undefined : flag(row, 'password_enabled'),
    passwordLastUsedAt: time(row, 'password_last_used'),
    mfaActive: flag(row, 'mfa_active'),
    accessKeys: accessKeys(row),
    activeCertificates: [flag(row, 'cert_1_active'), flag(row, 'cert_2_active')].filter((active) => active).length,
  };
}

/** @throws Unread when the user is too new for the report: what it says of that name is then of a predecessor */
export function toUserCredentials({ rows, generatedAt }: CredentialReport, userName: string, madeAt?: Date): UserCredentials {
  const row = rows.get(userName);
  if (!row || (madeAt && madeAt > new Date(generatedAt))) {
    throw noData(OPERATION, `the credential report of ${generatedAt} does not know the user yet`);
  }
  const createdAt = time(row, 'user_creation_time');
  if (createdAt === undefined) throw malformed(OPERATION, 'a user has no creation time');
  return {
    reportGeneratedAt: generatedAt,
    createdAt,
    passwordEnabled: flag(row, 'password_enabled'),
    passwordLastUsedAt: time(row, 'password_last_used'),
    passwordChangedAt: time(row, 'password_last_changed'),
    mfaActive: flag(row, 'mfa_active'),
    accessKeys: accessKeys(row),
  };
}

/** A user whose row makes no sense makes the list partial. */
export function toConsoleUsers({ rows, generatedAt }: CredentialReport): ConsoleUsers {
  const users = toListed(rows, ([name, row]) => ({ name, password: name !== ROOT && flag(row, 'password_enabled') }));
  return { reportGeneratedAt: generatedAt, names: users.filter(({ password }) => password).map(({ name }) => name) };
}

function accessKeys(row: Row): readonly ReportedAccessKey[] {
  const slots = [1, 2] as const;
  return slots
    .map((slot) => ({
      slot,
      active: flag(row, `access_key_${slot}_active`),
      rotatedAt: time(row, `access_key_${slot}_last_rotated`),
      lastUsedAt: time(row, `access_key_${slot}_last_used_date`),
    }))
    .filter(({ active, rotatedAt, lastUsedAt }) => active || rotatedAt !== undefined || lastUsedAt !== undefined);
}

function flag(row: Row, name: string): boolean {
  const text = column(row, name).toLowerCase();
  if (text !== 'true' && text !== 'false') throw malformed(OPERATION, `${name} is neither true nor false`);
  return text === 'true';
}

/** What the report says instead of a time that it does not have (Getting credential reports, IAM User Guide). */
const NO_TIME = ['N/A', 'no_information', 'not_supported', ''];

function time(row: Row, name: string): string | undefined {
  const text = column(row, name);
  return NO_TIME.includes(text) ? undefined : toInstant(OPERATION, text);
}

function column(row: Row, name: string): string {
  const text = row[name];
  if (text === undefined) throw malformed(OPERATION, `the credential report has no column ${name}`);
  return text;
}
