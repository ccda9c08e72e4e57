import type { Gap } from '../inventory/coverage.ts';
import type { DigestContent, DigestKind } from './digest-content.ts';
import { foldDigest } from './digest-fold.ts';
import { digestJson } from './digest-json.ts';
import { digestSummary } from './digest-summary.ts';
import { digestText } from './digest-text.ts';
import type { Finding, TransitionKind } from './finding.ts';
import { toAscii } from './inert.ts';
import type { Message } from './message.ts';
import type { RunRecord } from './run.ts';
import { SUBJECT_LENGTH } from './subject.ts';

/** What the digest of one account's run tells. */
export interface Digest {
  readonly kind: DigestKind;
  readonly run: RunRecord;
  /** Of a baseline all that is open, as opened. */
  readonly changes: readonly Change[];
  /** What could not be read and could be before; of a baseline, all that could not. */
  readonly newGaps: readonly Gap[];
}

/** The newest step of a finding that a digest tells. */
export interface Change {
  readonly kind: TransitionKind;
  readonly finding: Finding;
}

/** One message for a run of one account; `undefined` when there is nothing to say. */
export function toDigest({ kind, run, changes, newGaps }: Digest): Message | undefined {
  const digest = foldDigest(run);
  const account = digest.begin(run.accountId, kind);
  for (const change of changes) account.tell(change);
  account.end({ coverage: run.coverage, newGaps });
  const content = digest.content(run.finishedAt);
  return content && toDigestMessage(content);
}

/** The same news for a subject line, for people, and for programs. */
export function toDigestMessage(content: DigestContent): Message {
  const { kind, run, accounts, told, severity } = content;
  const summary = digestSummary(content);
  const [only, another] = told;
  const who = only && !another ? only.accountId : `${told.length} accounts`;
  const [sole, ...others] = accounts;
  return {
    subject: toAscii(`[${severity}][${kind === 'baseline' ? 'BASELINE' : 'DIGEST'}] ${who}: ${summary}`, SUBJECT_LENGTH),
    text: digestText(content, summary),
    json: digestJson(content),
    attributes: {
      severity,
      event: kind === 'baseline' ? 'baseline' : 'digest',
      ...(only && !another ? { accountId: only.accountId } : {}),
    },
    thread: sole && others.length === 0 ? `digest-${sole.accountId}` : 'digest',
    deduplicationId: `digest-${run.id}`,
  };
}
