import type { AnalyzerSummary, FindingSummaryV2 } from '@aws-sdk/client-accessanalyzer';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { listAnalyzers, listPublicFindings } from './calls.ts';

/** An analyzer of IAM Access Analyzer. */
export interface Analyzer {
  readonly name: string;
  readonly arn: string;
  /** `ACCOUNT` and `ORGANIZATION` look for access from outside; those of other types for access that is unused, or internal. */
  readonly type: string;
  /** `ACTIVE`, `CREATING`, `DISABLED` or `FAILED`. */
  readonly status: string;
}

/** A resource that Access Analyzer has found to be open to anybody. */
export interface PublicResource {
  readonly arn: string;
  readonly type: string;
  readonly accountId: string;
}

export const analyzerCalls = [listAnalyzers];
export const publicResourceCalls = [listAnalyzers, listPublicFindings];

export async function readAnalyzers(place: Place): Promise<Listed<Analyzer>> {
  return toListed(await listAnalyzers(place), toAnalyzer);
}

/** What the analyzers of external access that are active have found; `undefined` where there is none, so that nobody has looked. */
export async function readPublicResources(place: Place): Promise<Listed<PublicResource> | undefined> {
  const analyzers = await readAnalyzers(place);
  const looking = analyzers.filter(({ type, status }) => EXTERNAL.has(type) && status === 'ACTIVE');
  if (looking.known.length === 0 && looking.unread === undefined) return undefined;
  const found = await Promise.all(looking.known.map(({ arn }) => readFindings(place, arn)));
  return joined(found, looking.unread);
}

const EXTERNAL: ReadonlySet<string> = new Set(['ACCOUNT', 'ORGANIZATION']);

async function readFindings(place: Place, analyzerArn: string): Promise<Listed<PublicResource>> {
  return toListed(await listPublicFindings(place, { analyzerArn }), toPublicResource);
}

function toAnalyzer({ name, arn, type, status }: AnalyzerSummary): Analyzer {
  if (name === undefined || arn === undefined || type === undefined || status === undefined) {
    throw malformed('access-analyzer:ListAnalyzers', 'an analyzer is incomplete');
  }
  return { name, arn, type, status };
}

function toPublicResource({ resource, resourceType, resourceOwnerAccount }: FindingSummaryV2): PublicResource {
  if (resource === undefined || resourceType === undefined || resourceOwnerAccount === undefined) {
    throw malformed('access-analyzer:ListFindingsV2', 'a finding does not say of which resource it is');
  }
  return { arn: resource, type: resourceType, accountId: resourceOwnerAccount };
}
