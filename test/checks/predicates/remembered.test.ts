import { expect, test, vi } from 'vitest';
import { once, remembered, rememberedOf } from '../../../checks/predicates/remembered.ts';

test('a text is looked into once, also where there is nothing in it', () => {
  const find = vi.fn((text: string) => (text === '' ? undefined : text.length));
  const lengthOf = remembered(find);
  expect(['four', '', 'four', ''].map(lengthOf)).toEqual([4, undefined, 4, undefined]);
  expect(find).toHaveBeenCalledTimes(2);
});

test('what could not be found out is asked again', () => {
  const find = vi
    .fn((text: string) => text)
    .mockImplementationOnce(() => {
      throw new Error('not now');
    });
  const same = remembered(find);
  expect(() => same('text')).toThrow('not now');
  expect(same('text')).toBe('text');
});

test('more texts than are kept have their answers all the same', () => {
  const numberOf = remembered(Number);
  const numbers = Array.from({ length: 100_001 }, (_, index) => index);
  expect(numbers.filter((number) => numberOf(`${number}`) !== number)).toEqual([]);
  expect(numberOf('0')).toBe(0);
});

test('a question is asked when it is first needed, and then no more', () => {
  const find = vi.fn(() => undefined);
  const answer = once(find);
  expect(find).not.toHaveBeenCalled();
  expect([answer(), answer()]).toEqual([undefined, undefined]);
  expect(find).toHaveBeenCalledTimes(1);
});

test('a thing is looked into once; another like it is another', () => {
  const find = vi.fn(({ name }: { readonly name: string }) => name);
  const nameOf = rememberedOf(find);
  const thing = { name: 'one' };
  expect([thing, thing, { name: 'one' }].map(nameOf)).toEqual(['one', 'one', 'one']);
  expect(find).toHaveBeenCalledTimes(2);
});
