import type { StandardsSubscription } from '@aws-sdk/client-securityhub';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { describeHub, getEnabledStandards } from './calls.ts';

/** Security Hub (CSPM, as AWS calls it since there is another) in a region. */
export interface Hub {
  readonly enabled: boolean;
  /** Standards that are on; none where it is not enabled. */
  readonly standards: Iterable<Standard>;
}

export interface Standard {
  readonly arn: string;
  /** `READY`, `INCOMPLETE` while some controls are not on yet, `PENDING`, `DELETING` or `FAILED`. */
  readonly status: string;
}

export const hubCalls = [describeHub, getEnabledStandards];

export async function readHub(place: Place): Promise<Hub> {
  if (!(await describeHub(place))) return { enabled: false, standards: [] };
  const standards = await attempt(async () => toListed(await getEnabledStandards(place), toStandard));
  return {
    enabled: true,
    get standards() {
      return opened(standards);
    },
  };
}

function toStandard({ StandardsArn, StandardsStatus }: StandardsSubscription): Standard {
  if (StandardsArn === undefined || StandardsStatus === undefined) {
    throw malformed('securityhub:GetEnabledStandards', 'a standard has no ARN or no status');
  }
  return { arn: StandardsArn, status: StandardsStatus };
}
