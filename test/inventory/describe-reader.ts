import { describe, expect, test } from 'vitest';
import type { Operation } from '../../inventory/call.ts';
import { Unread, type UnreadReason } from '../../inventory/facet.ts';
import type { Resource, ResourceSource } from '../../inventory/reader.ts';
import type { Scope } from '../../inventory/resource.ts';
import type { Session } from '../../inventory/session.ts';
import { ACCOUNT, type Answers, answerTo, fakeSession, refused, type Sent, tokenOf } from './fake-session.ts';

/** What a reader's test must bring for the contract to try it. */
export interface ReaderContract {
  readonly reader: ResourceSource;
  /** A clean AWS: every operation that the reader may send answers. The listing's own operation (the first of `listCalls`) gives at least two pages unless `unpaged`. */
  readonly answers: Answers;
  readonly unpaged?: true;
  /** Ids of all resources, in the order of the listing. */
  readonly ids: readonly string[];
  /** Ids that are known when the listing breaks off after its first page; by default the first of `ids`. */
  readonly idsOfFirstPage?: readonly string[];
  /** The resource whose facets are tried; by default the first. */
  readonly subject?: string;
  /** Every facet of the subject and its value in the clean AWS, with lists as arrays. */
  readonly facets: Readonly<Record<string, unknown>>;
  /** Declared operations that the clean AWS gives no reason to ask for the subject: `{ facet: ['ec2:DescribeImages'] }`. `list` stands for the listing. */
  readonly notAsked?: Readonly<Record<string, readonly string[]>>;
  /** Operations that a facet has another way for: it keeps its value where they are denied. */
  readonly survives?: Readonly<Record<string, readonly string[]>>;
  /** What a facet says when AWS answers with a documented absence, by what is absent. `answers` replaces some of the clean ones. */
  readonly absences?: Readonly<Record<string, { readonly answers: Answers; readonly facet: string; readonly value: unknown }>>;
  readonly session?: Partial<Session>;
}

/** The contract of every reader: pages are followed, refusals are kept as such, absences are values, and only what is declared is asked. */
export function describeReader(contract: ReaderContract): void {
  const { reader } = contract;
  describe(`${reader.type} reader`, () => {
    describeListing(contract);
    describeOnly(contract);
    test('every facet has its value', async () => {
      const { resource } = await subjectOf(contract);
      const values: Record<string, unknown> = {};
      for (const name of Object.keys(reader.facetCalls)) values[name] = await facetOf(resource, name);
      expect(values).toEqual(contract.facets);
    });
    for (const name of Object.keys(reader.facetCalls)) describeFacet(contract, name);
    for (const [absent, { answers, facet, value }] of Object.entries(contract.absences ?? {})) {
      test(`absent ${absent} is a value of ${facet}`, async () => {
        const { resource } = await subjectOf(contract, { ...contract.answers, ...answers });
        expect(await facetOf(resource, facet)).toEqual(value);
      });
    }
  });
}

function describeListing(contract: ReaderContract): void {
  const { reader, answers, ids } = contract;
  const [first] = reader.listCalls;

  test('lists every resource with its identity, asking only what it declares', async () => {
    const { listed, sent } = await list(contract, answers);
    expect(listed.unread).toBeUndefined();
    expect(listed.known.map(({ identity }) => identity.id)).toEqual(ids);
    for (const { identity } of listed.known)
      expect(identity).toMatchObject({ type: reader.type, partition: 'aws', arn: expect.stringMatching(/^arn:aws:/) });
    expect(namesSent(sent)).toEqual(expected(reader.listCalls, contract.notAsked?.list));
  });
  if (first === undefined) return;

  for (const [how, error] of [
    ['denied', refused('AccessDenied', 403)],
    ['throttled', refused('ThrottlingException')],
  ] as const) {
    test(`a ${how} listing is Unread`, async () => {
      const reason = await refusalOf(() => list(contract, { ...answers, [nameOf(first)]: () => throwing(error) }));
      expect(reason).toMatchObject({ cause: how, operation: nameOf(first), permissions: how === 'denied' ? first.permissions : [] });
    });
  }
  if (contract.unpaged) return;

  test('a listing denied on a later page keeps what came before and says that it is partial', async () => {
    const { listed, session } = await list(contract, { ...answers, [nameOf(first)]: brokenAfterFirstPage(answers, nameOf(first)) });
    expect(listed.known.map(({ identity }) => identity.id)).toEqual(contract.idsOfFirstPage ?? ids.slice(0, 1));
    expect(listed.unread).toMatchObject({ cause: 'denied', operation: nameOf(first), permissions: first.permissions });
    expect(session.coverage.gaps).toMatchObject([{ cause: 'denied', operation: nameOf(first) }]);
  });
}

/** Single resources: the same as in a listing, whatever else the answer holds. */
function describeOnly(contract: ReaderContract): void {
  const { reader, answers, ids } = contract;
  const [first] = reader.onlyCalls;
  const subject = contract.subject ?? ids[0] ?? '';

  test('one resource is read by its id, and by its ARN, with the identity that it has in the listing', async () => {
    const { resource } = await subjectOf(contract);
    for (const id of [subject, resource.identity.arn]) {
      const { found, sent } = await only(contract, answers, [id]);
      expect(found.unread).toBeUndefined();
      expect(found.known.map(({ identity }) => identity)).toEqual([resource.identity]);
      const declared = reader.onlyCalls.map(nameOf);
      expect(namesSent(sent).filter((operation) => !declared.includes(operation))).toEqual([]);
    }
  });

  test('one resource that is read by its id has the facets that it has in the listing, asking only what it declares', async () => {
    const { found, sent } = await only(contract, answers, [subject]);
    const [resource] = found.known;
    if (!resource) throw new Error(`${subject} is not found`);
    const alike = Object.keys(reader.facetCalls).filter((name) => reader.onlyFacetCalls?.[name] === undefined);
    for (const name of alike) expect(await facetOf(resource, name), name).toEqual(contract.facets[name]);
    const declared = [...reader.onlyCalls, ...alike.flatMap((name) => reader.facetCalls[name] ?? [])].map(nameOf);
    expect(namesSent(sent).filter((operation) => !declared.includes(operation))).toEqual([]);
  });

  test('what is missing from a whole answer is gone', async () => {
    const { found } = await only(contract, answers, ['never-there']);
    expect(found).toMatchObject({ known: [], unread: undefined });
  });
  if (first === undefined) return;

  test('a denied look is Unread', async () => {
    const reason = await refusalOf(() =>
      only(contract, { ...answers, [nameOf(first)]: () => throwing(refused('AccessDenied', 403)) }, [subject]),
    );
    expect(reason).toMatchObject({ cause: 'denied', operation: nameOf(first), permissions: first.permissions });
  });
  if (contract.unpaged) return;

  test('what is missing from an answer that breaks off is not gone', async () => {
    const { found } = await only(contract, { ...answers, [nameOf(first)]: brokenAfterFirstPage(answers, nameOf(first)) }, ['never-there']);
    expect(found).toMatchObject({ known: [], unread: { cause: 'denied', operation: nameOf(first) } });
  });
}

function describeFacet(contract: ReaderContract, name: string): void {
  const { reader, answers } = contract;
  const declared = reader.facetCalls[name] ?? [];
  const notAsked = contract.notAsked?.[name] ?? [];

  test(`${name} asks only what it declares`, async () => {
    const { resource, sent } = await subjectOf(contract);
    await facetOf(resource, name);
    const beyondListing = namesSent(sent).filter((operation) => !reader.listCalls.some((call) => nameOf(call) === operation));
    const declaredBeyond = declared.filter((call) => !reader.listCalls.includes(call));
    expect(beyondListing).toEqual(expected(declaredBeyond, notAsked));
  });

  for (const call of declared.filter((call) => !notAsked.includes(nameOf(call)) && !reader.listCalls.includes(call))) {
    if (contract.survives?.[name]?.includes(nameOf(call))) {
      test(`${name} does without ${nameOf(call)} where that is denied`, async () => {
        const { resource } = await subjectOf(contract, { ...answers, [nameOf(call)]: () => throwing(refused('AccessDenied', 403)) });
        expect(await facetOf(resource, name)).toEqual(contract.facets[name]);
      });
      continue;
    }
    test(`${name} is unread where ${nameOf(call)} is denied`, async () => {
      const { resource } = await subjectOf(contract, { ...answers, [nameOf(call)]: () => throwing(refused('AccessDenied', 403)) });
      const reason = await refusalOf(() => facetOf(resource, name));
      expect(reason).toMatchObject({ cause: 'denied', operation: nameOf(call), permissions: call.permissions });
    });
  }
}

/** A facet's value with everything in it read: lists as arrays, getters as properties. Throws `Unread` for the first part that is not there. */
export async function facetOf(resource: Resource, name: string): Promise<unknown> {
  const facet = await resource.facet(name);
  if (!facet.read) throw new Unread(facet.reason);
  return readThrough(facet.value);
}

/** Lists the contract's subject on an AWS with these answers. */
export async function subjectOf(contract: ReaderContract, answers: Answers = contract.answers) {
  const { listed, session, sent } = await list(contract, answers);
  const subject = contract.subject ?? contract.ids[0];
  const resource = listed.known.find(({ identity }) => identity.id === subject);
  if (!resource) throw new Error(`the listing has no ${subject}`);
  return { resource, session, sent };
}

/** Why something is unread. Fails the test if it is not. */
export async function refusalOf(read: () => unknown): Promise<UnreadReason> {
  try {
    await read();
  } catch (error) {
    if (error instanceof Unread) return error.reason;
    throw error;
  }
  throw new Error('nothing was refused');
}

async function list({ reader, session: given }: ReaderContract, answers: Answers) {
  const { session, sent } = fakeSession(answers, given);
  return { listed: await reader.list(session, scopeOf(reader)), session, sent };
}

async function only({ reader, session: given }: ReaderContract, answers: Answers, ids: readonly string[]) {
  const { session, sent } = fakeSession(answers, given);
  return { found: await reader.only(session, scopeOf(reader), ids), session, sent };
}

export function scopeOf(reader: ResourceSource): Scope {
  return { accountId: ACCOUNT, region: reader.scope === 'global' ? 'global' : 'eu-central-1' };
}

function brokenAfterFirstPage(answers: Answers, operation: string): (input: Sent['input'], region: string) => object {
  return (input, region) => {
    const answer = answers[operation];
    if (answer === undefined || tokenOf(input) !== undefined) throw refused('AccessDenied', 403);
    return answerTo(answer, input, region);
  };
}

function readThrough(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Symbol.iterator in value && typeof value[Symbol.iterator] === 'function') return Array.from(Object(value), readThrough);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, readThrough(part)]));
}

function nameOf({ service, operation }: Operation): string {
  return `${service}:${operation}`;
}

function namesSent(sent: readonly Sent[]): string[] {
  return [...new Set(sent.map(({ operation }) => operation))].sort();
}

function expected(declared: readonly Operation[], notAsked: readonly string[] = []): string[] {
  const names = declared.map(nameOf).filter((name) => !notAsked.includes(name));
  return [...new Set(names)].sort();
}

function throwing(error: Error): never {
  throw error;
}
