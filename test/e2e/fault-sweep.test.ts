import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetBucketLocationCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import type { ScanDocument } from '../../cli/scan-schema.ts';
import type { Fault, FaultKind } from '../../emulator/faults.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import type { Recording } from '../../emulator/recording.ts';
import { operationsFor } from '../../findings/permissions.ts';
import { sources } from '../../inventory/registry.ts';
import { withOneAttempt } from './one-attempt.ts';
import { type Scanned, scanInProcess, useLocalAws } from './scan-in-process.ts';
import { ACCOUNT, REGIONS, smallAccount } from './small-account.ts';
import { apart, breaches, movedIn, rowsOf } from './sweep.ts';
import { Tampered } from './tampered.ts';

/** For machines that have much else to do. */
vi.setConfig({ testTimeout: 30_000 });

const limits = vi.hoisted(() => ({ maxAttempts: 1, requestTimeout: 30_000 }));
vi.mock(import('../../inventory/session.ts'), async (importOriginal) => {
  const { openSession, ...rest } = await importOriginal();
  return { ...rest, openSession: async (options) => withOneAttempt(await openSession({ ...options, ...limits }), REGIONS) };
});

vi.mock(import('../../inventory/limits.ts'), () => import('../unlimited.ts'));

const LOCATION = 's3:GetBucketLocation';
const operations = [...new Set(checks.flatMap((check) => operationsFor(check, sources).map(nameOf)))].sort();

function nameOf({ service, operation }: { readonly service: string; readonly operation: string }): string {
  return `${service}:${operation}`;
}

/** The checks that may rest on an operation. */
const resting = new Map(
  operations.map((name) => {
    const affected = checks.filter((check) => operationsFor(check, sources).some((needed) => nameOf(needed) === name));
    return [name, new Set(affected.map(({ id }) => id))];
  }),
);

function checksOn(operation: string): ReadonlySet<string> {
  return resting.get(operation) ?? new Set();
}

/** Whether a check may rest on one of these operations. */
function restsOn(...names: readonly string[]): (checkId: string) => boolean {
  return (checkId) => names.some((name) => checksOn(name).has(checkId));
}

/** What goes wrong with an operation: it is refused, or its answers are changed on their way. `causes`: what the coverage may call that. */
type Wrong = { readonly causes: readonly string[] } & ({ readonly kind: FaultKind } | { readonly change: (body: Buffer) => Buffer });

const FAULTS: Readonly<Record<string, Wrong>> = {
  'access is denied': { kind: 'access-denied', causes: ['denied'] },
  'throttling persists': { kind: 'throttled', causes: ['throttled'] },
  'the answer makes no sense': { kind: 'malformed', causes: ['malformed'] },
  'the connection breaks in the middle of the answer': { kind: 'disconnected', causes: ['malformed', 'failed'] },
  'half of the answer is missing': { kind: 'truncated', causes: ['malformed'] },
  'the answer is empty': { change: () => Buffer.alloc(0), causes: ['malformed'] },
};

/** A scan that could read everything, the answers that it got, and the store that it left. */
interface Clean {
  readonly document: ScanDocument;
  readonly recording: Recording;
  readonly store: string;
}

const folder = mkdtempSync(join(tmpdir(), 'posture-sweep-'));
let aws: LocalAws;
let clean: Clean;
/** As an AWS would have it that does not say where buckets are. */
let unlocated: Clean;
/** With one element a page. */
let paged: Clean;
const asked = { whole: new Map<string, number>(), paged: new Map<string, number>() };

beforeAll(async () => {
  aws = await startLocalAws({ regions: REGIONS });
  await aws.seed(smallAccount());
  useLocalAws(aws.environment(ACCOUNT));
  clean = await cleanScan('clean', aws.record());
  count(asked.whole);
  await recordWhatFallbacksAsk();
  const tampered = new Tampered(clean.recording, 's3:ListBuckets', withoutRegions);
  aws.replay(tampered);
  unlocated = await cleanScan('unlocated', tampered);
  aws.pageSize = 1;
  aws.calls.reset();
  paged = await cleanScan('paged', aws.record());
  count(asked.paged);
}, 120_000);

afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  aws.faults.clear();
  limits.requestTimeout = 30_000;
});

async function cleanScan(name: string, recording: Recording): Promise<Clean> {
  const store = join(folder, `${name}.db`);
  const { document, stderr } = await scanInProcess(['--store', store]);
  if (!document) throw new Error(`the clean scan stopped: ${stderr}`);
  return { document, recording, store };
}

function count(counts: Map<string, number>): void {
  for (const { name, region } of aws.calls.list()) counts.set(`${name} ${region}`, (counts.get(`${name} ${region}`) ?? 0) + 1);
}

/** What is only asked when something else is refused is to be in the recording too. */
async function recordWhatFallbacksAsk(): Promise<void> {
  aws.faults.add(
    { operation: 'DescribeInstanceImageMetadata', kind: 'access-denied' },
    { operation: 'GetBucketPolicy', kind: 'access-denied' },
    { operation: 'ListAliases', kind: 'access-denied' },
  );
  await scanInProcess(['--no-store']);
  aws.faults.clear();
  const s3 = new S3Client(aws.client(ACCOUNT));
  for (const Bucket of smallAccount().description.buckets.keys()) await s3.send(new GetBucketLocationCommand({ Bucket }));
}

function withoutRegions(body: Buffer): Buffer {
  return Buffer.from(body.toString().replaceAll(/<BucketRegion>[^<]*<\/BucketRegion>/g, ''));
}

interface Again extends Scanned {
  readonly document: ScanDocument;
  /** What moved in the store. */
  readonly moved: readonly string[];
}

/** Scans again from the recording, into a copy of the clean scan's store. */
async function scanAgain(
  { recording, store }: Pick<Clean, 'recording' | 'store'>,
  faults: readonly Fault[],
  argv: readonly string[] = [],
): Promise<Again> {
  aws.replay(recording);
  aws.faults.add(...faults);
  const copy = join(folder, 'copy.db');
  for (const file of [copy, `${copy}-wal`, `${copy}-shm`]) rmSync(file, { force: true });
  copyFileSync(store, copy);
  const scanned = await scanInProcess(['--store', copy, ...argv]);
  const { document } = scanned;
  if (!document) throw new Error(`the scan stopped with ${scanned.code}: ${scanned.stderr}`);
  return { ...scanned, document, moved: await movedIn(store, copy) };
}

function faultOn(operation: string, kind: FaultKind, more: Partial<Fault> = {}): Fault {
  const [service = '', name = ''] = operation.split(':');
  return { service, operation: name, kind, ...more };
}

/** Nothing is taken for right, nothing is lost, nothing open is closed, and the exit code says that something is missing if a verdict is. */
function expectHonest({ document, moved, code }: Again, before: ScanDocument, isAffected: (checkId: string) => boolean): void {
  expect(breaches(before, document, isAffected)).toEqual([]);
  expect(moved).toEqual([]);
  expect(document.coverage.crashed).toBe(0);
  const isUnknown = document.findings.some(({ status }) => status === 'UNKNOWN');
  expect(document.coverage.complete).toBe(!isUnknown);
  expect(code).toBe(isUnknown ? EXIT.incomplete : EXIT.findings);
}

function causesIn({ document }: Again, operation: string): readonly string[] {
  return [...new Set(document.coverage.gaps.filter((gap) => gap.operation === operation).map(({ cause }) => cause))];
}

const STRICT = ['--strict-coverage'];

describe('the account of the sweep', () => {
  test('can be read completely', () => {
    expect(clean.document.coverage.gaps).toEqual([]);
    expect(clean.document.findings.filter(({ status }) => status === 'UNKNOWN')).toEqual([]);
  });

  test('makes a scan ask everything that the checks may ask', () => {
    const names = new Set([...asked.whole.keys()].flatMap((key) => key.split(' ')[0] ?? []));
    expect(operations.filter((operation) => !names.has(operation))).toEqual([LOCATION]);
    expect([...names].filter((name) => !operations.includes(name)).sort()).toEqual(['ec2:DescribeRegions', 'sts:GetCallerIdentity']);
  });

  test('gives every check something to judge', () => {
    const judged = new Set(clean.document.findings.map(({ checkId }) => checkId));
    expect(checks.map(({ id }) => id).filter((id) => !judged.has(id))).toEqual([]);
  });

  test('is judged the same when answers are replayed, in small pages, and without the regions of buckets', async () => {
    const replayed = await scanAgain(clean, [], STRICT);
    for (const { document } of [replayed, paged, unlocated]) expect(breaches(clean.document, document, () => false)).toEqual([]);
    expect(replayed.code).toBe(EXIT.findings);
  });
});

describe.each(Object.entries(FAULTS))('when %s', (name, wrong) => {
  const groups = apart(
    operations.filter((operation) => operation !== LOCATION),
    checksOn,
  );
  // S3 answers for us-east-1 with no location at all; asked in the wrong region, it redirects.
  const swept = name === 'the answer is empty' ? groups : [[LOCATION], ...groups];

  test.each(swept)('of %s, nothing is taken for right and nothing is closed', async (...group) => {
    const base = group.includes(LOCATION) ? unlocated : clean;
    const tampered = (inner: Recording, operation: string) => ('change' in wrong ? new Tampered(inner, operation, wrong.change) : inner);
    const recording = group.reduce(tampered, base.recording);
    const faults = 'kind' in wrong ? group.map((operation) => faultOn(operation, wrong.kind)) : [];
    const again = await scanAgain({ ...base, recording }, faults, STRICT);
    expectHonest(again, base.document, restsOn(...group));
    for (const operation of group) {
      const causes = causesIn(again, operation);
      expect(causes, operation).not.toEqual([]);
      expect(wrong.causes).toEqual(expect.arrayContaining([...causes]));
    }
  });
});

describe('when nothing answers any more', () => {
  test.each([
    'ec2:DescribeSecurityGroups',
    's3:GetBucketAcl',
    'ssm:DescribeInstanceInformation',
    'iam:GetAccountAuthorizationDetails',
  ])('to %s, nothing is taken for right and nothing is closed', async (operation) => {
    limits.requestTimeout = 6_000;
    const again = await scanAgain(clean, [faultOn(operation, 'timeout')], STRICT);
    expectHonest(again, clean.document, restsOn(operation));
    expect(causesIn(again, operation)).toEqual(['timeout']);
  }, 40_000);
});

/** Operations whose answers AWS pages. */
const PAGED = [
  'ec2:DescribeImages',
  'ec2:DescribeInstanceImageMetadata',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSnapshots',
  'ec2:DescribeSubnets',
  'iam:GetAccountAuthorizationDetails',
  's3:ListBuckets',
];

describe('when a later page is denied', () => {
  test('every operation that pages has more than one page', () => {
    const more = PAGED.filter((operation) => {
      const key = `${operation} us-east-1`;
      return (asked.paged.get(key) ?? 0) > (asked.whole.get(key) ?? 0);
    });
    expect(more).toEqual(PAGED);
  });

  test.each(PAGED)('of %s, the first is judged and the rest is unknown', async (operation) => {
    const later = faultOn(operation, 'access-denied', { region: 'us-east-1', nth: { from: 2 } });
    const again = await scanAgain(paged, [later], STRICT);
    expectHonest(again, paged.document, restsOn(operation));
    expect(causesIn(again, operation)).toEqual(['denied']);
  });
});

describe('when one region refuses', () => {
  const regional = sources
    .filter(({ scope }) => scope === 'regional')
    .flatMap(({ listCalls, facetCalls }) => [...listCalls, ...Object.values(facetCalls).flat()]);
  const names = new Set(regional.map(nameOf));
  const groups = apart(
    // IAM has one region for all.
    operations.filter((operation) => names.has(operation) && !operation.startsWith('iam:')),
    checksOn,
  );

  test.each(groups)('%s, the other is unharmed', async (...group) => {
    const faults = group.map((operation) => faultOn(operation, 'access-denied', { region: 'us-east-1' }));
    const again = await scanAgain(clean, faults, STRICT);
    expectHonest(again, clean.document, restsOn(...group));
    const elsewhere = (isAffected: (checkId: string) => boolean, region: string) =>
      breaches(rowsOf(clean.document, [region]), rowsOf(again.document, [region]), isAffected);
    expect(elsewhere(() => false, 'eu-west-1')).toEqual([]);
    // What is judged for the account as a whole may look at every region.
    expect(elsewhere(restsOn(...group), 'global')).toEqual([]);
  });
});

describe('when two things are refused', () => {
  test.each([
    ['ec2:DescribeInstanceImageMetadata', 'ec2:DescribeImages'],
    ['s3:GetBucketPolicy', 's3:GetBucketPolicyStatus'],
    ['iam:GetCredentialReport', 'iam:GetAccountSummary'],
    ['s3control:GetPublicAccessBlock', 's3:GetPublicAccessBlock'],
  ])('%s and %s, one does not stand in for the other', async (first, second) => {
    const faults = [faultOn(first, 'access-denied'), faultOn(second, 'access-denied')];
    const again = await scanAgain(clean, faults, STRICT);
    expectHonest(again, clean.document, restsOn(first, second));
    for (const operation of [first, second]) expect(causesIn(again, operation)).toEqual(['denied']);
  });
});

describe('when the credentials expire in the middle', () => {
  test.each([3, 10, 30])('after %i calls, nothing is taken for right and nothing is closed', async (calls) => {
    const again = await scanAgain(clean, [{ kind: 'expired-credentials', nth: { from: calls } }], STRICT);
    expectHonest(again, clean.document, () => true);
    expect(again.code).toBe(EXIT.incomplete);
  });
});

describe('without strict coverage', () => {
  test('open findings decide the exit code, seen this time or not', async () => {
    expect((await scanAgain(clean, [faultOn('ec2:DescribeSecurityGroups', 'access-denied')])).code).toBe(EXIT.findings);
    const everything = await scanAgain(clean, [{ kind: 'expired-credentials', nth: { from: 3 } }]);
    expect(everything.code).toBe(EXIT.findings);
  });
});

describe('before the scan begins', () => {
  test.each([
    'access-denied',
    'throttled',
    'malformed',
    'disconnected',
    'truncated',
  ] as const)('nobody says who we are: %s', async (kind) => {
    await expect(scanAgain(clean, [faultOn('sts:GetCallerIdentity', kind)])).rejects.toThrow(
      /^the scan stopped with 4: posture: [^\n]+\n$/,
    );
  });

  test.each([
    'access-denied',
    'throttled',
    'malformed',
    'disconnected',
    'truncated',
  ] as const)('nobody says which regions there are: %s', async (kind) => {
    const refused = faultOn('ec2:DescribeRegions', kind);
    await expect(scanAgain(clean, [refused])).rejects.toThrow(/^the scan stopped with 4: posture: [^\n]*ec2:DescribeRegions[^\n]*\n$/);
  });

  /** They say what happens, or is recorded, in all regions there are. */
  const IN_EVERY_REGION = new Set([
    'account-root-unused',
    'cloudtrail-object-reads-recorded',
    'cloudtrail-object-writes-recorded',
    'organizations-organization-management-account-idle',
  ]);

  test('regions that are named are scanned though nobody lists them, and what happened elsewhere stays unknown', async () => {
    const again = await scanAgain(clean, [faultOn('ec2:DescribeRegions', 'access-denied')], ['--regions', 'us-east-1', ...STRICT]);
    expect(breaches(rowsOf(clean.document, ['global', 'us-east-1']), again.document, (checkId) => IN_EVERY_REGION.has(checkId))).toEqual(
      [],
    );
    expect(again.moved).toEqual([]);
    expect(causesIn(again, 'ec2:DescribeRegions')).toEqual(['denied']);
    expect(again.code).toBe(EXIT.incomplete);
  });
});
