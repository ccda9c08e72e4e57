import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exception } from '../../findings/exception.ts';
import { toExceptions } from '../../findings/exceptions.ts';
import type { Evaluation, Finding, TransitionKind } from '../../findings/finding.ts';
import { lastSeenAt } from '../../findings/last-seen.ts';
import { reconcile, reconcileOne } from '../../findings/reconcile.ts';
import { isUrgent } from '../../findings/severity.ts';
import { isNewestUrgent } from '../../findings/urgent.ts';
import { at, CHECK, entry, fails, finding, group, isUnknown, look, passes } from './samples.ts';

const sg = group('sg-1');
const open = finding('sg-1');
const TERMS = { owner: 'web@example.com', reason: 'it moves in June', expires: '2026-11-21', ticket: 'OPS-1' };
const EXCEPTION: Exception = { check: CHECK, resource: sg.arn, ...TERMS };
const inForce = toExceptions([EXCEPTION]);
const none = toExceptions([]);
const excepted = finding('sg-1', {
  ...{ state: 'excepted', exception: TERMS, observedAt: at(2), judgedAt: at(1), version: 2 },
  history: [entry('opened', 1), { ...entry('excepted', 2), exception: TERMS }],
});

describe('an exception that is in force', () => {
  test('excepts what fails for the first time, and nobody is alarmed', () => {
    const transition = reconcileOne(undefined, fails(sg), look(3, { exceptions: inForce }));
    expect(transition).toMatchObject({ kind: 'excepted', finding: { state: 'excepted', exception: TERMS, unannounced: false } });
    expect(transition?.finding.history).toMatchObject([{ kind: 'excepted', exception: TERMS }]);
  });

  test('excepts what fails again', () => {
    const resolved = finding('sg-1', { state: 'resolved', resolvedAt: at(2), observedAt: at(2), version: 2 });
    expect(reconcileOne(resolved, fails(sg), look(3, { exceptions: inForce }))).toMatchObject({
      kind: 'excepted',
      finding: { state: 'excepted', openedAt: at(3), resolvedAt: undefined, reopened: 1 },
    });
  });

  test.each<[string, readonly Evaluation[]]>([
    ['it fails', [fails(sg)]],
    ['it could not be judged', [isUnknown(sg)]],
    ['it was not seen', []],
  ])('excepts what is open, even when %s', (_when, evaluations) => {
    const [transition] = reconcile([open], evaluations, look(3, { exceptions: inForce, listed: new Map() })).transitions;
    expect(transition).toMatchObject({ kind: 'excepted', finding: { state: 'excepted', exception: TERMS, openedAt: at(1) } });
    expect(transition?.finding.history.at(-1)).not.toHaveProperty('cause');
  });

  test('leaves a finding that is excepted already as it is', () => {
    expect(reconcile([excepted], [fails(sg)], look(3, { exceptions: inForce })).transitions).toEqual([]);
  });

  test('renewed by other terms changes a finding, and is told to nobody', () => {
    const renewed = toExceptions([{ ...EXCEPTION, expires: '2027-01-31' }]);
    expect(reconcileOne(excepted, isUnknown(sg), look(3, { exceptions: renewed }))).toMatchObject({
      kind: 'changed',
      finding: { state: 'excepted', exception: { expires: '2027-01-31' }, unannounced: false },
    });
  });

  test('does not keep a finding that passes from being resolved', () => {
    const transition = reconcileOne(excepted, passes(sg), look(3, { exceptions: inForce }));
    expect(transition).toMatchObject({ kind: 'resolved', finding: { state: 'resolved' } });
    expect(transition?.finding).not.toHaveProperty('exception');
    expect(transition?.finding).not.toHaveProperty('judgedAt');
  });

  test('keeps what gets worse quiet until it ends', () => {
    const worse = reconcileOne(excepted, fails(sg, 'CRITICAL'), look(3, { exceptions: inForce }));
    expect(worse).toMatchObject({ kind: 'changed', finding: { state: 'excepted', severity: 'CRITICAL', unannounced: false } });
    expect(reconcileOne(worse?.finding, isUnknown(sg), look(4, { exceptions: none }))).toMatchObject({
      kind: 'lapsed',
      finding: { severity: 'CRITICAL', unannounced: true },
    });
  });
});

describe('an exception that has ended', () => {
  const tomorrow = look(25, { exceptions: inForce, listed: new Map() });

  test.each<[string, readonly Evaluation[], ReturnType<typeof look>]>([
    ['when it fails', [fails(sg)], tomorrow],
    ['when it could not be judged', [isUnknown(sg)], tomorrow],
    ['when it was not seen', [], tomorrow],
    ['when the exception was taken back', [], look(3, { exceptions: none, listed: new Map() })],
  ])('lapses %s, and is told', (_when, evaluations, given) => {
    const [transition] = reconcile([excepted], evaluations, given).transitions;
    expect(transition).toMatchObject({ kind: 'lapsed', finding: { state: 'open', unannounced: true } });
    expect(transition?.finding).not.toHaveProperty('exception');
    expect(transition?.finding.history.at(-1)).toMatchObject({ kind: 'lapsed', exception: TERMS });
  });

  test('does nothing for what fails for the first time', () => {
    expect(reconcileOne(undefined, fails(sg), tomorrow)).toMatchObject({ kind: 'opened', finding: { state: 'open', unannounced: true } });
  });

  test('ends with a finding that passes', () => {
    expect(reconcileOne(excepted, passes(sg), tomorrow)?.kind).toBe('resolved');
  });
});

describe('nothing changes', () => {
  test.each<[string, Finding, ReturnType<typeof look>]>([
    ['where nobody knows the exceptions', excepted, look(25, { listed: new Map() })],
    ['by a look that began before the newest one of the scope', excepted, look(3, { exceptions: none, seenAt: at(4), listed: new Map() })],
    ['by a look that began before the finding changed', excepted, look(1, { exceptions: none, listed: new Map() })],
    ['in what is resolved', { ...excepted, state: 'resolved', exception: undefined }, look(3, { exceptions: inForce, listed: new Map() })],
  ])('%s', (_where, before, given) => {
    expect(reconcile([before], [], given).transitions).toEqual([]);
  });
});

test('an exception says nothing of when the resource was seen', () => {
  const began = reconcileOne(open, isUnknown(sg), look(5, { exceptions: inForce }))?.finding ?? expect.unreachable();
  expect(lastSeenAt(began, undefined)).toBe(at(1));
  const report = { ...passes(sg), asOf: at(3) };
  expect(reconcileOne(began, report, look(6, { exceptions: inForce }))?.kind, 'what AWS wrote down since it was judged counts').toBe(
    'resolved',
  );
});

const LEADS: Readonly<Record<TransitionKind, readonly string[]>> = {
  opened: ['undefined → open'],
  reopened: ['resolved → open'],
  lapsed: ['excepted → open'],
  escalated: ['open → open'],
  excepted: ['undefined → excepted', 'resolved → excepted', 'open → excepted'],
  resolved: ['open → resolved', 'excepted → resolved'],
  changed: ['open → open', 'excepted → excepted'],
};
const ALARMS: readonly TransitionKind[] = ['opened', 'reopened', 'lapsed', 'escalated'];

describe('in whatever order looks come in, and however often', () => {
  const days = (hour: number) => (hour < 24 ? '2026-11-21' : '2026-11-22');
  /** The configuration changes with time: what a look knows of exceptions is what was decided by then. */
  const timeline = fc.array(fc.constantFrom<Exception | undefined>(EXCEPTION, { ...EXCEPTION, owner: 'other@example.com' }, undefined), {
    minLength: 8,
    maxLength: 8,
  });
  const verdicts = fc.constantFrom<readonly Evaluation[]>(
    [fails(sg)],
    [fails(sg, 'LOW')],
    [fails(sg, 'CRITICAL')],
    [passes(sg)],
    [isUnknown(sg)],
    [],
  );
  const hours = fc.uniqueArray(fc.nat(47), { minLength: 2, maxLength: 8 });
  const worlds = fc
    .tuple(
      timeline,
      hours,
      fc.array(verdicts, { minLength: 8, maxLength: 8 }),
      fc.constantFrom([fails(sg)], [fails(sg, 'LOW')], [passes(sg)]),
    )
    .map(([decided, all, seen, last]) => {
      const looks = all
        .toSorted((a, b) => a - b)
        .map((hour, index) => ({
          hour,
          decided: decided[Math.floor(hour / 6)],
          evaluations: index === all.length - 1 ? last : (seen[index] ?? []),
        }));
      return { looks, newest: looks.at(-1) ?? expect.unreachable() };
    });
  type Seen = { readonly hour: number; readonly decided: Exception | undefined; readonly evaluations: readonly Evaluation[] };
  const delivered = worlds.chain(({ looks, newest }) =>
    fc
      .array(fc.constantFrom(...looks), { maxLength: 8 })
      .chain((again) => fc.shuffledSubarray([...looks, ...again], { minLength: looks.length + again.length }))
      .map((order) => ({ order, newest })),
  );

  function keep(order: readonly Seen[]) {
    let kept: Finding | undefined;
    let seenAt: string | undefined;
    const steps: Finding[] = [];
    for (const { hour, decided, evaluations } of order) {
      const exceptions = toExceptions(decided ? [decided] : []);
      const { transitions } = reconcile(kept ? [kept] : [], evaluations, look(hour, { seenAt, exceptions, listed: new Map() }));
      for (const { finding: next } of transitions) {
        kept = next;
        steps.push(next);
      }
      if (seenAt === undefined || at(hour) > seenAt) seenAt = at(hour);
    }
    return { kept, steps };
  }

  test('a finding ends as the newest look and its exceptions say', () => {
    fc.assert(
      fc.property(delivered, ({ order, newest: { hour, decided, evaluations }, newest }) => {
        // A failure that comes in late may open what has passed since, or what was excepted since: the next look then says what is so.
        const { kept } = keep([...order, newest]);
        const [verdict] = evaluations;
        if (verdict?.status !== 'FAIL') {
          expect(kept?.state ?? 'resolved').toBe('resolved');
          return;
        }
        const holds = decided !== undefined && days(hour) <= decided.expires;
        expect(kept?.state).toBe(holds ? 'excepted' : 'open');
        expect(kept?.exception?.owner).toBe(holds ? decided.owner : undefined);
        expect(kept?.severity).toBe(verdict.severity);
      }),
      { numRuns: 1_000 },
    );
  });

  test('each step is kept once, leads on from the one before, and waits to be told if it is urgent', () => {
    fc.assert(
      fc.property(delivered, ({ order }) => {
        const { steps } = keep(order);
        const states = [undefined, ...steps.map(({ state }) => state)];
        for (const [index, { history, version, state, exception, unannounced, severity }] of steps.entries()) {
          const kind = history.at(-1)?.kind ?? expect.unreachable();
          expect(version).toBe(index + 1);
          expect(exception !== undefined).toBe(state === 'excepted');
          expect(LEADS[kind]).toContain(`${states[index]} → ${state}`);
          expect(isNewestUrgent(history) || !ALARMS.includes(kind), 'is told if it is urgent').toBe(
            isUrgent(severity) || !ALARMS.includes(kind),
          );
          expect(unannounced).toBe(steps.slice(0, index + 1).some((step) => isNewestUrgent(step.history)));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a look that comes again changes nothing', () => {
    fc.assert(
      fc.property(delivered, ({ order }) => {
        expect(keep([...order, ...order.slice(-1)]).kept).toEqual(keep(order).kept);
      }),
    );
  });

  test('what is not known resolves nothing and opens nothing', () => {
    fc.assert(
      fc.property(delivered, ({ order }) => {
        const { kept } = keep(order);
        const { transitions } = reconcile(kept ? [kept] : [], [isUnknown(sg)], look(48, { exceptions: inForce, listed: new Map() }));
        for (const { kind, finding: next } of transitions) {
          expect(kind).toBe('lapsed');
          expect([next.severity, next.reason, next.evidence]).toEqual([kept?.severity, kept?.reason, kept?.evidence]);
        }
      }),
    );
  });
});
