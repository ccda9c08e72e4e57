import { required } from './broken-answer.ts';
import { defineCall } from './call.ts';
import { Unread } from './facet.ts';
import { GLOBAL, type Scope } from './resource.ts';
import type { Session } from './session.ts';

export interface ScopePlan {
  readonly scopes: readonly Scope[];
  /** Regions that the account has not opted in to: reported, not guessed. */
  readonly notEnabled: readonly string[];
  /** Enabled regions that the caller chose to leave out. */
  readonly leftOut: readonly string[];
}

interface Regions {
  readonly enabled: readonly string[];
  readonly notEnabled: readonly string[];
}

/** The regions that this account may and may not use, asked of EC2 in the partition's global region. */
export const describeRegions = defineCall<Regions>({
  service: 'ec2',
  operation: 'DescribeRegions',
  permissions: ['ec2:DescribeRegions'],
  region: (_input, { session }) => session.globalRegion,
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const answer = await client.send(new sdk.DescribeRegionsCommand({ AllRegions: true }));
    const regions = required(answer.Regions?.length === 0 ? undefined : answer.Regions, 'Regions');
    const named = regions.map(({ RegionName, OptInStatus }) => ({ name: required(RegionName, 'RegionName'), status: OptInStatus }));
    const names = (enabled: boolean) => named.filter(({ status }) => (status !== 'not-opted-in') === enabled).map(({ name }) => name);
    return { enabled: names(true).sort(), notEnabled: names(false).sort() };
  },
});

/**
 * The scopes of one account: `global` and each enabled region, or those among them that are wanted. Tells the session which regions there are.
 * @throws Unread when the regions cannot be listed and none were named
 */
export async function planScopes(session: Session, wanted?: readonly string[]): Promise<ScopePlan> {
  const { accountId } = session;
  const { enabled, notEnabled } = await discover(session, wanted);
  session.regions = enabled;
  const chosen = wanted ? enabled.filter((region) => wanted.includes(region)) : enabled;
  return {
    scopes: [GLOBAL, ...chosen].map((region) => ({ accountId, region })),
    notEnabled,
    leftOut: enabled.filter((region) => !chosen.includes(region)),
  };
}

async function discover(session: Session, wanted: readonly string[] | undefined): Promise<Regions> {
  const place = { session, scope: { accountId: session.accountId, region: GLOBAL }, declared: [describeRegions] };
  try {
    return await describeRegions(place);
  } catch (error) {
    if (wanted === undefined || !(error instanceof Unread)) throw error;
    session.regionsUnread = error.reason;
    return { enabled: wanted, notEnabled: [] };
  }
}
