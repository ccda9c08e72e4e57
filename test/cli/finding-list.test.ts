import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Cause } from '../../findings/cause.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import { cause } from '../findings/activity-samples.ts';
import { collect } from '../findings/samples.ts';
import { emptyFolder, fakeWorld, posture } from './fake-world.ts';

const world = fakeWorld({ encryption: { 'eu-west-1': false }, buckets: {} });

/** What the list says when this is behind the only finding. */
async function listed(behind: Cause): Promise<string> {
  const cwd = emptyFolder();
  await posture(['scan'], world, { cwd, now: () => new Date('2026-11-16T08:00:00Z') });
  const store = await openSqliteStore(join(cwd, '.posture/findings.db'));
  const [finding] = await collect(store.findingsInState('open'));
  if (!finding) throw new Error('no finding');
  const history = finding.history.map((step) => ({ ...step, cause: behind }));
  await store.save({ ...finding, version: finding.version + 1, history });
  await store.close();
  return (await posture(['findings'], world, { cwd })).out;
}

test('who is behind a finding is listed', async () => {
  expect(await listed(cause(8))).toContain('  eu-west-1  eu-west-1  2026-11-16  ana@example.com as AdministratorAccess\n');
});

test('who is only probably behind a finding is marked', async () => {
  expect(await listed(cause(8, { found: 'lookup' }))).toContain('ana@example.com as AdministratorAccess?');
});

test('whatever they call themselves, the list keeps its lines', async () => {
  const { actor } = cause(8);
  const out = await listed(cause(8, { actor: { ...actor, name: 'a\nb\u001b[2J\u202Ec' } }));
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(out.split('\n')).toHaveLength((await listed(cause(8))).split('\n').length);
});
