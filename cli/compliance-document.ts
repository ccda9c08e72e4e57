import type { AssessedControl, ComplianceReport, Standing } from '../findings/compliance.ts';

/** What stands against a control, by severity, check and ARN. */
export function standingAgainst({ checkIds }: AssessedControl, standing: readonly Standing[]): readonly Standing[] {
  return standing.filter(({ checkId }) => checkIds.includes(checkId));
}

/** The JSON that `posture report --format json` writes; `standing` of each control only where it was asked for. */
export function toComplianceDocument(report: ComplianceReport, standing: readonly Standing[] | undefined): object {
  const { framework, whole, partial, accounts, seen, notSeen, score, coverage, statuses, sections } = report;
  return {
    schemaVersion: 1,
    framework: { ...framework, whole },
    ...{ partial, accounts, seen, notSeen, score, coverage, statuses },
    controls: sections.flatMap(({ controls, name }) =>
      controls.map((control) => ({
        ...{ id: control.id, section: control.section, sectionName: name, title: control.title, level: control.level ?? null },
        ...{ status: control.status, counts: control.counts, checks: control.checks, manual: control.manual ?? null },
        ...(standing ? { standing: standingAgainst(control, standing) } : {}),
      })),
    ),
  };
}
