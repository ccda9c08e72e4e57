import type { Severity } from '../../checks/check.ts';
import type { Finding } from '../../findings/finding.ts';
import { memoryStore } from '../../findings/memory-store.ts';
import type { Message } from '../../findings/message.ts';
import type { Snapshot } from '../../inventory/snapshot/snapshot.ts';
import { allOf } from '../all-of.ts';
import type { ScanOptions } from '../commands/scan.ts';
import { configOf } from '../config-of.ts';
import { type Context, warn } from '../context.ts';
import { ioAsOf, snapshotWorld } from '../offline.ts';
import { scan } from '../scan.ts';

/** What an urgent message was about. */
export interface Told {
  readonly checkId: string;
  readonly severity: Severity | string;
}

/** How things stood after one snapshot was judged, and what was told of it. */
export interface Standing {
  readonly open: readonly Finding[];
  readonly excepted: readonly Finding[];
  readonly urgent: readonly Told[];
  readonly digests: number;
}

/** One configuration and the findings that it has led to so far. */
export interface Trial {
  /** Judges the next snapshot. Those of an account must come in the order of time. */
  readonly judge: (file: string, snapshot: Snapshot) => Promise<Standing>;
}

export type TrialOptions = Pick<ScanOptions, 'checks' | 'exclude' | 'config'>;

/** Neither is ever asked: a trial has its own store and its own topic. */
const STORE = 'dynamodb://backtest';
const topicOf = ({ partition, accountId }: Snapshot['header']) => `arn:${partition}:sns:us-east-1:${accountId}:backtest`;

/** A series of scans as they would have been with a configuration, in a store that is forgotten afterwards. */
export function openTrial(options: TrialOptions, context: Context): Trial {
  const store = memoryStore();
  const { regions } = configOf(context, options.config);
  return {
    async judge(file, snapshot) {
      const { header } = snapshot;
      const told: Message[] = [];
      const judged = { collectedAt: header.collectedAt, product: header.product, judgedAt: header.collectedAt };
      await scan(
        {
          ...{ ...options, store: STORE, topic: topicOf(header), judged },
          ...{ format: 'table', failOn: 'NONE', quiet: true, color: false },
          ...(regions === undefined ? {} : { regions: heldOf(regions, header.scopes, file, context) }),
        },
        {
          io: { ...ioAsOf(context.io, new Date(header.collectedAt)), stdout: { write: () => undefined, isTTY: false, columns: 80 } },
          world: {
            ...snapshotWorld(snapshot, context.world, file, undefined),
            openStore: async () => store,
            openTopic: async () => ({ publish: async (message) => void told.push(message) }),
          },
        },
      );
      const digests = told.filter(isDigest).length;
      return {
        open: await allOf(store.findingsInState('open', header.accountId)),
        excepted: await allOf(store.findingsInState('excepted', header.accountId)),
        urgent: told.filter((message) => !isDigest(message)).map(toTold),
        digests,
      };
    },
  };
}

/** Of a region that nobody has collected nothing can be said. */
function heldOf(regions: readonly string[], held: readonly string[], file: string, context: Context): readonly string[] {
  const missing = regions.filter((region) => !held.includes(region));
  if (missing.length > 0) warn(context, `${file} does not hold ${missing.join(', ')}: nothing is said of that`);
  return regions.filter((region) => held.includes(region));
}

function isDigest({ deduplicationId }: Message): boolean {
  return deduplicationId.startsWith('digest-');
}

function toTold({ attributes: { checkId = '', severity = '' } }: Message): Told {
  return { checkId, severity };
}
