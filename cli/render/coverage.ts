import { causeInWords } from '../../findings/words.ts';
import type { ScanDocument, UnreadDocument } from '../scan-schema.ts';
import type { Palette } from './palette.ts';
import { labelled, paragraph } from './paragraphs.ts';
import { count, counted, some } from './words.ts';

export interface Screen {
  readonly width: number;
  readonly palette: Palette;
}

/** Verdicts that one and the same refusal made UNKNOWN. */
interface Blind extends UnreadDocument {
  readonly count: number;
  readonly regions: readonly string[];
}

const SHOWN = 6;

/** What of the account was seen: one line, and one more for each refusal that hid something. */
export function coverageLines(document: ScanDocument, { width, palette }: Screen): string {
  const { coverage } = document;
  const known = coverage.evaluations - coverage.unknown;
  const blinds = toBlinds(document);
  const summary = `${count(known)} of ${counted(coverage.evaluations, 'evaluation')} of ${counted(coverage.resources, 'resource')}; ${
    coverage.unknown === 0 ? 'nothing unknown' : `${count(coverage.unknown)} unknown:`
  }`;
  const at = { width, at: LABEL };
  const lines = [labelled(palette.title('Coverage'), summary, at, coverage.complete ? palette.good : palette.doubt)];
  for (const blind of blinds.slice(0, SHOWN)) lines.push(paragraph(toSentence(blind), width, LABEL, palette.doubt));
  if (blinds.length > SHOWN) lines.push(paragraph(`and ${counted(blinds.length - SHOWN, 'other refusal')}`, width, LABEL, palette.doubt));
  if (coverage.crashed > 0)
    lines.push(
      paragraph(`${counted(coverage.crashed, 'evaluation')} failed by a fault of ours; please report it`, width, LABEL, palette.bad),
    );
  const harmless = harmlessOperations(document, blinds);
  if (harmless.length > 0)
    lines.push(paragraph(`also refused, though no verdict hangs on it: ${some(harmless, 4)}`, width, LABEL, palette.faint));
  for (const note of regionNotes(document)) lines.push(paragraph(note, width, LABEL, palette.faint));
  return lines.join('\n');
}

/** The column in which the texts of the summary begin. */
export const LABEL = 10;

function toSentence({ count: times, cause, operation, regions, permissions }: Blind): string {
  const grant =
    permissions.length === 0 || (permissions.length === 1 && permissions[0] === operation) ? '' : `; needs ${permissions.join(', ')}`;
  return `${count(times)} × ${causeInWords(cause)}: ${operation} in ${regions.length === 1 ? regions.join() : counted(regions.length, 'region')}${
    regions.length > 1 ? ` (${some(regions, 3)})` : ''
  }${grant}`;
}

function toBlinds({ findings, coverage }: ScanDocument): readonly Blind[] {
  const groups = new Map<string, { reason: UnreadDocument; count: number; regions: Set<string> }>();
  for (const { unread, resource } of findings) {
    if (unread === null) continue;
    const key = `${unread.operation} ${unread.cause}`;
    const group = groups.get(key) ?? { reason: unread, count: 0, regions: new Set() };
    groups.set(key, group);
    group.count += 1;
    group.regions.add(resource.region);
  }
  return [...groups.values()]
    .map(({ reason, count: times, regions }) => {
      const asked = coverage.gaps
        .filter((gap) => gap.operation === reason.operation && gap.cause === reason.cause)
        .map(({ region }) => region);
      return { ...reason, count: times, regions: [...(asked.length > 0 ? new Set(asked) : regions)].sort() };
    })
    .sort((a, b) => b.count - a.count || (a.operation < b.operation ? -1 : 1));
}

function harmlessOperations({ coverage }: ScanDocument, blinds: readonly Blind[]): readonly string[] {
  const told = new Set(blinds.map(({ operation, cause }) => `${operation} ${cause}`));
  const others = coverage.gaps.filter(({ operation, cause }) => !told.has(`${operation} ${cause}`));
  return [...new Set(others.map(({ operation, cause }) => `${operation} (${causeInWords(cause)})`))];
}

function regionNotes({ coverage: { regionsNotEnabled, regionsLeftOut } }: ScanDocument): readonly string[] {
  return [
    ...(regionsLeftOut.length > 0 ? [`left out by choice: ${some(regionsLeftOut, 6)}`] : []),
    ...(regionsNotEnabled.length > 0 ? [`not enabled in this account: ${some(regionsNotEnabled, 6)}`] : []),
  ];
}
