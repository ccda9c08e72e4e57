import { expect, test } from 'vitest';
import { confirmTold, deduplicationIdIn } from '../../findings/confirm.ts';
import { toMessage } from '../../findings/message.ts';
import { toPublication } from '../../findings/sns-publisher.ts';
import { memoryLedger } from './memory-ledger.ts';
import { adminPorts, entry, finding } from './samples.ts';

const now = () => new Date();

test.each([`${'a1'.repeat(16)}-12`, 'digest-20261121T084927Z-3f2a'])('marks as told what the topic handed back: %s', async (id) => {
  const { open, told } = memoryLedger();
  await open().claim(id, now(), 60_000);
  expect(await confirmTold(id, { ledger: open(), now })).toBe('told');
  expect(await confirmTold(id, { ledger: open(), now })).toBe('told');
  expect(told()).toEqual([id]);
});

test.each([undefined, '', 'a b', 'a#b', 'ü', 'x'.repeat(129), 'x\n'])('keeps nothing of what somebody else published: %j', async (id) => {
  const { open, told } = memoryLedger();
  expect(await confirmTold(id, { ledger: open(), now })).toBe('not ours');
  expect(told()).toEqual([]);
});

test.each([
  ['of the JSON', { Message: '{"deduplicationId":"x-1"}' }, 'x-1'],
  ['of the attributes', { Message: 'hello', MessageAttributes: { deduplicationId: { Value: 'x-2' } } }, 'x-2'],
  [
    'of the JSON rather than of the attributes',
    { Message: '{"deduplicationId":"x-1"}', MessageAttributes: { deduplicationId: { Value: 'x-2' } } },
    'x-1',
  ],
  ['of attributes when the JSON has none', { Message: '{}', MessageAttributes: { deduplicationId: { Value: 'x-2' } } }, 'x-2'],
  ['of neither', { Message: 'null', MessageAttributes: {} }, undefined],
  ['of nothing', {}, undefined],
  ['that is no text', { Message: '{"deduplicationId":1}' }, undefined],
])('finds the id %s', (_where, message, id) => {
  expect(deduplicationIdIn(message)).toBe(id);
});

test('finds the id in what is published, with and without its attributes', () => {
  const message = toMessage(finding('sg-1'), entry('opened', 1), adminPorts);
  const { Message, MessageAttributes } = toPublication(message);
  const program = { Message: String(JSON.parse(Message).default) };
  expect(deduplicationIdIn(program)).toBe(message.deduplicationId);
  expect(MessageAttributes.deduplicationId).toEqual({ DataType: 'String', StringValue: message.deduplicationId });
});
