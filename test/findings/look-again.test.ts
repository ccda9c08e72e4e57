import { expect, test } from 'vitest';
import { type CausedTouch, toCause, toSecondLook } from '../../findings/arrival.ts';
import { inMessages } from '../../findings/look-again.ts';
import { did } from './reacting-world.ts';

function touch(resourceId: string): CausedTouch {
  const { event } = did('Changed', 0);
  const { accountId, region } = event;
  const what = { resourceType: 'AWS::EC2::SecurityGroup', facets: ['ingress'], gone: false, indirect: false } as const;
  return { touch: { ...what, resourceId, accountId, region }, cause: toCause(event) };
}

const touches = Array.from({ length: 30 }, (_, n) => touch(`sg-${n}`));
const size = Buffer.byteLength(JSON.stringify(touches[0]));

test('what is to be looked at again fits into as few messages as possible, in its order', () => {
  expect(inMessages(touches, 1_000_000)).toEqual([touches]);
  const messages = inMessages(touches, 10 * (size + 5));
  expect(messages.length).toBeLessThanOrEqual(4);
  expect(messages.flat()).toEqual(touches);
  expect(inMessages([], 1_000)).toEqual([]);
});

test('what is larger than a message goes alone', () => {
  expect(inMessages(touches.slice(0, 3), 10).map((message) => message.length)).toEqual([1, 1, 1]);
});

test('what is put in line is read as it was written', () => {
  expect(toSecondLook(JSON.parse(JSON.stringify({ again: touches })))).toEqual(touches);
});
