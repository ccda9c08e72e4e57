import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type AuditResult, audit } from '../findings/audit.ts';
import { toExceptions } from '../findings/exceptions.ts';
import type { RunRecord } from '../findings/run.ts';
import { rankOf } from '../findings/severity.ts';
import type { FindingStore } from '../findings/store.ts';
import { announceTo } from './announcing.ts';
import type { ScanOptions } from './commands/scan.ts';
import { Complaint } from './complaint.ts';
import { type Context, screenOf } from './context.ts';
import type { SignedIn } from './credentials.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { unlessInterrupted } from './interruption.ts';
import { toLastSeen } from './last-seen-at.ts';
import { isOwnFormat, toExport, toReport } from './output-report.ts';
import { openOutputs } from './outputs.ts';
import { placedChecks } from './placed-checks.ts';
import { liveLine } from './progress.ts';
import { scanText } from './render/scan-text.ts';
import { toScanDocument } from './scan-document.ts';
import { type ScanRequest, toScanRequest } from './scan-request.ts';
import type { ScanDocument } from './scan-schema.ts';
import { plannedScopes } from './scopes.ts';
import { isFile, shownLocation } from './stores.ts';

/** Audits, compares, keeps, announces and tells. What can be known to be wrong with the request is found before the first call. */
export async function scan(options: ScanOptions, context: Context): Promise<ExitCode> {
  const request = toScanRequest(options, context);
  const outputs = openOutputs(context.io, options);
  let store = await openExisting(request, context);
  try {
    const signedIn = await unlessInterrupted(context.world.signIn(request.identity), context.io.interrupted);
    const plan = await unlessInterrupted(plannedScopes(context.world, signedIn.session, request.regions), context.io.interrupted);
    store ??= request.location === undefined ? undefined : await context.world.openStore(request.location, signedIn.own);
    await refuseDeployed(store, request.location);
    const previous = await lastFinished(store, signedIn.session.accountId);
    const result = await audited({ options, context, request, signedIn, plan, store });
    const told =
      request.topic === undefined || store === undefined || (await announceTo(request.topic, result, store, signedIn.own, context));
    const lastSeenAt = await toLastSeen(store, signedIn.session.accountId);
    const document = toScanDocument(
      {
        result,
        session: signedIn.session,
        checks: request.checks,
        lastSeenAt,
        exceptions: toExceptions(request.exceptions),
        snapshot: options.judged,
      },
      options.all ?? false,
    );
    const shown = request.location === undefined ? undefined : shownLocation(request.location, context.io.cwd);
    const storeArgument = options.store === undefined && options.config === undefined ? '' : ` --store ${shown}`;
    const summary = { document, transitions: result.transitions, previous, checks: context.world.checks, store: shown, storeArgument };
    await outputs.write((format, file) =>
      isOwnFormat(format)
        ? [scanText(summary, { ...options, format }, screenOf(context, options, file))]
        : toExport(format, toReport(document, context.world.checks)),
    );
    return exitCodeOf(
      { failing: failing(document, options.failOn), incomplete: !document.coverage.complete, undelivered: !told },
      options.strictCoverage ?? false,
    );
  } finally {
    await store?.close();
  }
}

/** A file that is there already is looked at first: if it is not ours, nothing else need be done. A new one is made only once AWS has let us in. */
async function openExisting({ location }: ScanRequest, { world }: Context): Promise<FindingStore | undefined> {
  return location !== undefined && isFile(location) && existsSync(location) ? world.openStore(location) : undefined;
}

/** What is saved beside deployed audits is nothing new to them any more, and so would never be told. */
async function refuseDeployed(store: FindingStore | undefined, location: string | undefined): Promise<void> {
  if (!(await store?.isDeployed())) return;
  throw new Complaint(
    EXIT.usage,
    `${location} belongs to a deployment, which would never tell what a scan saves there: start an audit instead (docs/deploying.md), or only look, with --no-store`,
  );
}

async function lastFinished(store: FindingStore | undefined, accountId: string): Promise<RunRecord | undefined> {
  if (!store) return undefined;
  for await (const run of store.runs(accountId)) if (run.finishedAt !== undefined) return run;
  return undefined;
}

interface Audit {
  readonly options: ScanOptions;
  readonly context: Context;
  readonly request: ScanRequest;
  readonly signedIn: SignedIn;
  readonly plan: Awaited<ReturnType<typeof plannedScopes>>;
  readonly store: FindingStore | undefined;
}

async function audited({ options, context: { io, world }, request, signedIn: { session }, plan, store }: Audit): Promise<AuditResult> {
  const { startedAt, topic, exceptions, switchedOff } = request;
  const checks = await unlessInterrupted(placedChecks(request, session, world), io.interrupted);
  session.exceptions = exceptions;
  const judged = new Set(checks.flatMap(({ check }) => check.resourceTypes));
  const sources = (await world.sources()).filter(({ type }) => judged.has(type));
  const lookUp = await world.changeLookup?.(sources);
  const services = new Set(sources.map(({ type }) => type.split('::')[1])).size;
  const undertaking = { accountId: session.accountId, regions: plan.scopes.filter(({ region }) => region !== 'global').length, services };
  const line = liveLine(io, undertaking, options.quiet ?? false, () => ({
    calls: session.meter.total,
    throttles: session.meter.throttles,
  }));
  try {
    const work = audit({
      ...{
        session,
        sources,
        scopes: plan.scopes,
        checks,
        switchedOff,
        store,
        startedAt,
        now: io.now,
        lookUp,
        exceptions: toExceptions(exceptions),
        topic: topic !== undefined,
        onProgress: line.update,
      },
      runId: toRunId(startedAt),
      regionsNotEnabled: plan.notEnabled,
      regionsLeftOut: plan.leftOut,
    });
    return await unlessInterrupted(work, io.interrupted);
  } finally {
    line.end();
  }
}

/** Sortable by time, and told apart when two scans begin in the same second: `20261121T084927Z-3f2a`. */
function toRunId(startedAt: Date): string {
  return `${startedAt.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(2).toString('hex')}`;
}

function failing({ findings }: ScanDocument, failOn: ScanOptions['failOn']): number {
  return failOn === 'NONE' ? 0 : findings.filter((row) => row.open && rankOf(row.severity) <= rankOf(failOn)).length;
}
