import { causeInWords } from '../../findings/words.ts';
import type { CollectedDocument } from '../collect.ts';
import { LABEL, type Screen } from './coverage.ts';
import { command, labelled, paragraph } from './paragraphs.ts';
import { count, counted, duration } from './words.ts';

const SHOWN = 8;

/** What was collected, what could not be read, and how to go on. */
export function collectedText({ file, bytes, snapshot, finishedAt, ...sums }: CollectedDocument, { width, palette }: Screen): string {
  const { resources, listings, calls, throttles, gaps } = sums;
  const at = { width, at: LABEL };
  const regions = snapshot.scopes.filter((scope) => scope !== 'global').length;
  const took = duration(Date.parse(finishedAt) - Date.parse(snapshot.collectedAt));
  const throttled = throttles === 0 ? 'none throttled' : `${count(throttles)} throttled`;
  const held = `${counted(resources, 'resource')} in ${counted(listings, 'listing')} of ${counted(regions, 'region')} and what is global`;
  const refused = gaps.map((gap) => `${count(gap.count)} × ${causeInWords(gap.cause)}: ${gap.operation} in ${gap.region}`);
  const lines = [
    labelled(palette.title('Account'), snapshot.accountId, at, palette.title),
    labelled(palette.title('Collected'), `${held}, in ${took}`, at),
    gaps.length === 0
      ? labelled(palette.title('Coverage'), 'everything could be read', at, palette.good)
      : labelled(palette.title('Coverage'), `${counted(gaps.length, 'refusal')}; what hangs on them stays unknown:`, at, palette.doubt),
    ...refused.slice(0, SHOWN).map((line) => paragraph(line, width, LABEL, palette.doubt)),
    ...(refused.length > SHOWN ? [paragraph(`and ${count(refused.length - SHOWN)} more`, width, LABEL, palette.doubt)] : []),
    labelled(palette.title('Calls'), `${count(calls)}, ${throttled}`, at),
    labelled(palette.title('Kept in'), `${file}, ${(bytes / 1e6).toFixed(2)} MB`, at),
    '',
    command(`posture scan --snapshot ${file}`, width, 2, palette.command),
  ];
  return `\n${lines.join('\n')}\n\n`;
}
