import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ENTRY = join(import.meta.dirname, '../../docs/new-check.ts');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'new-check-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...args], {
    env: { ...process.env, POSTURE_ROOT: root },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function written(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe('npm run new:check', () => {
  test('writes a check with everything that it must say, where its id says', () => {
    const { status, stdout } = run('ec2-volume-encrypted', '--type', 'AWS::EC2::Volume', '--needs', 'volume', '--severity', 'HIGH');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('checks/ec2/volume-encrypted.ts') });
    const text = written('checks/ec2/volume-encrypted.ts');
    for (const member of [
      "id: 'ec2-volume-encrypted'",
      "severity: 'HIGH'",
      "resourceType: 'AWS::EC2::Volume'",
      "needs: ['volume']",
      'unknown:',
    ])
      expect(text).toContain(member);
  });

  test('writes an activity check for an id that begins so', () => {
    expect(run('activity-budget-deleted').status).toBe(0);
    expect(written('checks/activity/budget-deleted.ts')).toContain("id: 'activity-budget-deleted'");
  });

  test('writes nothing over', () => {
    mkdirSync(join(root, 'checks/ec2'), { recursive: true });
    writeFileSync(join(root, 'checks/ec2/volume-encrypted.ts'), 'mine');
    expect(run('ec2-volume-encrypted')).toEqual({ status: 2, stdout: '', stderr: 'checks/ec2/volume-encrypted.ts exists already\n' });
    expect(written('checks/ec2/volume-encrypted.ts')).toBe('mine');
  });

  test.each([
    [[], 'Usage: npm run new:check'],
    [['Volume'], '"Volume" is no id of a check'],
    [['ec2-volume'], '"ec2-volume" is no id of a check'],
    [['ec2-volume-encrypted', '--severity', 'BAD'], '"BAD" is no severity'],
  ])('%j is refused with what would be right', (args, message) => {
    expect(run(...args)).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});
