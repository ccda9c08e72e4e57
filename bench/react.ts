import { randomUUID } from 'node:crypto';
import { AuthorizeSecurityGroupIngressCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import pLimit from 'p-limit';
import { type Account, account } from '../emulator/account.ts';
import { type LocalAws, startLocalAws } from '../emulator/local-aws.ts';
import { HUB, type Hub, openHub, REGION, type Span, timed, withRoles } from './hub.ts';

export interface ReactFigures {
  readonly events: number;
  /** Alerts that name the group that the event is about, by what happened to it. */
  readonly alerts: Readonly<Record<string, number>>;
  /** Requests that an event cost on average. */
  readonly requests: number;
  /** Milliseconds of the first event, in processes that had just started. */
  readonly firstMs: number;
  /** Milliseconds that react and notify took for an event, from its arrival to its alert. */
  readonly wallMs: Percentiles;
  /** Of these, the milliseconds in which none of the requests that they made was under way. */
  readonly beyondMs: Percentiles;
  readonly burst: BurstFigures;
}

export interface BurstFigures {
  readonly events: number;
  readonly seconds: number;
  readonly describes: number;
  readonly alerts: number;
  /** Messages that ask for a second look. */
  readonly secondLooks: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Each is opened and closed. */
const GROUPS = 60;
/** The first of them, which warm the functions up. */
const WARMING = 5;
const BURST = 1_000;
/** As it is deployed: messages in a batch, and batches at a time. */
const BATCH = 100;
const CONCURRENT_BATCHES = 5;
const SSH = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/** Has security groups of the local AWS opened and closed, and the bundled functions told of each by an event. */
export async function benchReact(): Promise<ReactFigures> {
  const aws = await startLocalAws({ regions: [REGION, 'us-east-1'] });
  try {
    const idOf = await aws.seed(withRoles(fleet()));
    const groups = Array.from({ length: GROUPS }, (_, index) => idOf('security-group', `web-${index}`));
    const hub = await openHub(aws);
    try {
      const each = await oneByOne(aws, hub, groups);
      return { ...each, burst: await burst(aws, hub, idOf('security-group', 'busy')) };
    } finally {
      await hub.stop();
    }
  } finally {
    await aws.stop();
  }
}

/** Machines that the internet reaches, each by a group of its own. */
function fleet(): Account {
  const names = ['busy', ...Array.from({ length: GROUPS }, (_, index) => `web-${index}`)];
  const network = account(HUB, { region: REGION }).subnet('front', { public: true });
  return names.reduce((all, name) => all.securityGroup(name).instance(name, { subnet: 'front', public: true, groups: [name] }), network);
}

async function oneByOne(aws: LocalAws, hub: Hub, groups: readonly string[]): Promise<Omit<ReactFigures, 'burst'>> {
  const ec2 = new EC2Client(aws.client(HUB, REGION));
  const worked: (readonly Span[])[] = [];
  async function happened(eventName: string, GroupId: string): Promise<void> {
    const { span } = await timed(() => hub.react.invoke(toBatch([toEvent(eventName, GroupId)])));
    worked.push([span, ...(await hub.tell())]);
  }
  for (const GroupId of groups) {
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [SSH] }));
    await happened('AuthorizeSecurityGroupIngress', GroupId);
  }
  for (const GroupId of groups) {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [SSH] }));
    await happened('RevokeSecurityGroupIngress', GroupId);
  }
  const alerts = (await hub.alerts()).filter(({ finding }) => groups.includes(finding.resource.id));
  const requests = hub.requests();
  const walls = worked.map(lengthOf);
  return {
    events: worked.length,
    alerts: Object.fromEntries(
      Map.groupBy(alerts, ({ event }) => event)
        .entries()
        .map(([event, told]) => [event, told.length]),
    ),
    requests: requests.length / worked.length,
    firstMs: walls[0] ?? 0,
    wallMs: toPercentiles(walls.slice(WARMING)),
    beyondMs: toPercentiles(
      worked.slice(WARMING).map((spans) => lengthOf(spans) - lengthOf(spans.flatMap((span) => within(requests, span)))),
    ),
  };
}

async function burst(aws: LocalAws, hub: Hub, GroupId: string): Promise<BurstFigures> {
  await new EC2Client(aws.client(HUB, REGION)).send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [SSH] }));
  const happened = Date.now() - 5_000;
  const batches = Array.from({ length: BURST / BATCH }, () =>
    toBatch(Array.from({ length: BATCH }, () => toEvent('AuthorizeSecurityGroupIngress', GroupId, happened))),
  );
  aws.calls.reset();
  const { span } = await timed(async () => {
    await pLimit(CONCURRENT_BATCHES).map(batches, (batch) => hub.react.invoke(batch));
    await hub.tell();
  });
  const count = (operation: string) => aws.calls.list({ operation }).length;
  return {
    events: BURST,
    seconds: (span.to - span.from) / 1_000,
    describes: count('DescribeSecurityGroups'),
    alerts: (await hub.alerts()).filter(({ finding }) => finding.resource.id === GroupId).length,
    secondLooks: count('SendMessage'),
  };
}

/** As EventBridge puts it into the queue. `happened`: in milliseconds since 1970. */
function toEvent(eventName: string, groupId: string, happened = Date.now()): object {
  const ports = { ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } };
  const detail = {
    ...{ eventVersion: '1.11', eventID: randomUUID(), eventTime: `${new Date(happened).toISOString().slice(0, 19)}Z` },
    ...{ eventType: 'AwsApiCall', eventSource: 'ec2.amazonaws.com', eventName, awsRegion: REGION, recipientAccountId: HUB },
    ...{ sourceIPAddress: '198.51.100.7', userAgent: 'aws-cli/2.31.0' },
    userIdentity: { type: 'IAMUser', principalId: 'AIDABENCH', arn: `arn:aws:iam::${HUB}:user/ana`, accountId: HUB, userName: 'ana' },
    requestParameters: { groupId, ipPermissions: { items: [ports] } },
    responseElements: { requestId: randomUUID(), _return: true },
  };
  return { source: 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail', account: HUB, region: REGION, detail };
}

/** As Lambda hands messages of the queue over. */
function toBatch(events: readonly object[]): object {
  return { Records: events.map((event) => ({ messageId: randomUUID(), eventSource: 'aws:sqs', body: JSON.stringify(event) })) };
}

/** What of these falls into a stretch of time. */
function within(spans: readonly Span[], { from, to }: Span): readonly Span[] {
  return spans.map((span) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) })).filter((span) => span.from < span.to);
}

/** What lies in several of them counts once. */
function lengthOf(spans: readonly Span[]): number {
  let end = 0;
  let length = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    length += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return length;
}

function toPercentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
