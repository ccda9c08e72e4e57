import { SEVERITIES } from '../../checks/check.ts';
import type { Tally } from '../replay/tally.ts';
import { count, counted } from './words.ts';

/** What was read and found, in a line: nothing that was passed over goes unsaid. */
export function replayCounts(tally: Tally, passedOver: number): string {
  const { files, records, outside, activities, touches, broken, faulty, unsure } = tally;
  const severities = SEVERITIES.flatMap((severity) => {
    const found = tally.bySeverity.get(severity);
    return found === undefined ? [] : [`${count(found)} ${severity}`];
  });
  return [
    `${counted(records, 'record')} in ${counted(files, 'file')}`,
    `${counted(activities, 'activity', 'activities')}${severities.length === 0 ? '' : ` (${severities.join(', ')})`}`,
    ...(unsure === 0 ? [] : [`${count(unsure)} of them could not be judged`]),
    counted(touches, 'change to a resource', 'changes to resources'),
    ...(outside === 0 ? [] : [`${counted(outside, 'record')} outside of the time asked for`]),
    ...(faulty === 0 ? [] : [`${counted(faulty, 'record')} with faults`]),
    ...(broken === 0 ? [] : [`${counted(broken, 'thing')} that could not be read`]),
    ...(passedOver === 0 ? [] : [`${counted(passedOver, 'file')} passed over by name`]),
  ].join(', ');
}
