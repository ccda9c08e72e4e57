import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { required } from '../broken-answer.ts';
import { defineCall, type Place } from '../call.ts';
import { EVEN_HIDDEN } from '../ec2/wanted.ts';
import { listEveryRegion } from '../every-region.ts';
import { Listed } from '../facet.ts';

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
    const inUse = { Filters: [{ Name: 'status', Values: ['in-use'] }], ...EVEN_HIDDEN };
    for await (const page of sdk.paginateDescribeNetworkInterfaces({ client, pageSize: 1_000 }, inUse)) {
      const used = required(page.NetworkInterfaces, 'NetworkInterfaces');
      if (used.length > 0) return used;
    }
    return [];
  },
});

export const usedInterfaceCalls = [describeUsedInterfaces];

/** Of every enabled region. */
export function readUsedInterfaces(place: Place): Promise<Listed<UsedInterface>> {
  return listEveryRegion(place, async (region) => {
    const used = await describeUsedInterfaces(place, { region });
    return new Listed(used.map(({ InterfaceType = 'interface' }) => ({ region, kind: InterfaceType })));
  });
}
