import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { getAccountStatus } from './calls.ts';

/** What Inspector scans in a region. */
export interface Scanning {
  readonly ec2: boolean;
  readonly ecr: boolean;
  readonly lambda: boolean;
  readonly lambdaCode: boolean;
}

export const scanningCalls = [getAccountStatus];

const TYPES = ['ec2', 'ecr', 'lambda', 'lambdaCode'] as const;

export async function readScanning(place: Place): Promise<Scanning> {
  const { resourceState } = await getAccountStatus(place);
  const isOn = (name: (typeof TYPES)[number]) => ON.has(resourceState?.[name]?.status ?? 'DISABLED');
  if (resourceState?.ec2?.status === undefined) throw malformed('inspector2:BatchGetAccountStatus', 'the answer says nothing of EC2');
  return { ec2: isOn('ec2'), ecr: isOn('ecr'), lambda: isOn('lambda'), lambdaCode: isOn('lambdaCode') };
}

/** While it is being enabled it is on for all that anybody can do. */
const ON: ReadonlySet<string> = new Set(['ENABLED', 'ENABLING']);

/** False while all that is on is only being enabled: then nothing has been looked into yet. */
export async function hasBegunToScan(place: Place): Promise<boolean> {
  const { resourceState } = await getAccountStatus(place);
  return TYPES.some((type) => resourceState?.[type]?.status === 'ENABLED');
}
