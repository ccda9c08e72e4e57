import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { checks } from '../../checks/registry.ts';
import type { FaultKind } from '../../emulator/faults.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { evaluate, ready } from '../../findings/evaluate.ts';
import type { Evaluation } from '../../findings/finding.ts';
import { targetedOperationsFor } from '../../findings/permissions.ts';
import { Unread } from '../../inventory/facet.ts';
import type { ResourceSource } from '../../inventory/reader.ts';
import { sources } from '../../inventory/registry.ts';
import { GLOBAL, type Scope } from '../../inventory/resource.ts';
import { openSession, type Session } from '../../inventory/session.ts';
import { withOneAttempt } from './one-attempt.ts';
import { ACCOUNT, REGIONS, smallAccount } from './small-account.ts';
import { apart } from './sweep.ts';

vi.mock(import('../../inventory/limits.ts'), () => import('../unlimited.ts'));

/** A look at everything in a region and the account, by the ids that an event would name. */
interface Looked {
  /** By check and resource. */
  readonly verdicts: ReadonlyMap<string, Evaluation>;
  /** Types of which not everything that was asked for could be read: nothing of them may be taken for gone. */
  readonly blind: ReadonlySet<string>;
}

const NOW = new Date();
/** One of each kind: the others end in the same two ways, which the sweep of whole scans tries. */
const FAULTS: readonly FaultKind[] = ['access-denied', 'malformed', 'truncated'];
const operationsOf = new Map(
  checks.map((check) => [check.id, new Set(targetedOperationsFor(check, sources).map(({ operation }) => operation))]),
);
const OPERATIONS = new Set(operationsOf.values().flatMap((operations) => [...operations]));
const checksOn = new Map([...OPERATIONS].map((operation) => [operation, checksThatRestOn(operation)]));
const readied = checks.map((check) => ready(check, NOW));

function checksThatRestOn(operation: string): ReadonlySet<string> {
  return new Set(checks.map(({ id }) => id).filter((id) => operationsOf.get(id)?.has(operation)));
}

let aws: LocalAws;
let ids: ReadonlyMap<string, readonly string[]>;
let clean: Looked;

beforeAll(async () => {
  aws = await startLocalAws({ regions: REGIONS });
  await aws.seed(smallAccount());
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  ids = await idsOfAll(await enter());
  const recording = aws.record();
  clean = await look();
  await lookWhereFallbacksAreAsked();
  aws.replay(recording);
}, 120_000);

afterAll(() => aws.stop());
afterEach(() => aws.faults.clear());

/** What is only asked when something else is refused is to be in the recording too. */
async function lookWhereFallbacksAreAsked(): Promise<void> {
  aws.faults.add(
    { operation: 'DescribeInstanceImageMetadata', kind: 'access-denied' },
    { operation: 'GetBucketPolicy', kind: 'access-denied' },
  );
  await look();
  aws.faults.clear();
}

async function enter(): Promise<Session> {
  const session = await openSession({ credentials: aws.client(ACCOUNT).credentials, maxAttempts: 1 });
  session.regions = REGIONS;
  return withOneAttempt(session, REGIONS);
}

function scopeOf({ scope }: ResourceSource): Scope {
  return { accountId: ACCOUNT, region: scope === 'global' ? GLOBAL : 'eu-west-1' };
}

async function idsOfAll(session: Session): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = sources.map(async (source) => {
    const { known } = await source.list(session, scopeOf(source));
    return [source.type, known.map(({ identity }) => identity.id)] as const;
  });
  return new Map(await Promise.all(listed));
}

async function look(): Promise<Looked> {
  const session = await enter();
  const verdicts = new Map<string, Evaluation>();
  const blind = new Set<string>();
  await Promise.all(sources.map((source) => lookAt(source, session, { verdicts, blind })));
  return { verdicts, blind };
}

async function lookAt(source: ResourceSource, session: Session, seen: { verdicts: Map<string, Evaluation>; blind: Set<string> }) {
  try {
    const { known, unread } = await source.only(session, scopeOf(source), ids.get(source.type) ?? []);
    if (unread) seen.blind.add(source.type);
    const judging = readied.filter(({ check }) => check.resourceTypes.includes(source.type));
    for (const resource of known) {
      for (const check of judging) seen.verdicts.set(`${check.check.id} ${resource.identity.arn}`, await evaluate(check, resource));
    }
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    seen.blind.add(source.type);
  }
}

/** What is said of a resource, as far as somebody who is not sure how severe it is can say it. */
function saidIn(evaluation: Evaluation | undefined, isSure: boolean): unknown {
  if (evaluation?.status !== 'FAIL' || !isSure) return evaluation?.status;
  return ['FAIL', evaluation.severity, evaluation.reason];
}

test('nothing is wrong with the look itself', () => {
  expect(clean.blind).toEqual(new Set());
  expect(
    clean.verdicts
      .values()
      .filter((evaluation) => evaluation.status === 'UNKNOWN' && evaluation.crashed)
      .toArray(),
  ).toEqual([]);
  expect(
    clean.verdicts
      .values()
      .map(({ status }) => status)
      .toArray(),
  ).toEqual(expect.arrayContaining(['PASS', 'FAIL', 'NOT_APPLICABLE']));
});

describe.each(FAULTS)('a refusal by %s to a look at single resources', (kind) => {
  const groups = apart([...OPERATIONS].sort(), (operation) => checksOn.get(operation) ?? new Set());

  test.each(groups)('of %s is told as unknown, and lets nothing pass, fail or be gone that would not', async (...operations) => {
    aws.faults.add(...operations.map((operation) => ({ operation, kind })));
    const { verdicts, blind } = await look();
    const gone = [...clean.verdicts].filter(([key, { resource }]) => !verdicts.has(key) && !blind.has(resource.type));
    expect(gone.map(([key]) => key)).toEqual([]);
    for (const [key, evaluation] of verdicts) {
      if (evaluation.status === 'UNKNOWN') {
        expect([key, evaluation.crashed]).toEqual([key, false]);
        continue;
      }
      const isSure = evaluation.status !== 'FAIL' || !evaluation.severityUnsure;
      expect([key, saidIn(evaluation, isSure)]).toEqual([key, saidIn(clean.verdicts.get(key), isSure)]);
    }
  });
});
