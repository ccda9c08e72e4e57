import type { AwsSecurityFinding, ImportFindingsError, SecurityHubClientConfig } from '@aws-sdk/client-securityhub';
import type { Hub } from './asff.ts';
import { patience } from './patience.ts';

/** Where findings are imported. */
export interface SecurityHubPublisher {
  /** Resolves when all were imported. Importing one again is harmless. @throws Error that names those that were refused, after all have been tried */
  readonly publish: (findings: readonly AwsSecurityFinding[]) => Promise<void>;
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html: 100 findings and 6 MB a batch. */
const MOST_FINDINGS = 100;
const MOST_BYTES = 5_500_000;

const PATIENCE = patience(20_000);

/** Imports findings into Security Hub as the default product of the hub's own account. */
export async function securityHubPublisher(hub: Hub, credentials?: SecurityHubClientConfig['credentials']): Promise<SecurityHubPublisher> {
  const sdk = await import('./sdk/security-hub.ts');
  const client = new sdk.SecurityHubClient({
    region: hub.region,
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 6,
    requestHandler: PATIENCE,
  });
  return {
    async publish(findings) {
      const refused: ImportFindingsError[] = [];
      for (const batch of toBatches(newestOfEach(findings))) {
        const { FailedFindings } = await client.send(new sdk.BatchImportFindingsCommand({ Findings: batch }));
        refused.push(...(FailedFindings ?? []));
      }
      if (refused.length > 0) throw new Error(`Security Hub in ${hub.region} refused ${refused.length} findings: ${toList(refused)}`);
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

const LONGEST_LIST = 10;

function toList(refused: readonly ImportFindingsError[]): string {
  const named = refused.slice(0, LONGEST_LIST).map(({ Id, ErrorCode, ErrorMessage }) => `${Id} (${ErrorCode}: ${ErrorMessage})`);
  const hidden = refused.length - named.length;
  return [...named, ...(hidden > 0 ? [`and ${hidden} more`] : [])].join(', ');
}
