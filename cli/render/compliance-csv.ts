import type { AnyCheck } from '../../checks/check.ts';
import type { ComplianceReport, Standing } from '../../findings/compliance.ts';
import { toCell } from '../../findings/exports/csv.ts';
import { labelOf } from '../../findings/words.ts';
import { standingAgainst } from '../compliance-document.ts';

type Cells = readonly (string | number | null)[];

const CONTROL_COLUMNS = [
  ...['framework', 'control', 'section', 'level', 'title', 'status', 'pass', 'fail', 'unknown', 'excepted', 'not_applicable'],
  ...['checks', 'left_to_a_person', 'evidence'],
];

/** One line for each control. */
export function complianceCsv({ framework, sections }: ComplianceReport): string {
  const rows = sections.flatMap(({ controls, name }) =>
    controls.map(({ id, section, level, title, status, counts, checkIds, manual }): Cells => {
      const { pass, fail, unknown, excepted, notApplicable } = counts;
      return [
        ...[framework.id, id, name === '' ? section : name, level ?? null, title, status, pass, fail, unknown, excepted, notApplicable],
        ...[checkIds.join(' '), manual?.todo ?? null, manual?.evidence ?? null],
      ];
    }),
  );
  return toLines([CONTROL_COLUMNS, ...rows]);
}

const STANDING_COLUMNS = [
  ...[
    'framework',
    'control',
    'check_id',
    'state',
    'severity',
    'reason',
    'account_id',
    'region',
    'resource_name',
    'resource_arn',
    'opened_at',
  ],
  ...['exception_owner', 'exception_reason', 'exception_expires', 'exception_ticket', 'fix', 'fix_command'],
];

/** One line for each resource that stands against a control. */
export function complianceStandingCsv(report: ComplianceReport, standing: readonly Standing[], checks: readonly AnyCheck[]): string {
  const known = new Map(checks.map((check) => [check.id, check]));
  const rows = report.sections.flatMap(({ controls }) =>
    controls.flatMap((control) =>
      standingAgainst(control, standing).map(({ checkId, severity, reason, resource, since, exception }): Cells => {
        const { text, cli } = known.get(checkId)?.remediation ?? { text: null };
        return [
          ...[report.framework.id, control.id, checkId, exception ? 'excepted' : 'open', severity, reason],
          ...[resource.accountId, resource.region, labelOf(resource), resource.arn, since],
          ...[exception?.owner ?? null, exception?.reason ?? null, exception?.expires ?? null, exception?.ticket ?? null],
          ...[text, cli ?? null],
        ];
      }),
    ),
  );
  return toLines([STANDING_COLUMNS, ...rows]);
}

function toLines(rows: readonly Cells[]): string {
  return rows.map((cells, index) => `${cells.map((cell) => (index === 0 ? cell : toCell(cell))).join(',')}\r\n`).join('');
}
