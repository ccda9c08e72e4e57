import { describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { liveLine, progressText } from '../../cli/progress.ts';
import { widthOf } from '../../cli/render/width.ts';

const undertaking = { accountId: '123456789012', regions: 17, services: 5 };
const progress = { done: 142, total: 180, calls: 1204, throttles: 2 };

describe('the live line', () => {
  test('says how far a scan is', () => {
    expect(progressText(undertaking, progress, 65_000, 120)).toBe(
      '123456789012  1 account × 17 regions × 5 services  142/180 listed, 1,204 calls, 2 throttled, 1 min 5 s',
    );
  });

  test('does not claim to look for regions while it lists', () => {
    expect(progressText(undertaking, { done: 0, total: 0, calls: 30, throttles: 0 }, 1_000, 120)).toBe(
      '123456789012  1 account × 17 regions × 5 services  listing, 30 calls, 0 throttled, 1 s',
    );
  });

  test('leaves out what never changes before anything that moves', () => {
    expect(progressText(undertaking, progress, 65_000, 79)).toBe(
      '17 regions × 5 services  142/180 listed, 1,204 calls, 2 throttled, 1 min 5 s',
    );
    expect(progressText(undertaking, progress, 65_000, 60)).toBe('142/180 listed, 1,204 calls, 2 throttled, 1 min 5 s');
  });

  test.each([20, 60, 80])('fits on %i columns', (width) => {
    expect(widthOf(progressText(undertaking, progress, 65_000, width))).toBeLessThanOrEqual(width);
  });

  const drawn = (tty: boolean, env: Record<string, string>, quiet: boolean): string => {
    let text = '';
    const sink = { write: (more: string) => void (text += more), isTTY: tty, columns: 80 };
    const io: Io = { stdout: sink, stderr: sink, env, cwd: '/', now: () => new Date(0), interrupted: new AbortController().signal };
    const line = liveLine(io, undertaking, quiet, () => ({ calls: 0, throttles: 0 }));
    line.update(progress);
    line.end();
    return text;
  };

  test('is drawn on a terminal, and taken away', () => {
    const clear = '\r\u001b[2K';
    expect(drawn(true, {}, false)).toBe(
      `${clear}${progressText(undertaking, { done: 0, total: 0, calls: 0, throttles: 0 }, 0, 79)}${clear}`,
    );
  });

  test.each([
    ['in a pipe', false, {}, false],
    ['in CI', true, { CI: 'true' }, false],
    ['when quiet', true, {}, true],
  ] as const)('is silent %s', (_name, tty, env, quiet) => {
    expect(drawn(tty, env, quiet)).toBe('');
  });
});
