import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import ebsEncryptionDefault from '../../checks/ec2/ebs-encryption-default.ts';
import { type AuditResult, audit } from '../../findings/audit.ts';
import { ready } from '../../findings/evaluate.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { type Facet, Listed, Unread, type UnreadReason } from '../../inventory/facet.ts';
import type { Resource, ResourceSource } from '../../inventory/reader.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import { testSession } from '../inventory/session.ts';

const refused: UnreadReason = { cause: 'denied', operation: 'ec2:GetEbsEncryptionByDefault', permissions: [], message: 'denied' };
const encrypted: Facet<boolean> = { read: true, value: true };
const plain: Facet<boolean> = { read: true, value: false };
const unread: Facet<boolean> = { read: false, reason: refused };

function settings(id: string, facet: Facet<boolean>): Resource {
  const identity: ResourceIdentity = {
    ...{ type: 'AWS::EC2::RegionSettings', id, arn: `arn:aws:ec2:eu-west-1:111122223333:${id}` },
    ...{ accountId: '111122223333', region: 'eu-west-1', partition: 'aws', tags: {} },
  };
  return { identity, facet: () => facet };
}

/** What listing gives: everything, or a list that broke off, or nothing at all. */
type Listing = Listed<Resource> | 'refused';
const whole = (...resources: readonly Resource[]): Listing => new Listed(resources);
const broken = (...resources: readonly Resource[]): Listing => new Listed(resources, refused);

function source(listing: Listing): ResourceSource {
  return {
    type: 'AWS::EC2::RegionSettings',
    scope: 'regional',
    listCalls: [],
    onlyCalls: [],
    changes: [],
    only: () => Promise.reject(new Error('not asked here')),
    facetCalls: {},
    async list() {
      if (listing === 'refused') throw new Unread(refused);
      return listing;
    },
  };
}

const openTestStore = () => openSqliteStore(join(mkdtempSync(join(tmpdir(), 'posture-')), 'findings.db'));

let minute = 0;

function run(store: FindingStore, listing: Listing): Promise<AuditResult> {
  minute += 1;
  const now = new Date(Date.UTC(2026, 10, 1, 0, minute));
  return audit({
    session: testSession(),
    sources: [source(listing)],
    scopes: [{ accountId: '111122223333', region: 'eu-west-1' }],
    checks: [ready(ebsEncryptionDefault, now)],
    ...{ store, runId: `run-${String(minute).padStart(3, '0')}`, startedAt: now, now: () => now },
    ...{ regionsNotEnabled: [], regionsLeftOut: [], topic: false },
  });
}

/** The transitions of the last of several audits of one account. */
async function lastOf(...listings: readonly Listing[]): Promise<AuditResult> {
  const store = await openTestStore();
  const results: AuditResult[] = [];
  for (const listing of listings) results.push(await run(store, listing));
  await store.close();
  const last = results.at(-1);
  if (!last) throw new Error('no audit');
  return last;
}

const kinds = ({ transitions }: AuditResult) => transitions.map(({ kind }) => kind);

describe('audit', () => {
  test('opens a finding for what is wrong', async () => {
    expect(kinds(await lastOf(whole(settings('a', plain), settings('b', encrypted))))).toEqual(['opened']);
  });

  test('keeps nothing for what did not change', async () => {
    expect(kinds(await lastOf(whole(settings('a', plain)), whole(settings('a', plain))))).toEqual([]);
  });

  test('resolves what passes now, and reopens what comes back', async () => {
    const resolved = await lastOf(whole(settings('a', plain)), whole(settings('a', encrypted)));
    expect(kinds(resolved)).toEqual(['resolved']);
    const reopened = await lastOf(whole(settings('a', plain)), whole(settings('a', encrypted)), whole(settings('a', plain)));
    expect(kinds(reopened)).toEqual(['reopened']);
    expect(reopened.transitions[0]?.finding.reopened).toBe(1);
  });

  test('resolves what is gone from a whole listing', async () => {
    expect(kinds(await lastOf(whole(settings('a', plain)), whole()))).toEqual(['resolved']);
  });

  test.each([
    ['the listing was refused', 'refused' as const],
    ['the listing broke off', broken()],
    ['the resource could not be read', whole(settings('a', unread))],
  ])('resolves nothing when %s', async (_, listing) => {
    const result = await lastOf(whole(settings('a', plain)), listing);
    expect(kinds(result)).toEqual([]);
    expect([...result.findings.values()].map(({ state }) => state)).toEqual(['open']);
  });

  test('says UNKNOWN for what was not even listed', async () => {
    const { evaluations, coverage } = await lastOf('refused');
    expect(evaluations).toMatchObject([{ status: 'UNKNOWN', resource: { id: '*', region: 'eu-west-1' } }]);
    expect(coverage).toMatchObject({ evaluations: 1, unknown: 1, scopes: [{ incompleteTypes: ['AWS::EC2::RegionSettings'] }] });
  });

  test('judges what a broken listing gave, and says UNKNOWN for the rest', async () => {
    const { evaluations } = await lastOf(broken(settings('a', plain)));
    expect(evaluations.map(({ status }) => status)).toEqual(['FAIL', 'UNKNOWN']);
  });

  test('remembers since when a check is blind', async () => {
    const store = await openTestStore();
    await run(store, whole(settings('a', plain)));
    const seen = await store.scopeRecord({ accountId: '111122223333', region: 'eu-west-1' });
    await run(store, 'refused');
    const blind = await store.scopeRecord({ accountId: '111122223333', region: 'eu-west-1' });
    await store.close();
    expect(blind?.blindSince).toEqual({ 'ec2-ebs-encryption-default': seen?.seenAt });
  });

  test('is the first of its account until one has ended', async () => {
    const store = await openTestStore();
    const first = await run(store, whole());
    const second = await run(store, whole());
    await store.close();
    expect([first.run.first, second.run.first]).toEqual([true, false]);
  });
});
