import { describe, expect, test } from 'vitest';
import type { Field } from '../../../inventory/events/field.ts';
import { fieldOf } from '../../../inventory/events/field-of.ts';
import { Unread } from '../../../inventory/facet.ts';

const field = (value: unknown): Field => fieldOf(value, 'RunInstances', 'requestParameters');

function refusal(read: () => unknown): Unread['reason'] {
  try {
    read();
  } catch (error) {
    if (error instanceof Unread) return error.reason;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a member', () => {
  const request = field({ groupId: 'sg-1', Host: ['h'], 'x-amz-acl': ['private'], aWSServiceName: 's', empty: null, ports: { from: 1 } });

  test.each([
    ['groupId', 'sg-1'],
    ['GroupId', 'sg-1'],
    ['host', 'h'],
    ['x-amz-acl', 'private'],
    ['AWSServiceName', 's'],
  ])('%s is found whatever the case of its first letter', (name, text) => {
    expect(request.at(name).text).toBe(text);
  });

  test('of a member is found', () => {
    expect(request.at('ports', 'from').number).toBe(1);
    expect(request.at('Ports').at('From').number).toBe(1);
  });

  test.each([['vpcId'], ['empty'], ['constructor'], ['__proto__'], ['toString'], ['hasOwnProperty']])('%s is absent', (name) => {
    const absent = request.at(name, 'below', 'that');
    expect(absent.exists).toBe(false);
    expect(absent.text).toBeUndefined();
    expect(absent.number).toBeUndefined();
    expect(absent.flag).toBeUndefined();
    expect(absent.json).toBeUndefined();
    expect(absent.policy).toBeUndefined();
    expect(absent.list).toEqual([]);
    expect(absent.names).toEqual([]);
  });

  test('named like what objects inherit is found if it is there', () => {
    expect(field(JSON.parse('{"__proto__": {"constructor": "x"}}')).at('__proto__', 'constructor').text).toBe('x');
  });

  test('is found in the only element of a list, as XML leaves it', () => {
    expect(field({ Rule: [{ Status: 'Enabled' }] }).at('Rule', 'Status').text).toBe('Enabled');
  });

  test.each([
    ['a text', 'abc'],
    ['a number', 7],
    ['a list of several', [{ a: 1 }, { a: 2 }]],
    ['a list of none', []],
    ['a list of nothing', [null]],
  ])('of %s cannot be known', (_, value) => {
    expect(refusal(() => field({ ports: value }).at('ports', 'from').exists)).toEqual({
      cause: 'malformed',
      operation: 'cloudtrail:RunInstances',
      permissions: [],
      message: 'requestParameters.ports is no object',
    });
  });
});

describe('what is there', () => {
  test.each([
    ['null', null, false],
    ['the empty text of an empty object', '', false],
    ['the marker of an S3 query', [''], false],
    ['an empty object', {}, true],
    ['a text', 'a', true],
    ['false', false, true],
    ['zero', 0, true],
  ])('%s', (_, value, exists) => {
    expect(field({ it: value }).at('it').exists).toBe(exists);
  });
});

describe('a text', () => {
  test.each([
    ['a text', 'a', 'a'],
    ['a number', 22, '22'],
    ['a flag', true, 'true'],
    ['a list of one', ['a'], 'a'],
    ['an element that was XML', { tag: 1, content: 'vpc-1' }, 'vpc-1'],
    ['a list of one such', [{ tag: 1, content: 'vpc-1' }], 'vpc-1'],
    ['wrapped items', { items: ['a'] }, 'a'],
    ['a wrapped item', { item: 'a' }, 'a'],
  ])('may be %s', (_, value, text) => {
    expect(field({ it: value }).at('it').text).toBe(text);
  });

  test.each([
    ['an object', { a: 1 }],
    ['an empty object', {}],
    ['a list of none', []],
    ['a list of two', ['a', 'b']],
    ['a list of an object', [{ a: 1 }]],
    ['nested content', { tag: 1, content: { a: 1 } }],
  ])('is not %s', (_, value) => {
    expect(refusal(() => field({ it: value }).at('it').text).message).toBe('requestParameters.it is no text');
  });
});

describe('a number', () => {
  test.each([
    [22, 22],
    ['22', 22],
    ['-1', -1],
    ['1.5', 1.5],
    [['443'], 443],
    [{ tag: 1, content: 8 }, 8],
  ])('%j is %d', (value, number) => {
    expect(field({ it: value }).at('it').number).toBe(number);
  });

  test.each([['22 '], ['0x16'], ['1e3'], ['NaN'], [true], [{}], [[1, 2]]])('%j is none', (value) => {
    expect(refusal(() => field({ it: value }).at('it').number).cause).toBe('malformed');
  });
});

describe('a flag', () => {
  test.each([
    [true, true],
    [false, false],
    ['true', true],
    ['False', false],
    [['TRUE'], true],
  ])('%j is %s', (value, flag) => {
    expect(field({ it: value }).at('it').flag).toBe(flag);
  });

  test.each([['yes'], [1], [0], [{}], [[]]])('%j is none', (value) => {
    expect(refusal(() => field({ it: value }).at('it').flag).cause).toBe('malformed');
  });
});

describe('a list', () => {
  test.each([
    ['an array', ['a', 'b'], ['a', 'b']],
    ['wrapped items', { items: ['a', 'b'] }, ['a', 'b']],
    ['a wrapped item', { item: 'a' }, ['a']],
    ['wrapped items of XML', { item: [{ content: 'a' }, { content: 'b' }] }, ['a', 'b']],
    ['an element by itself', 'a', ['a']],
    ['an empty wrapper', {}, []],
    ['an empty item', { items: '' }, []],
    ['an empty array', [], []],
    ['nothing', null, []],
    ['an empty text', '', []],
  ])('may be %s', (_, value, texts) => {
    expect(
      field({ it: value })
        .at('it')
        .list.map(({ text }) => text),
    ).toEqual(texts);
  });

  test('may be an object by itself', () => {
    expect(
      field({ it: { a: 1, b: 2 } })
        .at('it')
        .list[0]?.at('b').number,
    ).toBe(2);
  });

  test('of which an element is empty does not pass it over', () => {
    const [first, second] = field({ it: ['a', null] }).at('it').list;
    expect(first?.text).toBe('a');
    expect(refusal(() => second?.exists).message).toBe('requestParameters.it[1] is empty');
    expect(refusal(() => second?.at('x').text).cause).toBe('malformed');
  });
});

describe('names', () => {
  test('are those of the members', () => {
    expect(field({ it: { a: 1, B: 2 } }).at('it').names).toEqual(['a', 'B']);
    expect(field({ it: [{ a: 1 }] }).at('it').names).toEqual(['a']);
  });

  test.each([['text'], [5], [[1, 2]]])('%j has none', (value) => {
    expect(refusal(() => field({ it: value }).at('it').names).cause).toBe('malformed');
  });
});

describe('JSON', () => {
  const document = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] };

  test.each([
    ['an object', document],
    ['a text', JSON.stringify(document)],
    ['a URL-encoded text', encodeURIComponent(JSON.stringify(document))],
    ['a list of one text', [JSON.stringify(document)]],
  ])('may be %s', (_, value) => {
    expect(field({ it: value }).at('it').json).toEqual(document);
    expect(field({ it: value }).at('it').policy?.statements).toMatchObject([{ effect: 'Allow', actions: ['s3:*'] }]);
  });

  test.each([['{'], ['5'], ['"a"'], ['[]'], ['%7B'], ['%'], [5], [true], [[1, 2]]])('%j is none', (value) => {
    expect(refusal(() => field({ it: value }).at('it').json).message).toBe('requestParameters.it is no JSON object');
    expect(refusal(() => field({ it: value }).at('it').policy).cause).toBe('malformed');
  });

  test('that is no policy is refused as one', () => {
    expect(refusal(() => field({ it: { a: 1 } }).at('it').policy)).toMatchObject({
      cause: 'malformed',
      operation: 'cloudtrail:RunInstances',
    });
  });
});

describe('what CloudTrail left out', () => {
  const mark = { reason: 'requestParameters too large', omitted: true, originalSize: 149893 };

  test.each([
    ['exists', (f: Field) => f.exists],
    ['text', (f: Field) => f.text],
    ['number', (f: Field) => f.number],
    ['flag', (f: Field) => f.flag],
    ['list', (f: Field) => f.list],
    ['names', (f: Field) => f.names],
    ['json', (f: Field) => f.json],
    ['policy', (f: Field) => f.policy],
    ['a member', (f: Field) => f.at('reason').text],
    ['a member of that', (f: Field) => f.at('a').at('b', 'c').list],
  ])('has no %s', (_, read) => {
    expect(refusal(() => read(field(mark)))).toMatchObject({ cause: 'no-data', operation: 'cloudtrail:RunInstances' });
    expect(refusal(() => read(field({ it: { ...mark, omitted: 'true' } }).at('it'))).cause).toBe('no-data');
    expect(refusal(() => read(field({ it: { ...mark, omitted: {} } }).at('it'))).cause).toBe('no-data');
  });

  test('is missed deep inside of a document, too', () => {
    expect(refusal(() => field({ it: { a: [{ b: mark }] } }).at('it').json).cause).toBe('no-data');
  });

  test('is not what says that nothing was', () => {
    expect(field({ omitted: false, a: 1 }).at('a').number).toBe(1);
  });
});

test('nesting deeper than the stack does no harm', () => {
  const depth = 200_000;
  const deep: unknown = JSON.parse(`${'{"items":['.repeat(depth)}${']}'.repeat(depth)}`);
  const found = field({ it: deep }).at('it');
  expect(found.list).toHaveLength(1);
  expect(refusal(() => found.text).cause).toBe('malformed');
  expect(() => found.json).not.toThrow();
});
