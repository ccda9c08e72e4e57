import { labelOf } from '../words.ts';
import { toPlain, toPlainRecord } from './plain.ts';
import type { Report, ReportedFinding } from './report.ts';

/** A spreadsheet takes a cell of at most 32,767 characters. */
const LONGEST_CELL = 32_000;

type Cell = string | number | boolean | null | undefined;

const COLUMNS: Readonly<Record<string, (finding: ReportedFinding, report: Report) => Cell>> = {
  finding_id: ({ id }) => id,
  check_id: ({ checkId }) => checkId,
  title: ({ checkId }, { checks }) => checks.get(checkId)?.title ?? checkId,
  severity: ({ severity }) => severity,
  status: ({ status }) => status,
  open: ({ open }) => open,
  reason: ({ reason }) => reason,
  account_id: ({ resource }) => resource.accountId,
  region: ({ resource }) => resource.region,
  resource_type: ({ resource }) => resource.type,
  resource_name: ({ resource }) => labelOf(resource),
  resource_arn: ({ resource }) => resource.arn,
  tags: ({ resource }) => JSON.stringify(toPlainRecord(resource.tags)),
  evidence: ({ evidence }) => JSON.stringify(toPlainRecord(evidence)),
  not_read: ({ unread }) => unread && `${unread.cause}: ${unread.operation}`,
  permissions_missing: ({ unread }) => unread?.permissions.join(' '),
  first_seen_at: ({ firstSeenAt }) => firstSeenAt,
  opened_at: ({ openedAt }) => openedAt,
  last_seen_at: ({ lastSeenAt }) => lastSeenAt,
  reopened: ({ reopened }) => reopened,
  exception_owner: ({ exception }) => exception?.owner,
  exception_reason: ({ exception }) => exception?.reason,
  exception_expires: ({ exception }) => exception?.expires,
  exception_ticket: ({ exception }) => exception?.ticket,
  controls: ({ checkId }, { checks }) => checks.get(checkId)?.controls.join(' '),
  fix: ({ checkId }, { checks }) => checks.get(checkId)?.remediation.text,
  fix_command: ({ checkId }, { checks }) => checks.get(checkId)?.remediation.cli,
  run_id: (_, { run }) => run.id,
};

/** Names of the columns, in their order. New ones come only at the end. */
export const CSV_COLUMNS: readonly string[] = Object.keys(COLUMNS);

/**
 * Comma-separated values as RFC 4180 has them: a header, every line ended by CR LF, every text in quotes. A text that a spreadsheet would take for a formula
 * has a `'` in front.
 * https://www.rfc-editor.org/rfc/rfc4180
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function* toCsv(report: Report): Iterable<string> {
  yield `${CSV_COLUMNS.join(',')}\r\n`;
  const columns = Object.values(COLUMNS);
  for (const finding of report.findings) yield `${columns.map((cell) => toCell(cell(finding, report))).join(',')}\r\n`;
}

/** A cell of a file of comma-separated values, in which no spreadsheet sees a formula. */
export function toCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  return `"${disarmed(toPlain(value, LONGEST_CELL)).replaceAll('"', '""')}"`;
}

/** Also where spaces, or what hid there, stand before the sign, and where it is a full-width one. */
const FORMULA = /^[\s\ufffd']*[=+\-@＝＋－＠]/u;

function disarmed(text: string): string {
  return FORMULA.test(text) || /^\s/.test(text) ? `'${text}` : text;
}
