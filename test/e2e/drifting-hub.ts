import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { checks } from '../../checks/registry.ts';
import { type Account, account } from '../../emulator/account.ts';
import type { LocalAws } from '../../emulator/local-aws.ts';
import type { Delivered } from '../../emulator/topic-queue.ts';
import type { Item } from '../../findings/dynamodb-items.ts';
import { unpack } from '../../findings/packed.ts';
import { HUB, HUB_REGION, type World } from './deployed-world.ts';
import { newsIn } from './subscribed-queue.ts';

const CHECKS = ['ec2-security-group-admin-ports-closed', 's3-bucket-public-read-absent', 's3-bucket-tls-only'];

/** The hub audits itself, with few checks: they make few calls, each of which may be disturbed. */
export const CONFIG = `
regions: [${HUB_REGION}]
checks:
${checks.flatMap(({ id }) => (CHECKS.includes(id) ? [] : [`  ${id}: { enabled: false }`])).join('\n')}
`;

export function driftingHub(): Account {
  const photos = { block: 'none', ownership: 'ObjectWriter', acl: 'public-read', region: HUB_REGION } as const;
  return account(HUB, { region: HUB_REGION })
    .bucket('photos', photos)
    .bucket('exports', photos)
    .subnet('front', { public: true })
    .securityGroup('bastion')
    .instance('bastion', { subnet: 'front', public: true, groups: ['bastion'] });
}

/** One group is opened, one bucket closed, and another made: two changes to be told alone, and some in the digest. */
export async function drift(aws: LocalAws): Promise<void> {
  const settings = aws.client(HUB, HUB_REGION);
  const GroupId = aws.idOf(HUB, 'security-group', 'bastion');
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await new EC2Client(settings).send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  const s3 = new S3Client(settings);
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket: 'photos', PublicAccessBlockConfiguration }));
  await s3.send(new CreateBucketCommand({ Bucket: 'new', CreateBucketConfiguration: { LocationConstraint: HUB_REGION } }));
}

/** What a message tells: one change alone, what somebody did, or a digest and the changes in it. */
export function toSteps(message: Pick<Delivered, 'Message'>): readonly string[] {
  const news = newsIn(message);
  if (news.type === 'finding') return [`alone: ${news.event} ${news.finding.id}`];
  if (news.type === 'activity') return [`activity: ${news.activity.checkId} ${news.activity.id}`];
  return ['a digest', ...news.changes.map(({ event, id }) => `digest: ${event} ${id}`)];
}

/** An item without what differs from one run to the next although the same happened. `runIds`: of the runs that count as one. */
export function timeless(item: Item, runIds: readonly string[]): unknown {
  const plain = Object.entries(item).map(([name, value]) => [name, value instanceof Uint8Array ? unpack(value) : value]);
  const text = JSON.stringify(Object.fromEntries(plain), (name, value: unknown) => (VOLATILE.has(name) ? undefined : value));
  const ofOneRun = runIds.reduce((changed, runId) => changed.replaceAll(runId, 'this run'), text);
  return JSON.parse(ofOneRun.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then').replaceAll(/:audit-\d+"/g, ':audit"'));
}

const VOLATILE = new Set(['usage', 'expiresAt']);

/** Lets an hour pass in which nobody comes back to what they have claimed. */
export async function ageClaims({ aws, running }: World): Promise<void> {
  const TableName = running.deployment.tableName;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(aws.client(HUB, HUB_REGION)));
  const { Items = [] } = await client.send(
    new ScanCommand({
      TableName,
      FilterExpression: '#state = :claimed',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':claimed': 'claimed' },
    }),
  );
  for (const Item of withStaleClaims(Items)) await client.send(new PutCommand({ TableName, Item }));
}

export function withStaleClaims(items: readonly Item[]): readonly Item[] {
  const claimedAt = new Date(Date.now() - 3_600_000).toISOString();
  return items.map((item) => (item.state === 'claimed' ? { ...item, claimedAt } : item));
}
