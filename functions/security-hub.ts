import { setTimeout as wait } from 'node:timers/promises';
import { checks } from '../checks/registry.ts';
import { type Hub, toAsff } from '../findings/asff.ts';
import type { AuditRecord } from '../findings/audit-record.ts';
import type { AuditStore } from '../findings/audit-store.ts';
import { ConfigError } from '../findings/config-error.ts';
import type { Finding } from '../findings/finding.ts';
import { securityHubPublisher } from '../findings/security-hub-publisher.ts';
import { type Refreshed, refreshImported } from '../findings/security-hub-refresh.ts';
import type { FindingStore } from '../findings/store.ts';
import { findingOfImage } from '../findings/stream-record.ts';
import type { StreamRecord } from './events.ts';
import { once } from './once.ts';
import { setting } from './settings.ts';

const openPublisher = once((hub: Hub) =>
  securityHubPublisher(hub, { now: () => performance.now(), wait: (milliseconds) => wait(milliseconds) }),
);

/**
 * Imports the findings that a batch of records changed into Security Hub, each as it stands in its newest record, if the deployment wants that.
 * An import that is repeated changes nothing. Gives what throws when those of a record were not imported: all of them if the request failed, or one that
 * Security Hub would not take.
 */
export async function importChanged(records: readonly StreamRecord[], accountId: string): Promise<(finding: Finding) => void> {
  const changed = new Map(records.flatMap((record) => changeOf(record) ?? []).map((finding) => [finding.id, finding]));
  if (!isWanted() || changed.size === 0) return () => undefined;
  const hub = hubOf(accountId);
  const imports = new Map([...changed.values()].map((finding) => [finding.id, toAsff(finding, checkOf(finding), hub)]));
  const outcome = await openPublisher(hub)
    .then((publisher) => publisher.publish([...imports.values()]))
    .then(
      (refused) => ({ refused }),
      (error: unknown) => ({ error }),
    );
  return ({ id }) => {
    const imported = imports.get(id);
    if (imported === undefined) return;
    if ('error' in outcome) throw outcome.error;
    const why = outcome.refused.get(imported.Id ?? '');
    if (why !== undefined) throw new Error(`Security Hub in ${hub.region} refused the finding: ${why}`);
  };
}

interface Refreshing {
  readonly audit: AuditRecord;
  readonly audits: Pick<AuditStore, 'audits'>;
  readonly store: Pick<FindingStore, 'findingsInState'>;
  readonly accountId: string;
  readonly outOfTime: () => boolean;
}

/** Imports again what stays open, before Security Hub forgets it; `undefined` where the deployment does not import. */
export async function refreshOpen({ accountId, ...rest }: Refreshing): Promise<Refreshed | undefined> {
  if (!isWanted()) return undefined;
  const hub = hubOf(accountId);
  return refreshImported({
    ...rest,
    publisher: await openPublisher(hub),
    toImported: (finding) => toAsff(finding, checkOf(finding), hub),
  });
}

function isWanted(): boolean {
  return setting('POSTURE_SECURITY_HUB') === 'on';
}

function hubOf(accountId: string): Hub {
  return { partition: setting('POSTURE_PARTITION'), region: setting('AWS_REGION'), accountId };
}

/** The finding that a record changed, not merely marked as told. */
function changeOf({ dynamodb }: StreamRecord): Finding | undefined {
  try {
    const finding = findingOfImage(dynamodb.NewImage);
    return finding && finding.version !== findingOfImage(dynamodb.OldImage)?.version ? finding : undefined;
  } catch (error) {
    // Whoever tells this record finds the same, and it costs the others of the batch nothing.
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function checkOf({ checkId }: Finding) {
  return checks.find(({ id }) => id === checkId);
}
