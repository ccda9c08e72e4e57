import { SEVERITIES } from '../checks/check.ts';
import type { ActivityCount, ActivityRows } from './activity-rows.ts';
import { toWho } from './actor-words.ts';
import { toInert, wrap } from './inert.ts';
import type { KeptActivity } from './kept-activity.ts';
import { isUrgent } from './severity.ts';
import { LONGEST_SHOWN, toMore } from './shown.ts';
import { toMinute } from './words.ts';

/** So many are told one by one; the others are counted. */
const EXAMPLES = 10;

/** What a digest says of what people did: how often what was done where, and the last of it with who did it. */
export function activityLines({ total, bySeverity, counts, moreCounts, rows }: ActivityRows): string[] {
  if (total === 0) return [];
  const urgent = SEVERITIES.filter(isUrgent).reduce((sum, severity) => sum + bySeverity[severity], 0);
  const shown = counts.slice(0, LONGEST_SHOWN);
  return [
    '',
    ...wrap(`Activity, the worst first${urgent === 0 ? '' : ` (CRITICAL and HIGH were told at once: ${urgent})`}:`),
    ...shown.flatMap(toCountLines),
    ...toMore(counts.length - shown.length + moreCounts),
    ...(rows.length === 0 ? [] : ['', rows.length > EXAMPLES ? 'The newest of it:' : 'In detail:']),
    ...rows.slice(0, EXAMPLES).flatMap(toExampleLines),
  ];
}

function toCountLines({ severity, checkId, accountId, count }: ActivityCount): string[] {
  return wrap(
    `${severity} ${toInert(checkId, 128)} in ${accountId === '' ? 'an unknown account' : toInert(accountId, 40)}: ${count}`,
    '  ',
    '    ',
  );
}

function toExampleLines({ severity, reason, event, actor }: KeptActivity): string[] {
  const { at, accountId, region } = event;
  const place = [accountId, region].filter((part) => part !== '').map((part) => toInert(part, 40));
  return [
    ...wrap(`${at === '' ? '' : `${toMinute(at)} `}${severity}: ${toInert(reason, 200)}`, '  ', '    '),
    ...wrap(`(${[...place, toWho(actor, accountId)].join(', ')})`, '    '),
  ];
}
