import { expect, test } from 'vitest';
import type { Finding } from '../../findings/finding.ts';
import { reconcile } from '../../findings/reconcile.ts';
import { saveTransitions } from '../../findings/save.ts';
import { at, fails, finding, group, look, passes } from './samples.ts';

/** A store of one finding, in which `interfere` writes before each save. */
function contested(initial: Finding | undefined, interfere: (current: Finding | undefined) => Finding | undefined) {
  let current = initial;
  return {
    finding: async () => current,
    async save(next: Finding) {
      current = interfere(current);
      if ((current?.version ?? 0) !== next.version - 1) return 'superseded' as const;
      current = next;
      return 'saved' as const;
    },
  };
}

function once(written: Finding): (current: Finding | undefined) => Finding | undefined {
  let isDone = false;
  return (current) => {
    if (isDone) return current;
    isDone = true;
    return written;
  };
}

test('what somebody else saved in between is built upon', async () => {
  const { transitions, again } = reconcile([finding('sg-1')], [passes(group('sg-1'))], look(5));
  const store = contested(finding('sg-1'), once(finding('sg-1', { version: 2, severity: 'LOW', observedAt: at(3) })));
  const saved = await saveTransitions(store, transitions, again);
  expect(saved.transitions).toMatchObject([{ kind: 'resolved', finding: { version: 3, severity: 'LOW' } }]);
  expect(saved.superseded).toEqual([]);
});

test('what somebody else saw later stays', async () => {
  const { transitions, again } = reconcile([finding('sg-1')], [passes(group('sg-1'))], look(5));
  const newer = finding('sg-1', { version: 2, observedAt: at(9) });
  expect(await saveTransitions(contested(finding('sg-1'), once(newer)), transitions, again)).toEqual({
    transitions: [],
    superseded: [newer],
  });
});

test('a save whose answer was lost counts as saved when it meets itself', async () => {
  const { transitions, again } = reconcile([], [fails(group('sg-1'))], look(5));
  const mine = transitions[0]?.finding;
  if (!mine) throw new Error('nothing was opened');
  expect(
    await saveTransitions(
      contested(undefined, () => mine),
      transitions,
      again,
    ),
  ).toEqual({ transitions, superseded: [] });
});

test('somebody who always comes first ends in an error, not in an endless loop', async () => {
  const { transitions, again } = reconcile([], [fails(group('sg-1'))], look(5));
  const store = contested(undefined, (current) => finding('sg-1', { version: (current?.version ?? 0) + 1, severity: 'LOW' }));
  await expect(saveTransitions(store, transitions, again)).rejects.toThrow(/changed by others 10 times/);
});

test('a store that fails ends it', async () => {
  const { transitions, again } = reconcile([], [fails(group('sg-1')), fails(group('sg-2'))], look(5));
  const store = { finding: async () => undefined, save: () => Promise.reject(new Error('no network')) };
  await expect(saveTransitions(store, transitions, again)).rejects.toThrow('no network');
});
