import type { AwsSecurityFinding, ImportFindingsError, SecurityHubClientConfig } from '@aws-sdk/client-securityhub';
import type { Hub } from './asff.ts';
import { patience } from './patience.ts';

/** Where findings are imported. */
export interface SecurityHubPublisher {
  /**
   * Resolves when all were imported, and gives those that Security Hub would not take, by id with why: others of their batch are imported. Importing
   * one again is harmless. @throws whatever a request throws that was not answered, after its retries
   */
  readonly publish: (findings: readonly AwsSecurityFinding[]) => Promise<Refusals>;
}

export type Refusals = ReadonlyMap<string, string>;

/** Time as the publisher knows it, in milliseconds. */
export interface PublisherClock {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * 100 findings and 6 MB a batch, 10 batches a second (30 at once).
 * https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
 */
const MOST_FINDINGS = 100;
const MOST_BYTES = 5_500_000;
const BETWEEN_BATCHES = 100;

/** What was refused may have met a fault of the moment. */
const BEFORE_SECOND_TRY = 1_000;

const PATIENCE = patience(20_000);

/** Imports findings into Security Hub as the default product of the hub's own account. */
export async function securityHubPublisher(
  hub: Hub,
  { now, wait }: PublisherClock,
  credentials?: SecurityHubClientConfig['credentials'],
): Promise<SecurityHubPublisher> {
  const sdk = await import('./sdk/security-hub.ts');
  const client = new sdk.SecurityHubClient({
    region: hub.region,
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 6,
    requestHandler: PATIENCE,
  });
  let nextAt = 0;

  async function send(batch: readonly AwsSecurityFinding[]): Promise<readonly ImportFindingsError[]> {
    const early = nextAt - now();
    nextAt = Math.max(nextAt, now()) + BETWEEN_BATCHES;
    if (early > 0) await wait(early);
    const { FailedFindings = [] } = await client.send(new sdk.BatchImportFindingsCommand({ Findings: [...batch] }));
    return FailedFindings;
  }

  async function sendAll(findings: readonly AwsSecurityFinding[]): Promise<Refusals> {
    const refused: ImportFindingsError[] = [];
    for (const batch of toBatches(findings)) refused.push(...(await send(batch)));
    return new Map(refused.map(({ Id = '', ErrorCode, ErrorMessage }) => [Id, `${ErrorCode}: ${ErrorMessage}`]));
  }

  return {
    async publish(findings) {
      const newest = newestOfEach(findings);
      const refused = await sendAll(newest);
      if (refused.size === 0) return refused;
      await wait(BEFORE_SECOND_TRY);
      return sendAll(newest.filter(({ Id = '' }) => refused.has(Id)));
    },
  };
}

/** A finding that changed twice is imported as it stands last. */
function newestOfEach(findings: readonly AwsSecurityFinding[]): readonly AwsSecurityFinding[] {
  return [...new Map(findings.map((finding) => [finding.Id, finding])).values()];
}

function toBatches(findings: readonly AwsSecurityFinding[]): AwsSecurityFinding[][] {
  const batches: AwsSecurityFinding[][] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding));
    const last = batches.at(-1);
    if (last && last.length < MOST_FINDINGS && bytes + size <= MOST_BYTES) {
      last.push(finding);
      bytes += size;
    } else {
      batches.push([finding]);
      bytes = size;
    }
  }
  return batches;
}
