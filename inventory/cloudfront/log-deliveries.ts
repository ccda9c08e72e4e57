import type { Delivery, DeliverySource } from '@aws-sdk/client-cloudwatch-logs';
import { required } from '../broken-answer.ts';
import { definePagedCall, type Place } from '../call.ts';
import { groupedBy } from '../ec2/listing.ts';
import type { Session } from '../session.ts';

/** Deliveries of CloudFront's logs are all kept where its global region is: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html */
const globally = (_input: unknown, { session }: { readonly session: Session }) => session.globalRegion;

const describeDeliverySources = definePagedCall<DeliverySource>({
  service: 'logs',
  operation: 'DescribeDeliverySources',
  permissions: ['logs:DescribeDeliverySources'],
  region: globally,
  async *pages(session, region) {
    const { sdk, client } = await session.aws.logs(region);
    for await (const page of sdk.paginateDescribeDeliverySources({ client, pageSize: 50 }, {})) {
      yield required(page.deliverySources, 'deliverySources');
    }
  },
});

const describeDeliveries = definePagedCall<Delivery>({
  service: 'logs',
  operation: 'DescribeDeliveries',
  permissions: ['logs:DescribeDeliveries'],
  region: globally,
  async *pages(session, region) {
    const { sdk, client } = await session.aws.logs(region);
    for await (const page of sdk.paginateDescribeDeliveries({ client, pageSize: 50 }, {})) yield required(page.deliveries, 'deliveries');
  },
});

export const logDeliveryCalls = [describeDeliverySources, describeDeliveries];

const sourcesOf = groupedBy(({ resourceArns = [] }: DeliverySource) => resourceArns);
const deliveriesFrom = groupedBy(({ deliverySourceName }: Delivery) => [deliverySourceName]);

/** Whether access logs of a distribution are delivered by CloudWatch Logs (standard logging v2). A source alone delivers nothing. */
export async function readLogDelivery(place: Place, distributionArn: string): Promise<boolean> {
  const [sources, deliveries] = await Promise.all([describeDeliverySources(place), describeDeliveries(place)]);
  for (const { name, logType } of sourcesOf(sources, distributionArn)) {
    if (name === undefined || logType !== 'ACCESS_LOGS') continue;
    for (const _delivery of deliveriesFrom(deliveries, name)) return true;
  }
  return false;
}
