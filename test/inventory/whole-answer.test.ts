import { expect, test } from 'vitest';
import { isWhole } from '../../inventory/whole-answer.ts';

test.each([
  ['a whole document', '<?xml version="1.0"?><DescribeVpcsResponse xmlns="x"><vpcSet/></DescribeVpcsResponse>\n', true],
  ['a document that breaks off', '<DescribeVpcsResponse xmlns="x"><vpcSet><item><vpcId>vpc-1</vpcId></item>', false],
  ['a document that breaks off inside a tag', '<DescribeVpcsResponse><vpcSet/></DescribeVpcsRes', false],
  ['an empty root', '<PolicyStatus xmlns="x"/>', true],
  ['an HTML page', '<!doctype html><html><body>not here</body></html>', false],
  ['an HTML page without a doctype', '<html><body>not here</body></html>', false],
  ['JSON, which the SDK checks itself', '{"Trails":[', true],
  ['no body', '', true],
])('%s', (_, body, whole) => {
  expect(isWhole(Buffer.from(body))).toBe(whole);
});

test.each([
  ['application/x-amz-json-1.0', false],
  ['application/json', false],
  ['application/xml', false],
  ['application/octet-stream', true],
  [undefined, true],
])('nothing at all of the type %s is whole: %s', (contentType, whole) => {
  expect(isWhole(Buffer.alloc(0), contentType)).toBe(whole);
});
