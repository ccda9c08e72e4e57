import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConfig } from '../../config/parse-config.ts';
import { WrongConfig } from '../../config/wrong-config.ts';
import { checks } from '../cli/fake-world.ts';

const example = readFileSync(join(import.meta.dirname, '../../posture.yaml'), 'utf8').replaceAll(/^# ?/gm, '');

/** Pieces of which YAML is made, right and wrong. */
const piece = fc.constantFrom(
  ...['accounts', 'organization', 'id', 'units', 'exclude', 'schedule', 'timezone', 'subscribers', 'email', 'sqs', 'deployment', 'tags'],
  ...['checks', 's3-bucket-public-write-absent', 'params', 'ports', 'regions', '__proto__', 'constructor', 'null', '~', 'true', '.nan'],
  ...[': ', ':', '- ', '\n', '\n  ', '\n    ', ' ', '\t', '[', ']', '{', '}', ', ', '? ', '"', "'", '|', '>', '#', '\r\n', '\r', '\uFEFF'],
  ...['&a ', '*a', '<<: *a', '!!set ', '!!binary ', '!!timestamp ', '!!map ', '!!omap ', '!x ', '%YAML 1.1\n', '---\n', '...\n', '\u0000'],
  ...["'111122223333'", '0123', '0x1f', '1e3', '1_000', '-1', '18446744073709551616', 'rate(6 hours)', 'cron(0 6 * * ? *)', 'r-ab12'],
);
const pieces = fc.array(piece, { maxLength: 30 }).map((found) => found.join(''));
const tampered = fc
  .tuple(fc.nat(example.length), fc.nat(20), fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })))
  .map(([at, removed, inserted]) => example.slice(0, at) + inserted + example.slice(at + removed));

test('any text is a configuration, or a mistake with a place inside of the text', () => {
  fc.assert(
    fc.property(fc.oneof(pieces, tampered, fc.string({ unit: 'binary' })), (text) => {
      const fault = faultOf(text);
      if (fault === undefined) return;
      const lines = text.split(/\n/);
      expect(fault.line).toBeGreaterThanOrEqual(1);
      expect(fault.line).toBeLessThanOrEqual(lines.length);
      expect(fault.column).toBeGreaterThanOrEqual(1);
      expect(fault.column).toBeLessThanOrEqual((lines[fault.line - 1] ?? '').length + 1);
      expect(fault.message).not.toBe('');
    }),
    { numRuns: 3_000, examples: [['? !!binary s3-bucket-public-write-absent']] },
  );
});

function faultOf(text: string) {
  try {
    parseConfig(text, 'posture.yaml', checks);
    return undefined;
  } catch (error) {
    if (!(error instanceof WrongConfig)) throw error;
    expect(error.message).toMatch(/^posture\.yaml:\d+:\d+: /);
    expect(error.message.split('\n')).toHaveLength(1);
    return error.faults[0];
  }
}
