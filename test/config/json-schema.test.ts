import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { activityChecks } from '../../checks/activity-registry.ts';
import { checks } from '../../checks/registry.ts';
import { toJsonSchema } from '../../config/json-schema.ts';

const isRight = new Ajv({ strict: false, allErrors: true }).compile({ ...toJsonSchema([...checks, ...activityChecks]) });
const example = readFileSync(join(import.meta.dirname, '../../posture.yaml'), 'utf8');

describe('the JSON Schema of posture.yaml', () => {
  test('accepts the example, with all that is commented out in it', () => {
    expect(isRight(parse(example)), JSON.stringify(isRight.errors)).toBe(true);
    const whole = example.replaceAll(/^( *)#(?! \S)/gm, '$1').replace(/^(subscribers|tailoring|exceptions): \[\]\n/gm, '');
    expect(isRight(parse(whole)), JSON.stringify(isRight.errors)).toBe(true);
  });

  test.each([
    ['an unknown key', { reigons: [] }],
    ['an unknown check', { checks: { 'iam-user-keys-rotatde': {} } }],
    ['a severity that is none', { checks: { 'iam-user-keys-rotated': { severity: 'BAD' } } }],
    ['a param of another type', { checks: { 'iam-user-keys-rotated': { params: { days: 'many' } } } }],
    ['an entry without a place', { tailoring: [{ owner: 'x' }] }],
    ['an account without quotes', { trustedAccounts: [111122223333] }],
    ['a check in an entry that is not known', { tailoring: [{ where: { regions: ['global'] }, checks: { 'no-such-check': {} } }] }],
  ])('refuses %s', (_name, written) => {
    expect(isRight(written)).toBe(false);
  });

  test('says what is expected, for editors to show', () => {
    expect(JSON.stringify(toJsonSchema(checks))).toContain("an account id of 12 digits in quotes, such as '111122223333'");
  });
});
