import type { AnyActivityCheck } from '../../checks/activity.ts';
import type { AnyCheck } from '../../checks/check.ts';
import { code, pageOf, tableOf } from './markdown.ts';
import { PROWLER_CHECKS, UNANSWERED } from './prowler-checks.ts';

/** `docs/switching.md`: for each check of Prowler in these services, which of ours answers it, or why none does. */
export function toSwitchingPage(checks: readonly AnyCheck[], activities: readonly AnyActivityCheck[]): string {
  const all = [...checks, ...activities];
  const answers = Map.groupBy(
    all.flatMap((check) => (check.equivalents.prowler ?? []).map((theirs) => ({ theirs, id: check.id }))),
    ({ theirs }) => theirs,
  );
  const ids = Object.values(PROWLER_CHECKS).flat();
  const answered = ids.filter((id) => answers.has(id)).length;
  return pageOf(
    '# Switching from Prowler',
    `Of the ${ids.length} checks that Prowler 5.40 has for ${Object.keys(PROWLER_CHECKS).join(', ')}, ours answer ${answered}; for the others the table says why not. The names are not all there is to it: a denied call is UNKNOWN here and never PASS, groups and buckets that nothing uses are told with a lower severity and not hidden, and findings keep their identity from scan to scan.`,
    ...Object.entries(PROWLER_CHECKS).flatMap(([service, theirs]) => [
      `## ${service}`,
      tableOf(
        ['Prowler', 'Here'],
        theirs.map((id) => [
          code(id),
          (answers.get(id) ?? []).map(({ id: ours }) => `[${code(ours)}](checks/${ours}.md)`).join(', ') ||
            `none: ${UNANSWERED[id] ?? 'not yet'}`,
        ]),
      ),
    ]),
  );
}
