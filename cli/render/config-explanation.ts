import type { ConfigExplanation, ExplainedSetting, Source } from '../config-explain.ts';
import type { Screen } from './coverage.ts';
import { paragraph } from './paragraphs.ts';
import { type Cell, type Column, toTable } from './table.ts';

/** Each setting with the line that decides it, and beneath it what that overrules. */
export function configExplanation(explanation: ConfigExplanation, { width, palette }: Screen): string {
  const { check, settings, unsure } = explanation;
  const columns: readonly Column[] = [
    { head: 'Setting', min: 10, overflow: 'wrap' },
    { head: 'Value', min: 12, overflow: 'wrap' },
    { head: 'Decided by', min: 20, overflow: 'wrap' },
  ];
  const rows = settings.flatMap((setting) => [toRow(setting.setting, setting, palette.title), ...overruledRows(setting, palette.faint)]);
  const doubt =
    unsure.length === 0
      ? []
      : [
          paragraph(
            `Whether these hold depends on the account's units; name them with --unit: ${unsure.join(', ')}`,
            width,
            0,
            palette.doubt,
          ),
        ];
  const parts = [
    [palette.title(check), paragraph(toPlaceLine(explanation), width)].join('\n'),
    toTable(columns, rows, { width, head: palette.faint }),
    ...doubt,
  ];
  return `\n${parts.join('\n\n')}\n\n`;
}

function toPlaceLine({ account, region, units, tags }: ConfigExplanation): string {
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return [
    `in account ${account}`,
    region === null ? 'in no region that an entry names' : region === 'global' ? 'in no region' : `in ${region}`,
    ...(units ? [`in ${units.join(' / ')}`] : []),
    ...(tagged.length > 0 ? [`tagged ${tagged.join(', ')}`] : []),
  ].join(', ');
}

function toRow(setting: string, source: Source, paint: Cell['paint']): readonly Cell[] {
  return [{ text: setting, ...(paint ? { paint } : {}) }, { text: toText(source) }, { text: toOrigin(source) }];
}

function overruledRows({ overruled }: ExplainedSetting, paint: Cell['paint']): readonly (readonly Cell[])[] {
  const painted = paint ? { paint } : {};
  return overruled.map((source) => [
    { text: '' },
    { text: toText(source), ...painted },
    { text: `overruled: ${toOrigin(source)}`, ...painted },
  ]);
}

function toOrigin({ at, key, value }: Source): string {
  if (at !== null) return `${at} ${key}`;
  return value === null ? 'nobody' : 'the default of the check';
}

function toText({ value }: Source): string {
  return value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}
