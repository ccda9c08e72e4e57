import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { activityChecks } from '../../checks/activity-registry.ts';
import { checks } from '../../checks/registry.ts';
import { explanation } from '../../cli/render/explanation.ts';
import { toPalette } from '../../cli/render/palette.ts';
import { widthOf } from '../../cli/render/width.ts';

describe.each([60, 80, 120])('what explain says of each check on %i columns', (width) => {
  const pages = [...checks, ...activityChecks].map((check) => ({
    check,
    text: explanation(check, [], { width, palette: toPalette(false) }),
  }));

  test('can be copied into posture.yaml', () => {
    for (const { check, text } of pages) {
      if (Object.keys(check.params ?? {}).length === 0) continue;
      const yaml = /these are the defaults:\n((?: {2}.*\n)+)/.exec(text)?.[1];
      expect(parse(yaml ?? ''), check.id).toEqual({ checks: { [check.id]: { params: check.params } } });
    }
  });

  test('breaks no id of another tool but between its parts', () => {
    for (const { check, text } of pages) {
      const joined = text.replace(/([-_])\n +/g, '$1');
      for (const id of check.equivalents.prowler ?? []) expect(joined, check.id).toContain(id);
    }
  });

  test('fits, but for words of commands, which stay whole', () => {
    const isOneWord = (line: string) => /^\S+( \\)?$/.test(line.trim());
    for (const { text } of pages) {
      for (const line of text.split('\n'))
        if (!/\S=\S/.test(line) && !isOneWord(line)) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    }
  });
});
