import type { ReplayOptions } from '../commands/replay.ts';
import type { Context } from '../context.ts';
import { screenOf } from '../context.ts';
import { replayTable } from '../render/replay-table.ts';
import { safeJson } from '../render/safe-text.ts';
import type { JudgedRecord } from './record-judge.ts';
import { toResult } from './result.ts';
import { type Tally, toSummary } from './tally.ts';

/** How results are written while they come, and what is written when all have. */
export interface Report {
  readonly begin: () => string;
  readonly record: (judged: JudgedRecord) => string;
  readonly end: (tally: Tally, passedOver: number) => string;
}

export function openReport(options: ReplayOptions, context: Context): Report {
  switch (options.format) {
    case 'ndjson':
      return { begin: () => '', record: (judged) => `${lineOf(judged)}\n`, end: () => '' };
    case 'json':
      return jsonReport();
    case 'table':
      return replayTable(context.world.activityChecks, options.all ?? false, screenOf(context, options, options.output));
    default:
      return options.format satisfies never;
  }
}

/** One document, written piece by piece. */
function jsonReport(): Report {
  let isFirst = true;
  return {
    begin: () => '{"schemaVersion":1,"records":[',
    record(judged) {
      const separator = isFirst ? '\n' : ',\n';
      isFirst = false;
      return separator + lineOf(judged);
    },
    end: (tally, passedOver) => `\n],"summary":${safeJson(toSummary(tally, passedOver))}}\n`,
  };
}

function lineOf({ record, event, activities, touches }: JudgedRecord): string {
  return safeJson(toResult(record, event, activities, touches));
}
