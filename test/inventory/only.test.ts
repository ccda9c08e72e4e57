import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { DEMO_REGIONS, SHOP, shopAccount } from '../../emulator/demo-account.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { groups } from '../../inventory/iam/group.ts';
import { managedPolicies } from '../../inventory/iam/managed-policy.ts';
import { roles } from '../../inventory/iam/role.ts';
import { users } from '../../inventory/iam/user.ts';
import type { Resource, ResourceSource } from '../../inventory/reader.ts';
import { sources } from '../../inventory/registry.ts';
import { GLOBAL, type Scope } from '../../inventory/resource.ts';
import { openSession, type Session } from '../../inventory/session.ts';
import { facetOf, refusalOf } from './describe-reader.ts';

vi.mock(import('../../inventory/limits.ts'), () => import('../unlimited.ts'));

/** What the local AWS makes anew at each answer. */
const PASSING = /"(latestDeliveryAt|reportGeneratedAt)":"[^"]*"/g;

/** Facets that a listing has from the credential report, and a look at single resources live. */
const LIVE: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::User': ['credentials'],
  'AWS::Organizations::Account': ['rootCredentials'],
};

let aws: LocalAws;
let session: Session;

beforeAll(async () => {
  aws = await startLocalAws({ regions: DEMO_REGIONS });
  await aws.seed(shopAccount(new Date()));
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }] };
  const iam = new IAMClient({ ...aws.client(SHOP) });
  for (const PolicyName of ['one', 'two']) await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: JSON.stringify(policy) }));
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  session = await openSession({ credentials: aws.client(SHOP).credentials });
  session.regions = DEMO_REGIONS;
}, 120_000);

afterAll(() => aws.stop());

/** Of credentials that are read live, the part that only a report tells. */
const ONLY_REPORTED = ['reportGeneratedAt', 'passwordChangedAt'];

/** A new object each time: what was asked before is not remembered. */
function scopeOf({ scope }: ResourceSource): Scope {
  return { accountId: SHOP, region: scope === 'global' ? GLOBAL : 'eu-west-1' };
}

async function listed(source: ResourceSource): Promise<readonly Resource[]> {
  const { known, unread } = await source.list(session, scopeOf(source));
  expect(unread).toBeUndefined();
  expect(known).not.toEqual([]);
  return known;
}

const first = new Map<ResourceSource, Promise<Resource | undefined>>();

/** The first of a listing that is made once, for what only needs to know something that is there. */
function one(source: ResourceSource): Promise<Resource | undefined> {
  const found = first.get(source) ?? listed(source).then(([resource]) => resource);
  first.set(source, found);
  return found;
}

async function only(source: ResourceSource, ids: readonly string[]): Promise<readonly Resource[]> {
  const { known, unread } = await source.only(session, scopeOf(source), ids);
  expect(unread).toBeUndefined();
  return known;
}

/** Every facet that both have alike, as a value or as what was refused. */
async function facetsOf(resource: Resource, { type, facetCalls }: ResourceSource): Promise<unknown> {
  const names = Object.keys(facetCalls).filter((name) => !LIVE[type]?.includes(name));
  const facets: Record<string, unknown> = {};
  for (const name of names) facets[name] = await facetOf(resource, name).catch((refused: unknown) => ({ refused: String(refused) }));
  return JSON.parse(JSON.stringify(facets).replace(PASSING, '"$1":"now"'));
}

function gone({ identity }: Resource): readonly string[] {
  const other = (name: string) => `${name.slice(0, -1)}${name.endsWith('0') ? 1 : 0}`;
  return [other(identity.id), other(identity.arn), 'never-there'];
}

describe.each(sources.map((source) => ({ type: source.type, source })))('$type read by id', ({ source }) => {
  test('is what it is in a listing, each by itself and all together', async () => {
    const all = await listed(source);
    for (const resource of all.slice(0, 4)) {
      const [found, ...more] = await only(source, [resource.identity.id]);
      if (!found) throw new Error(`${resource.identity.id} is not found`);
      expect(more).toEqual([]);
      expect(found.identity).toEqual(resource.identity);
      expect(await facetsOf(found, source)).toEqual(await facetsOf(resource, source));
    }
    const ids = all.map(({ identity }) => identity.id);
    const together = await only(source, ids);
    expect(together.map(({ identity }) => identity.id).sort()).toEqual([...ids].sort());
  });

  test('is found by its ARN too', async () => {
    const resource = await one(source);
    if (!resource) return;
    const found = await only(source, [resource.identity.arn]);
    expect(found.map(({ identity }) => identity)).toEqual([resource.identity]);
  });

  test('is gone when it is not in a whole answer, and takes nothing else with it', async () => {
    const resource = await one(source);
    if (!resource) return;
    expect(await only(source, gone(resource))).toEqual([]);
    const beside = await only(source, [...gone(resource), resource.identity.id]);
    expect(beside.map(({ identity }) => identity.id)).toEqual([resource.identity.id]);
  });

  test('is unread, not gone, when it must not be asked for', async () => {
    const resource = await one(source);
    const [call] = source.onlyCalls;
    if (!resource || !call) return;
    aws.faults.add({ operation: call.operation, kind: 'access-denied' });
    try {
      expect(await refusalOf(() => only(source, [resource.identity.id]))).toMatchObject({
        cause: 'denied',
        operation: `${call.service}:${call.operation}`,
        permissions: call.permissions,
      });
    } finally {
      aws.faults.clear();
    }
  });
});

test.each([groups, managedPolicies, roles, users])("IAM's names are not distinguished by case: $type", async (source) => {
  const [resource] = await listed(source);
  if (!resource) throw new Error('there is none');
  const { id, arn } = resource.identity;
  for (const name of [id.toUpperCase(), arn.toUpperCase()])
    expect((await only(source, [name])).map(({ identity }) => identity.arn)).toEqual([arn]);
});

test("a user's credentials are read live, and are what the report says of them", async () => {
  const toTold = (credentials: unknown) =>
    Object.fromEntries(
      Object.entries(Object(credentials))
        .filter(([name]) => !ONLY_REPORTED.includes(name))
        .map(([name, value]) => [name, toSeconds(value)]),
    );
  for (const user of await listed(users)) {
    const [live] = await only(users, [user.identity.id]);
    if (!live) throw new Error(`${user.identity.id} is not found`);
    const credentials = await live.facet('credentials');
    expect(credentials).not.toHaveProperty('asOf');
    const known = Object.fromEntries(PARTS.map((part) => [part, partOf(credentials, part)]));
    expect(toTold(known)).toEqual(toTold(await facetOf(user, 'credentials')));
  }
});

const PARTS = ['createdAt', 'passwordEnabled', 'passwordLastUsedAt', 'mfaActive', 'accessKeys'];

function partOf(facet: unknown, part: string): unknown {
  return Object(Object(facet).value)[part];
}

/** The report has no fractions of seconds. */
function toSeconds(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value).replace(/\.\d{3}Z/g, '.000Z'));
}
