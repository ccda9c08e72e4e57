import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { required } from '../broken-answer.ts';
import { defineCall, type Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { attempt, joined } from '../partial.ts';

/** A network interface that something uses. */
export interface UsedInterface {
  readonly region: string;
  /** `interface` of an instance or a database, `nat_gateway`, `lambda`, `vpc_endpoint`… (NetworkInterface, EC2 API reference). */
  readonly kind: string;
}

/** Some network interfaces in use in a region: those of the first page that holds any. Whether there are any is what matters. */
const describeUsedInterfaces = defineCall<readonly NetworkInterface[], { readonly region: string }>({
  service: 'ec2',
  operation: 'DescribeNetworkInterfaces',
  permissions: ['ec2:DescribeNetworkInterfaces'],
  region: ({ region }) => region,
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const inUse = { Filters: [{ Name: 'status', Values: ['in-use'] }] };
    for await (const page of sdk.paginateDescribeNetworkInterfaces({ client, pageSize: 1_000 }, inUse)) {
      const used = required(page.NetworkInterfaces, 'NetworkInterfaces');
      if (used.length > 0) return used;
    }
    return [];
  },
});

export const usedInterfaceCalls = [describeUsedInterfaces];

/** Of every enabled region. One that refuses, or that nobody could tell of, makes the list partial. */
export async function readUsedInterfaces(place: Place): Promise<Listed<UsedInterface>> {
  const { regions, regionsUnread, globalRegion } = place.session;
  const asked = regions.length > 0 ? regions : [globalRegion];
  const used = await Promise.all(asked.map((region) => usedIn(region, place)));
  return joined([...used, new Listed<UsedInterface>([], regionsUnread)]);
}

async function usedIn(region: string, place: Place): Promise<Listed<UsedInterface>> {
  const answer = await attempt(() => describeUsedInterfaces(place, { region }));
  if (!answer.read) return new Listed<UsedInterface>([], answer.reason);
  return new Listed(answer.value.map(({ InterfaceType = 'interface' }) => ({ region, kind: InterfaceType })));
}
