import { checks } from '../checks/registry.ts';
import { type Hub, toAsff } from '../findings/asff.ts';
import { ConfigError } from '../findings/config-error.ts';
import type { Finding } from '../findings/finding.ts';
import { securityHubPublisher } from '../findings/security-hub-publisher.ts';
import { findingOfImage } from '../findings/stream-record.ts';
import type { StreamRecord } from './events.ts';
import { once } from './once.ts';
import { setting } from './settings.ts';

const openPublisher = once((hub: Hub) => securityHubPublisher(hub));

/**
 * Imports the findings that a batch of records changed into Security Hub, each as it stands in its newest record, if the deployment wants that.
 * An import that is repeated changes nothing. Gives what throws when those of a record were not imported.
 */
export async function importChanged(records: readonly StreamRecord[], accountId: string): Promise<(finding: Finding) => void> {
  const changed = new Map(records.flatMap((record) => changeOf(record) ?? []).map((finding) => [finding.id, finding]));
  if (setting('POSTURE_SECURITY_HUB') !== 'on' || changed.size === 0) return () => undefined;
  const hub = { partition: setting('POSTURE_PARTITION'), region: setting('AWS_REGION'), accountId };
  const failure = await openPublisher(hub)
    .then((publisher) =>
      publisher.publish(
        changed
          .values()
          .map((finding) => toAsff(finding, checkOf(finding), hub))
          .toArray(),
      ),
    )
    .then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  return ({ id }) => {
    if (failure && changed.has(id)) throw failure.error;
  };
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
