import type { CausedTouch } from './arrival.ts';
import type { HistoryEntry } from './finding.ts';

const PREFIX = 'event-';

/** By which the history of a finding names a reaction, in place of a run: after the newest event that it is to. */
export function reactionId(touches: readonly CausedTouch[]): string {
  const newest = touches.reduce<CausedTouch | undefined>(
    (found, each) => (found && found.cause.at > each.cause.at ? found : each),
    undefined,
  );
  return `${PREFIX}${newest?.cause.eventId ?? ''}`;
}

/** Whether a step in a finding's life was made by a reaction to an event, and not by a run. */
export function isReaction({ runId }: { readonly runId: string }): boolean {
  return runId.startsWith(PREFIX);
}

/**
 * Whether a reaction is among these steps. What it has told of is told alone from then on, in the first look at its scope too: who was told of the beginning
 * wants to hear of the end.
 */
export function hasReaction(steps: readonly HistoryEntry[]): boolean {
  return steps.some(isReaction);
}
