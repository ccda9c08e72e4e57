import type { ComplianceReport, ControlStatus, ResourceCounts, Share } from '../../findings/compliance.ts';
import { CONTROL_STATUSES } from '../../findings/compliance.ts';
import { toMinute } from '../../findings/words.ts';
import type { Paint, Palette } from './palette.ts';
import { count, counted, some } from './words.ts';

/** `3 fail, 1 unknown, 12 pass`: what there is of each; nothing for none. */
export function countsInWords({ fail, unknown, excepted, pass, notApplicable }: ResourceCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [fail, 'fail'],
    [unknown, 'unknown'],
    [excepted, 'excepted'],
    [pass, 'pass'],
    [notApplicable, 'n/a'],
  ];
  return parts.flatMap(([number, word]) => (number === 0 ? [] : `${count(number)} ${word}`)).join(', ');
}

/** `41 of 63 controls pass (65%)`. */
export function scoreInWords({ score }: ComplianceReport): string {
  return `${ofAll(score, 'automated control')} ${score.of === 1 ? 'passes' : 'pass'} (${score.percent}%)`;
}

/** What beside the score says how much of it is known. */
export function coverageInWords({ coverage: { verdicts, controls } }: ComplianceReport): string {
  return `${ofAll(verdicts, 'verdict')} known (${verdicts.percent}%); ${ofAll(controls, 'automated control')} assessed (${controls.percent}%)`;
}

function ofAll({ count: part, of }: Share, one: string): string {
  return `${count(part)} of ${counted(of, one)}`;
}

/** `12 fail, 3 unknown, 41 pass`. */
export function statusesInWords({ statuses }: Pick<ComplianceReport, 'statuses'>): string {
  return CONTROL_STATUSES.flatMap((status) => (statuses[status] === 0 ? [] : `${count(statuses[status])} ${status}`)).join(', ');
}

const SHOWN = 4;

/** What the reader must know of what the report rests on. */
export function notesOf({ accounts, seen, notSeen, whole, partial }: ComplianceReport): readonly string[] {
  const when = seen === null ? 'never looked at' : seen.from === seen.to ? `seen ${toMinute(seen.to)}` : seenBetween(seen);
  return [
    `${accounts.length === 1 ? 'account' : 'accounts'} ${some(accounts, SHOWN)}; ${when}`,
    ...(notSeen.length > 0 ? [`not seen in the last run, and so unknown: ${some(notSeen, SHOWN)}`] : []),
    ...(partial ? ['only the controls that were asked for'] : []),
    ...(whole || partial ? [] : ['only controls that a check decides are listed; the framework has others']),
  ];
}

function seenBetween({ from, to }: { readonly from: string; readonly to: string }): string {
  return `seen ${toMinute(from)} to ${toMinute(to)}`;
}

/** The colour of a control's status. */
export function paintOf(status: ControlStatus, { bad, good, doubt, faint }: Palette): Paint {
  switch (status) {
    case 'fail':
      return bad;
    case 'unknown':
    case 'excepted':
      return doubt;
    case 'pass':
      return good;
    case 'manual':
    case 'not applicable':
    case 'not assessed':
      return faint;
    default:
      return status satisfies never;
  }
}
