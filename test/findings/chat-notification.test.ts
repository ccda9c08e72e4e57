import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toChatNotification } from '../../findings/chat-notification.ts';
import { toMessage } from '../../findings/message.ts';
import { adminPorts, at, entry, finding, group } from './samples.ts';

const opened = entry('opened', 8);
const open = finding('sg-0abc', { openedAt: at(8) });

test('says how bad, what and where in its title, and stays in the thread of its finding', () => {
  expect(toChatNotification(toMessage(open, opened, adminPorts))).toMatchObject({
    version: '1.0',
    source: 'custom',
    id: `${open.id}-${open.version}`,
    content: {
      textType: 'client-markdown',
      title: '[HIGH][NEW] SSH (22) open to the internet on sg-0abc (111122223333, eu-west-1)',
      nextSteps: [adminPorts.remediation.text, expect.stringContaining('--region eu-west-1')],
      keywords: ['HIGH', adminPorts.id, '111122223333'],
    },
    metadata: { threadId: open.id, eventType: 'opened', relatedResources: [open.resource.arn] },
  });
});

test('asks for nothing when it is over', () => {
  const ended = { ...entry('resolved', 12), reason: 'passes now' };
  const resolved = finding('sg-0abc', { state: 'resolved', resolvedAt: at(12), history: [opened, ended] });
  const { content, metadata } = toChatNotification(toMessage(resolved, ended, adminPorts));
  expect(content).not.toHaveProperty('nextSteps');
  expect(metadata).toMatchObject({ threadId: open.id, eventType: 'resolved' });
});

test('is told in at most so much as a channel shows, in whole lines', () => {
  const message = { ...toMessage(open, opened, adminPorts), text: `${'a line of the news\n'.repeat(1_000)}` };
  const { description } = toChatNotification(message).content;
  expect(description.length).toBeLessThan(2_100);
  expect(description.endsWith('\na line of the news\n…\n```')).toBe(true);
});

test('whatever a resource is called, nothing in it ends the block, calls people or makes a link', () => {
  const hostile = fc.string({ unit: fc.constantFrom('`', '<', '>', '!', '@', '*', '|', 'a', '\n', '\u202e') });
  fc.assert(
    fc.property(hostile, (name) => {
      const resource = group('sg-0abc', { Name: `\`\`\`<!channel>${name}` });
      const { content, metadata } = toChatNotification(toMessage({ ...open, resource, reason: name }, opened, adminPorts));
      const told = content.description.replace(/^```\n/, '').replace(/\n```$/, '');
      for (const text of [told, content.title, metadata.summary, ...(content.nextSteps ?? [])]) expect(text).not.toMatch(/[`<>]/);
    }),
  );
});
