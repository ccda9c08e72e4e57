import type { ResourceIdentity } from '../../inventory/resource.ts';
import type { Choice } from './decide-at-best.ts';
import type { Carries } from './policy-variables.ts';
import { UNHEARD_OF } from './statement-coverage.ts';

export type PrincipalKind = 'user' | 'group' | 'role';

/** A user or role that sends requests; for a group, a member that nobody has heard of. */
export interface CallingPrincipal {
  readonly kind: PrincipalKind;
  readonly arn: string;
  readonly accountId: string;
  readonly partition: string;
  readonly tags: Readonly<Record<string, string>>;
}

export function toCallingPrincipal({ type, arn, accountId, partition, tags }: ResourceIdentity): CallingPrincipal {
  const kind = type === 'AWS::IAM::Role' ? 'role' : type === 'AWS::IAM::Group' ? 'group' : 'user';
  return { kind, arn, accountId, partition, tags };
}

/** Who calls: a member in place of a group. */
export function callerArn({ kind, arn, partition, accountId }: CallingPrincipal): string {
  return kind === 'group' ? `arn:${partition}:iam::${accountId}:user/${UNHEARD_OF}` : arn;
}

/** Where IAM and STS are called: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (`aws:RequestedRegion`). */
const HOME_REGIONS: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' };

/** What every request of the principal to its own account's resources carries, as far as that is known: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function callerContext(principal: CallingPrincipal, action: string, step: Readonly<Record<string, string>> = {}): Carries {
  const { kind, partition, tags } = principal;
  const arn = callerArn(principal);
  const ofAccount = iamContext(principal);
  const known = new Map<string, readonly string[] | 'absent'>([
    ['aws:principalarn', [arn]],
    ['aws:principalisawsservice', ['false']],
    ['aws:principaltype', [kind === 'role' ? 'AssumedRole' : 'User']],
    ['aws:username', kind === 'role' ? 'absent' : [arn.slice(arn.lastIndexOf('/') + 1)]],
    ...Object.entries(step).map(([key, value]) => [key, [value.replace('<partition>', partition)]] as const),
  ]);
  const tagValues = new Map(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), [value]]));
  return (key) => {
    if (key === 'aws:requestedregion' && !action.startsWith('iam:')) return undefined;
    if (!key.startsWith('aws:principaltag/')) return known.get(key) ?? ofAccount(key);
    // Of a session, tags may be those of the session too; a group's are not its members'.
    const value = kind === 'group' ? undefined : tagValues.get(key.slice('aws:principaltag/'.length));
    return value ?? (kind === 'user' ? 'absent' : undefined);
  };
}

/** What requests to IAM carry, whoever of the account sends them. */
export function iamContext({ accountId, partition }: Pick<CallingPrincipal, 'accountId' | 'partition'>): Carries {
  const homeRegion = HOME_REGIONS[partition];
  const known = new Map([
    ['aws:principalaccount', [accountId]],
    ['aws:resourceaccount', [accountId]],
    ['aws:securetransport', ['true']],
    ['aws:viaawsservice', ['false']],
    ...(homeRegion === undefined ? [] : [['aws:requestedregion', [homeRegion]] as const]),
  ]);
  return (key) => known.get(key);
}

const CHOSEN = new Set(['aws:referer', 'aws:requestedregion', 'aws:tagkeys', 'aws:useragent', 'sts:externalid', 'sts:rolesessionname']);

/** Requests that a user signs with an access key carry nothing of MFA; a session of a role says that there was none. */
export function callerChoice({ kind }: Pick<CallingPrincipal, 'kind'>): Choice {
  return (key) => {
    if (CHOSEN.has(key) || key.startsWith('aws:requesttag/')) return 'any';
    if (key === 'aws:multifactorauthpresent') return kind === 'role' ? [['false']] : ['absent'];
    return key === 'aws:multifactorauthage' ? ['absent'] : undefined;
  };
}
