import { describe, expect, test } from 'vitest';
import { fail, pass } from '../../checks/check.ts';
import { type AccountUnits, evaluate, inUnits, ready, type Tuning } from '../../findings/evaluate.ts';
import { reconcile } from '../../findings/reconcile.ts';
import { SWITCHED_OFF } from '../../findings/switched-off.ts';
import type { UnreadReason } from '../../inventory/facet.ts';
import type { Resource } from '../../inventory/reader.ts';
import { adminPorts, finding, group, look } from './samples.ts';

const NOW = new Date('2026-11-01T00:00:00Z');
const DAYS = {
  ...adminPorts,
  needs: [],
  params: { days: 90 },
  evaluate: (_: object, { days }: { days: number }) => (days > 45 ? pass : fail('old')),
};
const refused: UnreadReason = {
  cause: 'denied',
  operation: 'organizations:ListRoots',
  permissions: ['organizations:ListRoots'],
  message: 'denied',
};

function resource(id: string): Resource {
  return { identity: group(id), facet: () => expect.fail('nothing is to be read') };
}

function verdict(tuning: Tuning, { id = 'sg-1', enabled = true, units }: { id?: string; enabled?: boolean; units?: AccountUnits } = {}) {
  const [check] = inUnits([ready(DAYS, NOW, { enabled }, tuning)], units);
  return check && evaluate(check, resource(id));
}

describe('a check that is set otherwise for some resources', () => {
  test('judges those by other params and with another severity, and all others as ever', () => {
    const tuning: Tuning = ({ id }) => (id === 'sg-1' ? { severity: 'LOW', params: { days: 30 }, unsure: false } : undefined);
    expect(verdict(tuning)).toMatchObject({ status: 'FAIL', severity: 'LOW' });
    expect(verdict(tuning, { id: 'sg-2' })).toMatchObject({ status: 'PASS' });
  });

  test('does not apply where it is switched off, and reads nothing there', () => {
    expect(verdict(() => ({ enabled: false, unsure: false }))).toMatchObject({ status: 'NOT_APPLICABLE', reason: SWITCHED_OFF });
  });

  test('runs where it is switched on, though it is off everywhere else', () => {
    const tuning: Tuning = ({ id }) => (id === 'sg-1' ? { enabled: true, params: { days: 30 }, unsure: false } : undefined);
    expect(verdict(tuning, { enabled: false })).toMatchObject({ status: 'FAIL' });
    expect(verdict(tuning, { enabled: false, id: 'sg-2' })).toMatchObject({ status: 'NOT_APPLICABLE', reason: SWITCHED_OFF });
  });

  test('is off where an entry says something else of it, but not that it is on', () => {
    expect(verdict(() => ({ severity: 'LOW', unsure: false }), { enabled: false })).toMatchObject({ status: 'NOT_APPLICABLE' });
  });

  test('is told the units of the account', () => {
    const tuning: Tuning = (_, units) => (units?.includes('ou-1') ? { params: { days: 30 }, unsure: false } : undefined);
    expect(verdict(tuning, { units: ['r-1', 'ou-1'] })).toMatchObject({ status: 'FAIL' });
    expect(verdict(tuning, { units: ['r-1'] })).toMatchObject({ status: 'PASS' });
  });

  test('passes nothing by settings that may not hold, and says what was refused', () => {
    expect(verdict(() => ({ unsure: true }), { units: refused })).toMatchObject({ status: 'UNKNOWN', reason: 'denied', unread: refused });
    expect(verdict(() => ({ unsure: true }))).toMatchObject({ status: 'UNKNOWN', crashed: false });
    expect(verdict(() => ({ enabled: false, unsure: true }), { units: refused })).toMatchObject({ status: 'UNKNOWN' });
    expect(verdict(() => ({ params: { days: 30 }, unsure: true }), { units: refused })).toMatchObject({ status: 'FAIL' });
  });
});

describe('what a check found before it was switched off', () => {
  const open = finding('sg-1');
  const off = new Set([open.checkId]);

  test('everywhere is resolved, without anybody behind it', () => {
    const causeOf = () => expect.fail('nobody on AWS has switched it off');
    const [transition] = reconcile([open], [], { ...look(3), listed: new Map(), switchedOff: off, causeOf }).transitions;
    expect(transition).toMatchObject({ kind: 'resolved', finding: { state: 'resolved', history: [{}, { reason: SWITCHED_OFF }] } });
  });

  test('for one resource is resolved with the same reason', () => {
    const verdict = { checkId: open.checkId, resource: open.resource, status: 'NOT_APPLICABLE', reason: SWITCHED_OFF } as const;
    expect(reconcile([open], [verdict], look(3)).transitions[0]?.finding.history.at(-1)?.reason).toBe(SWITCHED_OFF);
  });

  test('stays open when the check was merely not chosen, in another scope, and by a look that is older', () => {
    const unlisted = { ...look(3), listed: new Map(), checkTypes: new Map() };
    expect(reconcile([open], [], unlisted).transitions).toEqual([]);
    const elsewhere = { ...unlisted, switchedOff: off, scope: { ...unlisted.scope, region: 'us-east-1' } };
    expect(reconcile([open], [], elsewhere).transitions).toEqual([]);
    expect(reconcile([finding('sg-1', { observedAt: look(5).observedAt })], [], { ...unlisted, switchedOff: off }).transitions).toEqual([]);
  });
});
