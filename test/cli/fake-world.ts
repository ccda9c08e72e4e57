import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activity, defineActivityCheck, quiet } from '../../checks/activity.ts';
import { defineCheck, denied, fail, notApplicable, pass } from '../../checks/check.ts';
import type { ExitCode } from '../../cli/exit-codes.ts';
import type { Io } from '../../cli/io.ts';
import { run } from '../../cli/program.ts';
import type { World } from '../../cli/world.ts';
import type { Publisher } from '../../findings/announce.ts';
import type { Message } from '../../findings/message.ts';
import { openStore } from '../../findings/open-store.ts';
import { type Facet, Listed, type UnreadReason } from '../../inventory/facet.ts';
import type { Resource, ResourceSource } from '../../inventory/reader.ts';
import type { ResourceIdentity, ResourceType } from '../../inventory/resource.ts';
import { fakeSession } from '../inventory/fake-session.ts';

export const ACCOUNT = '123456789012';

const remediation = { text: 'Turn it on in the region.', cli: 'aws ec2 enable-ebs-encryption-by-default --region <region>' };

/** Three checks that show all that the command line has to show. */
export const checks = [
  defineCheck({
    id: 'ec2-ebs-encryption-default',
    title: 'EBS volumes should be encrypted by default in every region',
    severity: 'MEDIUM',
    controls: ['CIS-AWS-7.0:6.1.1', 'AWS-FSBP:EC2.7'],
    equivalents: { prowler: ['ec2_ebs_default_encryption'], securityHub: ['EC2.7'] },
    risk: 'A volume made without a thought for encryption keeps its data readable to whoever gets a copy of it.',
    remediation,
    resourceType: 'AWS::EC2::RegionSettings',
    needs: ['ebsEncryptionByDefault'],
    evaluate: ({ ebsEncryptionByDefault }) => (ebsEncryptionByDefault ? pass : fail('new EBS volumes are not encrypted by default')),
    examples: {
      pass: { 'encryption by default is on': { ebsEncryptionByDefault: true } },
      fail: { 'encryption by default is off': { ebsEncryptionByDefault: false } },
      unknown: { 'not allowed to ask': { ebsEncryptionByDefault: denied('ec2:GetEbsEncryptionByDefault') } },
    },
  }),
  defineCheck({
    id: 's3-bucket-public-write-absent',
    title: 'S3 buckets should not let the public write',
    severity: 'CRITICAL',
    controls: ['AWS-FSBP:S3.3'],
    equivalents: { checkov: ['CKV_AWS_57'] },
    risk: 'Anybody can put what they like into the bucket, at your cost and in your name.',
    remediation: { text: 'Block public access to the bucket.', cloudFormation: 'AWS::S3::Bucket.PublicAccessBlockConfiguration' },
    resourceType: 'AWS::S3::Bucket',
    needs: ['policyIsPublic'],
    params: { trustedAccounts: ['111122223333'], days: 45, strict: true, webPorts: [80], names: ['a'], labels: { '22': 'SSH' }, note: 'x' },
    evaluate: ({ policyIsPublic, identity }) =>
      identity.id.startsWith('log') ? notApplicable('a log bucket') : policyIsPublic ? fail('its policy lets anybody write') : pass,
    examples: { pass: {}, fail: {}, unknown: {} },
  }),
  defineCheck({
    id: 's3-bucket-tls-only',
    title: 'S3 buckets should refuse requests without TLS',
    severity: 'HIGH',
    controls: [],
    equivalents: {},
    risk: 'What is not encrypted on its way can be read there.',
    remediation: { text: 'Deny requests with aws:SecureTransport false.' },
    resourceType: 'AWS::S3::Bucket',
    needs: ['acl'],
    evaluate: () => pass,
    examples: { pass: {}, fail: {}, unknown: {} },
  }),
];

/** Of activity checks one that names events and one that does not. */
export const activityChecks = [
  defineActivityCheck({
    id: 'activity-instances-started',
    title: 'Somebody started instances',
    severity: 'LOW',
    controls: ['CIS-AWS-7.0:5.10'],
    attack: ['T1578.002'],
    equivalents: {},
    risk: 'Instances cost money, and may be there for somebody else.',
    remediation: { text: 'Ask who needs them.' },
    events: [
      { source: 'ec2.amazonaws.com', names: ['RunInstances', 'StartInstances'] },
      { source: 'any', names: ['CreateFleet'] },
      { source: 'ec2.amazonaws.com', names: ['GetConsoleOutput'], readOnly: true },
    ],
    params: { minutes: 10 },
    evaluate: ({ name }) => (name === 'RunInstances' ? activity('started instances') : quiet),
    examples: {
      activity: { 'an instance': { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' } },
      quiet: { 'a fleet': { eventSource: 'ec2.amazonaws.com', eventName: 'CreateFleet' } },
      unsure: { 'nobody knows': { eventSource: 'ec2.amazonaws.com', eventName: 'StartInstances' } },
    },
  }),
  defineActivityCheck({
    id: 'activity-anything-done',
    title: 'Somebody did something',
    severity: 'HIGH',
    controls: [],
    attack: [],
    equivalents: { prowler: ['cloudwatch_log_metric_filter_root_usage'] },
    risk: 'Who does nothing does no harm.',
    remediation: { text: 'Do nothing.' },
    events: ['every', { by: 'root' }, { outcome: 'refused' }],
    evaluate: () => activity('did something'),
    examples: { activity: {}, quiet: {} },
  }),
];

export const deniedAcl: UnreadReason = {
  cause: 'denied',
  operation: 's3:GetBucketAcl',
  permissions: ['s3:GetBucketAcl'],
  message: 's3:GetBucketAcl: AccessDenied: no identity-based policy allows it',
};

/** An account as a scan finds it. */
export interface Account {
  /** Region → whether new volumes are encrypted, or why that is not known. */
  readonly encryption?: Readonly<Record<string, boolean | UnreadReason>>;
  /** Bucket → whether its policy is public, or why that is not known. */
  readonly buckets?: Readonly<Record<string, boolean | UnreadReason>>;
  /** Buckets cannot be listed. */
  readonly bucketsUnread?: UnreadReason;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A world whose account is what `account` holds at the time of the scan. */
export function fakeWorld(account: Account, given: Partial<World> = {}): World & { readonly told: Message[] } {
  const told: Message[] = [];
  const publisher: Publisher = { publish: async (message) => void told.push(message) };
  return {
    told,
    checks,
    activityChecks,
    sources: async () => [regionSettings(account), buckets(account)],
    signIn: async () => ({ session: fakeSession({}).session, own: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) }),
    async planScopes(session, wanted) {
      const enabled = Object.keys(account.encryption ?? { 'eu-west-1': true });
      session.regions = enabled;
      const chosen = enabled.filter((region) => wanted === undefined || wanted.includes(region));
      return {
        scopes: ['global', ...chosen].map((region) => ({ accountId: ACCOUNT, region })),
        notEnabled: ['ap-east-1'],
        leftOut: enabled.filter((region) => !chosen.includes(region)),
      };
    },
    openStore,
    openTopic: async () => publisher,
    ...given,
  };
}

function regionSettings({ encryption = { 'eu-west-1': true } }: Account): ResourceSource {
  return source(
    'AWS::EC2::RegionSettings',
    'regional',
    'ebsEncryptionByDefault',
    async (region) =>
      new Listed([
        resource('AWS::EC2::RegionSettings', region, region, `arn:aws:ec2:${region}:${ACCOUNT}:settings`, encryption[region] ?? false),
      ]),
  );
}

function buckets({ buckets: named = {}, bucketsUnread, tags = {} }: Account): ResourceSource {
  return source('AWS::S3::Bucket', 'global', 'policyIsPublic', async () => {
    const known = Object.entries(named).map(([name, value]) =>
      resource('AWS::S3::Bucket', name, 'eu-west-1', `arn:aws:s3:::${name}`, value, tags),
    );
    return new Listed(bucketsUnread ? [] : known, bucketsUnread);
  });
}

function source(
  type: ResourceType,
  scope: 'global' | 'regional',
  facet: string,
  list: (region: string) => Promise<Listed<Resource>>,
): ResourceSource {
  return {
    type,
    scope,
    listCalls: [{ service: 'ec2', operation: `List${facet}`, permissions: [`ec2:List${facet}`] }],
    onlyCalls: [],
    changes: [],
    only: () => Promise.reject(new Error('not asked here')),
    facetCalls: { [facet]: [{ service: 'ec2', operation: `Read${facet}`, permissions: [`ec2:Read${facet}`] }] },
    async list(session, { region }) {
      const listed = await list(region);
      if (listed.unread) session.coverage.record(listed.unread, region);
      for (const { identity, facet: read } of listed.known) {
        const value = await read(facet);
        if (!value.read) session.coverage.record(value.reason, identity.region);
      }
      session.meter.count(`ec2:List${facet}`);
      return listed;
    },
  };
}

function resource(
  type: ResourceType,
  id: string,
  region: string,
  arn: string,
  value: boolean | UnreadReason,
  tags: ResourceIdentity['tags'] = {},
): Resource {
  const identity = { type, id, region, arn, accountId: ACCOUNT, partition: 'aws', tags };
  const facet: Facet<unknown> = typeof value === 'boolean' ? { read: true, value } : { read: false, reason: value };
  return { identity, facet: () => facet };
}

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface Terminal {
  readonly cwd?: string;
  readonly columns?: number;
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  readonly interrupted?: AbortSignal;
}

/** Runs a command line in this very process. */
export async function posture(argv: readonly string[], world: World, terminal: Terminal = {}): Promise<Ran> {
  const written = { out: '', err: '' };
  const sink = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: terminal.tty ?? false,
    columns: terminal.columns,
  });
  const io: Io = {
    stdout: sink('out'),
    stderr: sink('err'),
    env: terminal.env ?? {},
    cwd: terminal.cwd ?? emptyFolder(),
    now: terminal.now ?? (() => new Date('2026-11-21T08:49:27Z')),
    interrupted: terminal.interrupted ?? new AbortController().signal,
  };
  return { code: await run(argv, io, world), ...written };
}

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'posture-cli-'));
}
