import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { assertSame } from '../../emulator/demo/drift.ts';
import { type Outcome, tellStory } from '../../emulator/demo/story.ts';

const DEMO = join(import.meta.dirname, '../../emulator/demo.ts');

describe('the demo', () => {
  let text = '';
  let outcome: Outcome;
  const before = { ...process.env };

  beforeAll(async () => {
    outcome = await tellStory(ioInto((part) => (text += part)));
  }, 120_000);

  test('shows the afternoon as drift, and nothing else', () => {
    expect(outcome.drift.map((line) => line.replace(/sg-\w+/, 'staging')).sort()).toEqual([
      'changed MEDIUM ec2-security-group-ports-closed staging',
      'opened CRITICAL s3-bucket-public-read-absent brightcart-invoices',
      'opened HIGH ec2-security-group-admin-ports-closed staging',
      'opened LOW iam-user-mfa-phishing-resistant mira',
      'opened MEDIUM s3-bucket-public-access-blocked brightcart-invoices',
      'resolved HIGH iam-user-console-mfa-enabled mira',
    ]);
    expect(text).toContain('4 opened, 0 reopened, 0 escalated, 1 resolved');
  });

  test('receives one digest of the first audit', () => {
    const [messages] = outcome.messages;
    expect(messages.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^\[CRITICAL\]\[BASELINE\] 111122223333: \d+ open, \d+ CRITICAL, \d+ HIGH$/),
    ]);
  });

  test('receives what is urgent alone, and the rest of the second audit in one digest', () => {
    const [, messages] = outcome.messages;
    expect(messages.map(({ text: mail }) => mail.split('\n')[0])).toEqual([
      'CRITICAL NEW: its policy lets anyone read from it',
      'HIGH NEW: SSH (22) open to the internet',
      'HIGH RESOLVED: console password, no MFA device',
      'Changes in account 111122223333: 2 opened',
    ]);
  });

  test('prints the messages as they are read, and plain text where nobody watches', () => {
    expect(text).toContain('│ Where: brightcart-invoices in 111122223333, eu-west-1');
    expect(text).not.toContain('\u001b');
  });

  test('leaves the environment as it was', () => {
    expect(process.env).toEqual(before);
  });
});

test('a demo that does not come out as told says what is missing and what is too much', () => {
  expect(() => assertSame('the drift', ['opened a', 'opened c'], ['opened a', 'opened b'])).toThrow(
    'the drift did not come out as told (missing: opened b | too much: opened c)',
  );
  expect(() => assertSame('the mail', ['one', 'one'], ['one'])).toThrow('the mail did not come out as told (2 in place of 1)');
});

describe('Ctrl-C in the demo', () => {
  test('leaves no process behind', { timeout: 60_000 }, async () => {
    const demo = spawn(process.execPath, [DEMO], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(demo, 'exit');
    await untilItSays(demo, 'moving Brightcart in');
    const children = childrenOf(demo);
    demo.kill('SIGINT');
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(children).not.toEqual([]);
    await expect.poll(() => alive(children)).toEqual([]);
  });
});

function ioInto(write: (text: string) => void): Io {
  const quiet = { isTTY: false, columns: undefined };
  return {
    stdout: { ...quiet, write },
    stderr: { ...quiet, write: () => undefined },
    env: { NO_COLOR: '1' },
    cwd: import.meta.dirname,
    now: () => new Date(),
    interrupted: new AbortController().signal,
  };
}

async function untilItSays({ stdout }: ChildProcess, words: string): Promise<void> {
  let said = '';
  for await (const part of stdout?.iterator({ destroyOnReturn: false }) ?? []) if ((said += part).includes(words)) return;
  throw new Error(`the demo never said "${words}": ${said}`);
}

interface Listed {
  readonly pid: string;
  readonly parent: string;
  readonly state: string;
}

function listed(): readonly Listed[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,state='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid = '', parent = '', state = ''] = line.trim().split(/\s+/);
    return { pid, parent, state };
  });
}

function childrenOf({ pid }: ChildProcess): readonly string[] {
  return listed().flatMap((one) => (one.parent === String(pid) ? one.pid : []));
}

/** A zombie is dead: it only waits for somebody to ask how it ended. */
function alive(pids: readonly string[]): readonly string[] {
  return listed().flatMap(({ pid, state }) => (pids.includes(pid) && state !== 'Z' ? pid : []));
}
