import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toElement } from '../../../emulator/wire/serialize.ts';
import { at, parseXml, textAt, writeXml } from '../../../emulator/wire/xml.ts';

describe('XML', () => {
  it('finds text at a path, with entities read', () => {
    const root = parseXml('<?xml version="1.0"?>\n<a x="1"><b><c>1 &lt; 2 &amp;amp; &#65;&#x42;</c></b></a>');
    expect(textAt(root, 'b', 'c')).toBe('1 < 2 &amp; AB');
  });

  it('has no element where there is none', () => {
    expect(at(parseXml('<a><b/></a>'), 'b', 'c')).toBeUndefined();
  });

  it.each(['', 'text', '<a>', '<a></b>', '<a/><b/>', '<!doctype html>\n<html><p>x</html>'])('refuses %j', (text) => {
    expect(() => parseXml(text)).toThrow();
  });

  it('reads back any text that it wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const written = writeXml({ name: 'a', attributes: ' x="1"', children: [], text });
        expect(parseXml(written)).toEqual({ name: 'a', attributes: ' x="1"', children: [], text });
      }),
    );
  });
});

describe('elements from values', () => {
  const element = (value: Parameters<typeof toElement>[1], list?: 'item' | 'member') => {
    const made = toElement('root', value, { ...(list ? { list } : {}) });
    return made && writeXml(made).replace(/^.*\n/, '');
  };

  it('wraps the elements of a list', () => {
    expect(element({ ids: ['a', 'b'] }, 'item')).toBe('<root><ids><item>a</item><item>b</item></ids></root>');
  });

  it('repeats the name of a flat list', () => {
    expect(element({ Buckets: { Bucket: [{ Name: 'a' }, { Name: 'b' }] } })).toBe(
      '<root><Buckets><Bucket><Name>a</Name></Bucket><Bucket><Name>b</Name></Bucket></Buckets></root>',
    );
  });

  it('leaves out what is undefined and keeps what is empty', () => {
    expect(element({ a: undefined, b: '', c: [], d: false }, 'member')).toBe('<root><b></b><c></c><d>false</d></root>');
  });

  it('writes dates in ISO 8601', () => {
    expect(element({ at: new Date('2026-03-01T00:00:00Z') }, 'item')).toBe('<root><at>2026-03-01T00:00:00.000Z</at></root>');
  });
});
