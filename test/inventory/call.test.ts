import { describe, expect, test } from 'vitest';
import { type Call, defineCall, definePagedCall, type Operation, type Place } from '../../inventory/call.ts';
import { Unread } from '../../inventory/facet.ts';
import { testSession } from './session.ts';

const identity = { service: 'ec2', operation: 'DescribeVpcs', permissions: ['ec2:DescribeVpcs'] } as const;
const accessDenied = () =>
  Object.assign(new Error('no'), { name: 'UnauthorizedOperation', $fault: 'client', $metadata: { httpStatusCode: 403 } });

function placeFor(...declared: readonly Operation[]): Place {
  const session = testSession();
  return { session, scope: { accountId: session.accountId, region: 'eu-west-1' }, declared };
}

/** A paged call whose pages are given; an error in place of a page is thrown there. */
function paged(...pages: readonly (readonly string[] | Error)[]): Call<void, Iterable<string>> {
  return definePagedCall({
    ...identity,
    async *pages() {
      for (const page of pages) {
        if (page instanceof Error) throw page;
        yield page;
      }
    },
  });
}

describe('a call', () => {
  test('is made once for the same region and input, however many ask', async () => {
    let made = 0;
    const call = defineCall<number, string>({ ...identity, send: async () => (made += 1) });
    const place = placeFor(call);
    const answers = await Promise.all([call(place, 'a'), call(place, 'a'), call(place, 'b')]);
    expect(answers).toEqual([1, 1, 2]);
  });

  test('is made again in another region', async () => {
    const call = defineCall<string>({ ...identity, send: async (_session, region) => region });
    const place = placeFor(call);
    expect(await call(place)).toBe('eu-west-1');
    expect(await call({ ...place, scope: { ...place.scope, region: 'us-west-2' } })).toBe('us-west-2');
  });

  test('asks the partition’s global region for the global scope', async () => {
    const call = defineCall<string>({ ...identity, send: async (_session, region) => region });
    const place = placeFor(call);
    expect(await call({ ...place, scope: { ...place.scope, region: 'global' } })).toBe('us-east-1');
  });

  test('that is refused is unread, names the permission, and is on the record', async () => {
    const call = defineCall<string>({
      ...identity,
      send: () => {
        throw accessDenied();
      },
    });
    const place = placeFor(call);
    await expect(call(place)).rejects.toMatchObject({ name: 'Unread', reason: { cause: 'denied', permissions: ['ec2:DescribeVpcs'] } });
    expect(place.session.coverage.gaps).toMatchObject([{ operation: 'ec2:DescribeVpcs', cause: 'denied', region: 'eu-west-1', count: 1 }]);
  });

  test('lets a bug of ours through as it is', async () => {
    const call = defineCall<string>({
      ...identity,
      send: () => {
        throw new TypeError('bug');
      },
    });
    await expect(call(placeFor(call))).rejects.toThrow(TypeError);
  });

  test('that the reader did not declare is a bug', () => {
    const call = defineCall<string>({ ...identity, send: async () => 'x' });
    expect(() => call(placeFor())).toThrow('not declared');
  });
});

describe('a paged call', () => {
  test('joins its pages', async () => {
    const call = paged(['a'], ['b', 'c']);
    expect([...(await call(placeFor(call)))]).toEqual(['a', 'b', 'c']);
  });

  test('refused at the first page is unread', async () => {
    const call = paged(accessDenied());
    await expect(call(placeFor(call))).rejects.toThrow(Unread);
  });

  test('refused later keeps what came, and never looks complete', async () => {
    const call = paged(['a'], accessDenied());
    const place = placeFor(call);
    const seen: string[] = [];
    const list = await call(place);
    expect(() => {
      for (const element of list) seen.push(element);
    }).toThrow(Unread);
    expect(seen).toEqual(['a']);
    expect(place.session.coverage.gaps).toHaveLength(1);
  });
});
