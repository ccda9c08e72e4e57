import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../checks/check.ts';
import type { Evaluation, Finding } from '../../findings/finding.ts';
import { reconcile, reconcileOne } from '../../findings/reconcile.ts';
import { at, CHECK, doesNotApply, fails, finding, group, isUnknown, look, passes } from './samples.ts';

const sg = group('sg-1');
const open = finding('sg-1');
const resolved = finding('sg-1', { state: 'resolved', resolvedAt: at(2), observedAt: at(2), version: 2 });

describe('a failure', () => {
  test('without a finding opens one', () => {
    const [transition] = reconcile([], [fails(sg)], look(3)).transitions;
    expect(transition).toMatchObject({
      kind: 'opened',
      before: undefined,
      finding: {
        id: open.id,
        state: 'open',
        firstSeenAt: at(3),
        openedAt: at(3),
        observedAt: at(3),
        version: 1,
        reopened: 0,
        unannounced: true,
      },
    });
    expect(transition?.finding.history).toEqual([
      { kind: 'opened', at: at(3), runId: 'run-3', severity: 'HIGH', reason: 'SSH (22) open to the internet' },
    ]);
  });

  test('of a resolved finding reopens it', () => {
    expect(reconcileOne(resolved, fails(sg), look(3))).toMatchObject({
      kind: 'reopened',
      finding: { state: 'open', firstSeenAt: at(1), openedAt: at(3), resolvedAt: undefined, reopened: 1, version: 3 },
    });
  });

  test('of an open finding changes nothing, whatever the order of its evidence', () => {
    const same = fails(sg, 'HIGH', open.reason, { sources: ['0.0.0.0/0'], port: 22 });
    expect(reconcile([open], [same], look(3))).toMatchObject({ transitions: [], unchanged: 1 });
  });

  test('that got worse escalates', () => {
    expect(reconcileOne(open, fails(sg, 'CRITICAL'), look(3))).toMatchObject({
      kind: 'escalated',
      finding: { severity: 'CRITICAL', version: 2 },
    });
  });

  test('that is worse only for want of a fact changes nothing', () => {
    const low = finding('sg-1', { severity: 'LOW', reason: 'SSH (22) open to the internet, not attached' });
    expect(reconcileOne(low, { ...fails(sg), severityUnsure: true }, look(3))).toBeUndefined();
  });

  test('with other evidence, worse only for want of a fact, keeps its severity', () => {
    const low = finding('sg-1', { severity: 'LOW', reason: 'SSH (22) open to the internet, not attached' });
    const another = fails(sg, 'HIGH', 'RDP (3389) open to the internet', { port: 3389 });
    expect(reconcileOne(low, { ...another, severityUnsure: true }, look(3))).toMatchObject({
      kind: 'changed',
      finding: { severity: 'LOW', reason: 'RDP (3389) open to the internet' },
    });
  });

  test.each([
    ['a lower severity', fails(sg, 'LOW')],
    ['another reason', fails(sg, 'HIGH', 'RDP (3389) open to the internet')],
    ['other evidence', fails(sg, 'HIGH', open.reason, { port: 3389 })],
  ])('with %s is changed, and not announced', (_what, evaluation) => {
    expect(reconcileOne(open, evaluation, look(3))).toMatchObject({ kind: 'changed', finding: { openedAt: at(1), unannounced: false } });
  });

  test('of a resource with other tags changes nothing', () => {
    expect(reconcileOne(open, fails(group('sg-1', { team: 'web' })), look(3))).toBeUndefined();
  });

  test('waits to be announced only if it is urgent and is to be announced', () => {
    expect(reconcileOne(undefined, fails(sg, 'MEDIUM'), look(3))?.finding.unannounced).toBe(false);
    expect(reconcileOne(undefined, fails(sg), look(3, { announce: false }))?.finding.unannounced).toBe(false);
  });

  test('that waits to be announced goes on waiting when it changes', () => {
    expect(reconcileOne({ ...open, unannounced: true }, fails(sg, 'LOW'), look(3))?.finding.unannounced).toBe(true);
  });
});

describe('an open finding is resolved', () => {
  test('when its check passes', () => {
    const transition = reconcileOne(open, passes(sg), look(3));
    expect(transition).toMatchObject({
      kind: 'resolved',
      finding: { state: 'resolved', resolvedAt: at(3), reason: open.reason, severity: 'HIGH' },
    });
    expect(transition?.finding.history.at(-1)).toMatchObject({ kind: 'resolved', reason: 'passes now' });
  });

  test('when its check no longer applies', () => {
    expect(reconcileOne(open, doesNotApply(sg), look(3))?.finding.history.at(-1)?.reason).toBe(
      'no longer applies: the instance is terminated',
    );
  });

  test('when its resource is missing from a complete listing', () => {
    const [transition] = reconcile([open], [], look(3)).transitions;
    expect(transition?.finding).toMatchObject({ state: 'resolved', resolvedAt: at(3) });
    expect(transition?.finding.history.at(-1)?.reason).toBe('the resource is gone');
  });
});

describe('an open finding stays open', () => {
  const other = group('sg-2');
  test.each<[string, readonly Evaluation[], ReturnType<typeof look>]>([
    ['when it could not be judged', [isUnknown(sg)], look(3)],
    ['when the listing broke off', [passes(other)], look(3, { listed: new Map() })],
    ['when its check did not run', [], look(3, { checkTypes: new Map() })],
    ['when its check no longer judges the type', [], look(3, { checkTypes: new Map([[CHECK, []]]) })],
    ['when its resource was listed, but not judged this time', [], look(3, { listed: new Map([[sg.type, new Set([sg.arn])]]) })],
    ['when the look was at another scope', [], look(3, { scope: { accountId: open.scope.accountId, region: 'us-east-1' } })],
    ['when it passed before the finding was observed', [passes(sg)], look(0)],
    ['when it was gone before the finding was observed', [], look(0)],
    ['when a later look at the scope has been kept already', [passes(sg)], look(3, { seenAt: at(4) })],
    ['when it passes and is unknown at once', [passes(sg), isUnknown(sg)], look(3)],
  ])('%s', (_when, evaluations, at) => {
    expect(reconcile([open], evaluations, at)).toMatchObject({ transitions: [], unchanged: 1 });
  });
});

test('a history keeps its newest fifty entries', () => {
  let current: Finding | undefined;
  for (let hour = 0; hour < 70; hour += 1) current = reconcileOne(current, hour % 2 ? passes(sg) : fails(sg), look(hour))?.finding;
  expect(current?.history).toHaveLength(50);
  expect(current?.history.at(-1)?.runId).toBe('run-69');
  expect(current?.reopened).toBe(34);
});

test('what the store holds by then is reconciled again', () => {
  const { transitions, again } = reconcile([open], [passes(sg)], look(3));
  const [transition] = transitions;
  if (!transition) throw new Error('nothing was resolved');
  const current = { ...open, observedAt: at(2), version: 2 };
  expect(again(transition, current)).toMatchObject({ kind: 'resolved', finding: { version: 3 } });
  expect(again(transition, { ...current, observedAt: at(4) })).toBeUndefined();
  expect(again(transition, undefined)).toBeUndefined();
});

test('what is gone is reconciled again too', () => {
  const { transitions, again } = reconcile([open], [], look(3));
  const [transition] = transitions;
  if (!transition) throw new Error('nothing was resolved');
  expect(again(transition, { ...open, version: 5 })).toMatchObject({ kind: 'resolved', finding: { version: 6 } });
  expect(again(transition, { ...open, observedAt: at(4) })).toBeUndefined();
});

const groupIds = fc.constantFrom('sg-1', 'sg-2', 'sg-3');
const evaluations = fc.array(
  fc.oneof(
    fc
      .tuple(groupIds, fc.constantFrom(...SEVERITIES), fc.constantFrom('SSH is open', 'RDP is open'))
      .map(([id, severity, reason]) => fails(group(id), severity, reason)),
    groupIds.map((id) => passes(group(id))),
    groupIds.map((id) => isUnknown(group(id))),
    groupIds.map((id) => doesNotApply(group(id))),
  ),
  { maxLength: 8 },
);
const looks = fc.record({ hour: fc.nat(23), complete: fc.boolean(), evaluations });

/** Keeps findings as a store does, one observation after the other, in the order in which they come in. */
function keep(observations: readonly { hour: number; complete: boolean; evaluations: readonly Evaluation[] }[]) {
  const findings = new Map<string, Finding>();
  let seenAt: string | undefined;
  const kinds: string[] = [];
  for (const { hour, complete, evaluations } of observations) {
    const given = look(hour, { seenAt, listed: new Map(complete ? [['AWS::EC2::SecurityGroup', new Set()]] : []) });
    for (const { kind, finding } of reconcile(findings.values(), evaluations, given).transitions) {
      findings.set(finding.id, finding);
      kinds.push(kind);
    }
    if (seenAt === undefined || at(hour) > seenAt) seenAt = at(hour);
  }
  return { findings, kinds };
}

describe('whatever is observed', () => {
  test('the order of the evaluations does not matter', () => {
    const shuffled = evaluations.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, fc.array(looks, { maxLength: 3 }), ([all, reordered], earlier) => {
        const before = [...keep(earlier).findings.values()];
        expect(reconcile(before.toReversed(), reordered, look(24)).transitions).toEqual(reconcile(before, all, look(24)).transitions);
      }),
    );
  });

  test('seeing it a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.array(looks, { minLength: 1, maxLength: 5 }), (observations) => {
        const last = observations.at(-1);
        const once = keep(observations).findings;
        expect(keep([...observations, ...(last ? [last] : [])]).findings).toEqual(once);
      }),
    );
  });

  test('nothing is resolved by what is unknown or incomplete', () => {
    fc.assert(
      fc.property(fc.array(looks, { maxLength: 3 }), fc.array(groupIds.map((id) => isUnknown(group(id)))), (earlier, unknown) => {
        const before = [...keep(earlier).findings.values()];
        expect(reconcile(before, unknown, look(24, { listed: new Map() })).transitions).toEqual([]);
      }),
    );
  });

  test('each finding is opened once, and reopened only after it was resolved', () => {
    fc.assert(
      fc.property(fc.array(looks, { maxLength: 8 }), (observations) => {
        const { findings, kinds } = keep(observations);
        const count = (kind: string) => kinds.filter((other) => other === kind).length;
        const isOpen = [...findings.values()].filter(({ state }) => state === 'open').length;
        expect(count('opened')).toBe(findings.size);
        expect(count('opened') + count('reopened') - count('resolved')).toBe(isOpen);
        for (const { version, history, reopened } of findings.values()) {
          expect(version).toBe(history.length);
          expect(reopened).toBe(history.filter(({ kind }) => kind === 'reopened').length);
        }
      }),
    );
  });

  test('a finding ends as the newest observation saw it, in whatever order they come in', () => {
    const verdict = fc.constantFrom(fails(sg), fails(sg, 'LOW'), passes(sg));
    const observed = fc.record({ hour: fc.nat(23), complete: fc.constant(true), evaluations: verdict.map((one) => [one]) });
    fc.assert(
      fc.property(fc.uniqueArray(observed, { selector: ({ hour }) => hour, minLength: 1, maxLength: 6 }), (all) => {
        const newest = all.reduce((a, b) => (a.hour > b.hour ? a : b));
        const isFailing = newest.evaluations[0]?.status === 'FAIL';
        const once = keep(all).findings.get(open.id);
        if (isFailing) expect(once?.state).toBe('open');
        // A failure that comes in late may open what has passed since: the next look then closes it.
        const nextTime = keep([...all, newest]).findings.get(open.id);
        expect(nextTime?.state === 'open').toBe(isFailing);
      }),
    );
  });

  test('an older observation never changes what a newer one found', () => {
    fc.assert(
      fc.property(fc.array(looks, { maxLength: 6 }), looks, (observations, late) => {
        const { findings } = keep(observations);
        const { transitions } = reconcile(findings.values(), late.evaluations, look(late.hour));
        for (const { before } of transitions) if (before) expect(at(late.hour) >= before.observedAt).toBe(true);
      }),
    );
  });
});
