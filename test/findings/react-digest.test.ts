import { expect, test } from 'vitest';
import { changeIn } from '../../findings/changes.ts';
import { reconcile } from '../../findings/reconcile.ts';
import { type DeployedAudits, deployedAudits, minor, minorShut, open, shut } from './deployed-audits.ts';
import { fakeChecks } from './fake-scope.ts';
import { memoryAuditStore } from './memory-audit-store.ts';
import { ACL, did, reactingWorld } from './reacting-world.ts';
import { ACCOUNT, entry, finding, group, look, passes } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

/** Security groups fail as HIGH, network ACLs as LOW. */
const checks = [...fakeChecks('HIGH').slice(0, 1), ...fakeChecks('LOW').slice(1)];
const acl = { resourceType: ACL, resourceId: 'acl-1' };

/** Reactions at noon, and audits before and after. */
async function begin() {
  const world = await reactingWorld(temporaryFile('findings.db'));
  const audits: DeployedAudits = deployedAudits(world.store, memoryAuditStore());
  return {
    ...{ world, audits },
    audit: (hour: number, ...things: readonly ReturnType<typeof open>[]) => audits.audit(hour, { [ACCOUNT]: { things } }),
    react: (touch: object, ...things: readonly ReturnType<typeof open>[]) => {
      world.state.things = things;
      return world.react(3, [did('Changed', 0, touch)], { checks });
    },
  };
}

test('what a reaction found between two audits is told in the digest of the next, once, unless it was told alone', async () => {
  const { audit, react, audits } = await begin();
  await audit(9, shut('sg-1'));
  expect(await audit(11, shut('sg-1'))).toEqual([]);
  await react(acl, minor('acl-1'));
  await react({ resourceId: 'sg-2' }, open('sg-2'));
  const now = [shut('sg-1'), open('sg-2'), minor('acl-1')];
  expect(await audit(13, ...now)).toEqual([expect.stringContaining('1')]);
  expect(JSON.stringify(audits.told.at(-1)?.json)).toContain('acl-1');
  expect(JSON.stringify(audits.told.at(-1)?.json)).not.toContain('sg-2');
  expect(await audit(15, ...now)).toEqual([]);
});

test('what a reaction resolved is told in the digest of the next audit, too', async () => {
  const { audit, react, audits } = await begin();
  await audit(9, minor('acl-1'));
  await react(acl, minorShut('acl-1'));
  expect(await audit(13, minorShut('acl-1'))).toHaveLength(1);
  expect(JSON.stringify(audits.told.at(-1)?.json)).toContain('resolved');
});

test('what a reaction found moves the posture of the day', async () => {
  const { audit, react, audits } = await begin();
  await audit(9);
  await react(acl, minor('acl-1'));
  await audits.scan(13, { [ACCOUNT]: { things: [minor('acl-1')] } });
  expect(await audits.summarize(13)).toMatchObject({ opened: 1, resolved: 0 });
});

test('what a reaction found in an account that was never audited is in the first digest, with all that is open, and in no later one', async () => {
  const { audit, react, world } = await begin();
  await react({}, open('sg-1'), minor('acl-1'));
  expect((await world.find())?.unannounced).toBe(true);
  const now = [open('sg-1'), minor('acl-1')];
  expect(await audit(13, ...now)).toHaveLength(1);
  expect(await audit(15, ...now)).toEqual([]);
});

test('who was told by a reaction of what began is told of its end, even by the first audit', async () => {
  const { audit, react, world } = await begin();
  await react({}, open('sg-1'));
  await world.store.markAnnounced((await world.find())?.id ?? '', 1);
  await audit(13, shut('sg-1'));
  expect(await world.find()).toMatchObject({ state: 'resolved', unannounced: true });
});

test('what the first look at a scope found is not told alone because a reaction came by before its digest', () => {
  const history = [entry('opened', 1), { ...entry('changed', 2), runId: 'event-1' }];
  const found = finding('sg-1', { history, version: 2 });
  const isOfRun = ({ runId }: { readonly runId: string }) => runId === 'run-1';
  expect(changeIn(found, isOfRun, undefined)).toMatchObject({ kind: 'opened' });
  expect(changeIn(found, isOfRun, { ...found.scope, runId: 'run-9', seenAt: '2026-11-20T00:00:00.000Z', blindSince: {} })).toBeUndefined();
});

test('in a first look only what was told of is announced', () => {
  const seen = look(3, { announce: 'what was told of' });
  const told = finding('sg-1', { history: [{ ...entry('opened', 1), runId: 'event-1' }] });
  const untold = finding('sg-2');
  const { transitions } = reconcile([told, untold], [passes(group('sg-1')), passes(group('sg-2'))], seen);
  const announced = transitions.map(({ finding: { resource, unannounced } }) => [resource.id, unannounced]).sort();
  expect(announced).toEqual([
    ['sg-1', true],
    ['sg-2', false],
  ]);
});
