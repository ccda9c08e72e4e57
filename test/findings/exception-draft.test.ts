import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toExceptionDraft } from '../../findings/exception-draft.ts';
import { at, finding, group } from './samples.ts';

const draftOf = (id: string) => parse(toExceptionDraft({ ...finding('sg-1'), resource: group(id) }, at(8)).join('\n'));

test('is what posture.yaml takes, but for what only people know', () => {
  expect(draftOf('sg-0abc')).toEqual([
    {
      check: 'ec2-security-group-admin-ports-closed',
      resource: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0abc',
      reason: null,
      owner: null,
      expires: '2026-12-21',
      ticket: null,
    },
  ]);
});

test('stands for no other resources, whatever one is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (id) => {
      const [{ resource, reason }] = draftOf(id);
      expect(resource).not.toContain('*');
      expect(resource).toMatch(/^arn:aws:ec2:eu-west-1:111122223333:security-group\//);
      expect([...resource]).toHaveLength([...group(id).arn].length);
      expect(reason).toBeNull();
    }),
  );
});
