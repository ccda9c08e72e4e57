import type { ScanOptions } from './commands/scan.ts';
import { Complaint } from './complaint.ts';
import { type Context, warn } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { ioAsOf, snapshotWorld } from './offline.ts';
import { scan } from './scan.ts';
import { openSnapshot } from './snapshot-file.ts';
import { readVersion } from './version.ts';

/**
 * Judges a snapshot as a scan would have judged the account when it was collected, with the checks and settings of today. AWS is not asked. Nothing is kept,
 * unless a store is named.
 * @throws Complaint for options that only make sense with AWS, and for a file that is no snapshot
 */
export async function scanSnapshot(file: string, options: ScanOptions, context: Context): Promise<ExitCode> {
  refuseLiveOptions(options);
  const { io, world } = context;
  const snapshot = await openSnapshot(io, file);
  const { collectedAt, product } = snapshot.header;
  const judgedAt = toTime(options.asOf, collectedAt, io.now());
  if (product !== readVersion())
    warn(context, `posture ${product} collected ${file}, and this is ${readVersion()}: what was not collected then is unknown`);
  const judged = { collectedAt, product, judgedAt: judgedAt.toISOString() };
  return scan(
    { ...options, store: options.store ?? false, quiet: true, judged },
    { io: ioAsOf(io, new Date(collectedAt)), world: snapshotWorld(snapshot, world, file, options.profile) },
  );
}

function refuseLiveOptions({ roleArn, externalId, topic }: ScanOptions): void {
  const live = Object.entries({ '--role-arn': roleArn, '--external-id': externalId, '--topic': topic }).find(
    ([, value]) => value !== undefined,
  );
  if (live) throw new Complaint(EXIT.usage, `${live[0]} needs AWS, which --snapshot does not ask; drop one of them`);
}

const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z)?$/;

/** The time at which checks judge: that of the snapshot, unless another is named. */
function toTime(asked: string | undefined, collectedAt: string, now: Date): Date {
  if (asked === undefined) return new Date(collectedAt);
  if (asked === 'now') return now;
  const time = new Date(asked);
  if (TIME.test(asked) && !Number.isNaN(time.getTime())) return time;
  throw new Complaint(EXIT.usage, `"${asked}" is no time; expected now, 2026-11-21 or 2026-11-21T08:49:27Z in --as-of`);
}
