import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checks as postureChecks } from '../../checks/registry.ts';
import { type Config, toConfig } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import type { Place } from '../../config/place.ts';
import { settingsFor } from '../../config/settings-for.ts';
import { standingIn } from '../../config/tailoring.ts';
import type { WrittenConfig, WrittenTailoring } from '../../config/written-config.ts';
import { activityChecks, checks } from '../cli/fake-world.ts';

const WRITE = 's3-bucket-public-write-absent';
const ONE = '111122223333';
const TWO = '444455556666';
const ROOT = 'r-ab12';
const OUTER = 'ou-ab12-aaaaaaaa';
const INNER = 'ou-ab12-bbbbbbbb';
const all = [...checks, ...activityChecks];
const write = checks.find(({ id }) => id === WRITE) ?? expect.fail('there is no such check');
const tls = checks.find(({ id }) => id === 's3-bucket-tls-only') ?? expect.fail('there is no such check');

function placeIn(accountId: string, region = 'eu-west-1', tags: Place['tags'] = {}): Place {
  return { accountId, region, tags };
}

function tuned(config: Config, place: Place, units?: readonly string[]) {
  return config.tailoring.tuningOf(write)?.(place, units);
}

describe('tailoring', () => {
  const config = toConfig(
    parseConfig(
      `organization: { id: o-a1b2c3d4e5, units: [r-ab12] }
checks:
  ${WRITE}: { severity: LOW, params: { days: 10 } }
tailoring:
  - where: { units: [${OUTER}] }
    owner: outer
    checks: { ${WRITE}: { params: { days: 20, strict: false } } }
  - where: { units: [${INNER}] }
    trustedAccounts: ['${TWO}']
    checks: { ${WRITE}: { params: { days: 30 } } }
  - where: { accounts: ['${TWO}'] }
    checks: { ${WRITE}: { enabled: false } }
  - where: { tags: { stage: prod } }
    owner: shop
    checks: { ${WRITE}: { enabled: true, severity: CRITICAL } }
`,
      'posture.yaml',
      all,
    ),
  );

  test('the more specific wins, setting by setting', () => {
    expect(tuned(config, placeIn(ONE), [ROOT, OUTER])).toEqual({ severity: 'LOW', params: { days: 20, strict: false }, unsure: false });
    expect(tuned(config, placeIn(ONE), [ROOT, OUTER, INNER])).toEqual({
      severity: 'LOW',
      params: { days: 30, strict: false, trustedAccounts: [TWO] },
      unsure: false,
    });
    const prod = placeIn(TWO, 'eu-west-1', { stage: 'prod' });
    expect(tuned(config, prod, [ROOT])).toEqual({ enabled: true, severity: 'CRITICAL', params: { days: 10 }, unsure: false });
  });

  test('where no entry holds, and of checks that no entry speaks of, nothing is said', () => {
    expect(tuned(config, placeIn(ONE), [ROOT])).toBeUndefined();
    expect(config.tailoring.tuningOf(tls)).toBeUndefined();
  });

  test('the same is said with the same object, so that what follows from it is made once', () => {
    const units = [ROOT, OUTER];
    const tuning = config.tailoring.tuningOf(write);
    expect(tuning?.(placeIn(ONE), units)).toBe(tuning?.(placeIn(ONE), [...units]));
  });

  test('units that are not known leave it unsure, but only where all else holds that the entry names', () => {
    expect(tuned(config, placeIn(ONE))).toMatchObject({ unsure: true });
    const off = { [WRITE]: { enabled: false } };
    const elsewhere = toConfig({ tailoring: [{ where: { units: [OUTER], regions: ['us-east-1'] }, checks: off }] });
    expect(tuned(elsewhere, placeIn(ONE, 'eu-west-1'))).toBeUndefined();
    expect(tuned(elsewhere, placeIn(ONE, 'us-east-1'))).toMatchObject({ unsure: true });
    expect(tuned(elsewhere, placeIn(ONE, 'us-east-1'), [ROOT])).toBeUndefined();
  });

  test('the owner is that of the most specific entry that has one', () => {
    const { ownerOf } = config.tailoring;
    expect(ownerOf(placeIn(ONE), [ROOT, OUTER, INNER])).toBe('outer');
    expect(ownerOf(placeIn(ONE, 'eu-west-1', { stage: 'prod' }), [ROOT, OUTER])).toBe('shop');
    expect(ownerOf(placeIn(ONE), [ROOT])).toBeUndefined();
  });

  test('the application is the value of the tag that applicationTag names', () => {
    const tailoring = [{ where: { application: 'shop' }, owner: 'shop' }];
    const tagged = (key: string) => placeIn(ONE, 'eu-west-1', { [key]: 'shop' });
    expect(toConfig({ tailoring }).tailoring.ownerOf(tagged('application'), undefined)).toBe('shop');
    const other = toConfig({ tailoring, applicationTag: 'app' }).tailoring;
    expect([other.ownerOf(tagged('application'), undefined), other.ownerOf(tagged('app'), undefined)]).toEqual([undefined, 'shop']);
  });

  test('a check that is off at the top level runs where an entry switches it on', () => {
    const off = { [WRITE]: { enabled: false } };
    const on = toConfig({ checks: off, tailoring: [{ where: { accounts: [ONE] }, checks: { [WRITE]: { enabled: true } } }] });
    expect([on.isEnabled(WRITE), on.isOffAtTop(WRITE), on.switchedOff]).toEqual([true, true, []]);
    expect([on.switchedOffIn(ONE), on.switchedOffIn(TWO)]).toEqual([[], [WRITE]]);
    const nowhere = toConfig({ checks: off, tailoring: [{ where: { accounts: [ONE] }, checks: { [WRITE]: { severity: 'LOW' } } }] });
    expect([nowhere.isEnabled(WRITE), nowhere.switchedOff]).toEqual([false, [WRITE]]);
  });

  test('a check that is off in one region of an account is off in the account for whoever relies on it', () => {
    const tailoring = [{ where: { regions: ['us-east-1'] }, checks: { [WRITE]: { enabled: false } } }];
    expect(toConfig({ tailoring }).switchedOffIn(ONE)).toEqual([WRITE]);
    expect(toConfig({ tailoring }).switchedOff).toEqual([]);
  });
});

const some = <Element>(...elements: readonly Element[]) => fc.uniqueArray(fc.constantFrom(...elements), { minLength: 1 });
const tags = fc.dictionary(fc.constantFrom('application', 'stage', 'constructor'), fc.constantFrom('a', 'b'), { maxKeys: 3 });
const where = fc
  .record(
    {
      units: some(ROOT, OUTER, INNER, 'ou-ab12-cccccccc'),
      accounts: some(ONE, TWO),
      regions: some('eu-west-1', 'us-east-1', 'global'),
      application: fc.constantFrom('a', 'b'),
      tags: tags.filter((written) => Object.keys(written).length > 0),
    },
    { requiredKeys: [] },
  )
  .filter((written) => Object.keys(written).length > 0);
const settings = fc.record(
  {
    enabled: fc.boolean(),
    severity: fc.constantFrom('CRITICAL' as const, 'LOW' as const),
    params: fc.record({ days: fc.nat(3), trustedAccounts: some(ONE, TWO) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const said = {
  checks: fc.dictionary(fc.constant(WRITE), settings),
  trustedAccounts: some('777788889999'),
  owner: fc.constantFrom('x', 'y'),
};
const written: fc.Arbitrary<WrittenConfig> = fc.record(
  {
    checks: fc.dictionary(fc.constant(WRITE), settings),
    trustedAccounts: some('999999999999'),
    tailoring: fc.array(
      fc
        .record({ where: fc.constant({}), ...said }, { requiredKeys: ['where'] })
        .chain((entry) => where.map((at) => ({ ...entry, where: at }))),
    ),
  },
  { requiredKeys: [] },
);
const path = fc.constantFrom([ROOT], [ROOT, OUTER], [ROOT, OUTER, INNER], []);
const place = fc.record({ accountId: fc.constantFrom(ONE, TWO), region: fc.constantFrom('eu-west-1', 'global', ''), tags });

/** What one entry says of one setting: its own params go before the shared list. */
function saidBy(entry: Pick<WrittenTailoring, 'checks' | 'trustedAccounts'>, key: string): unknown {
  const own = entry.checks?.[WRITE];
  if (key === 'enabled') return own?.enabled;
  if (key === 'severity') return own?.severity;
  if (key === 'params.days') return own?.params?.days;
  return own?.params?.trustedAccounts ?? entry.trustedAccounts;
}

/** Each condition in turn leaves only the most specific of those that are left; the last of them decides. */
function decided(config: WrittenConfig, at: Place, units: readonly string[], key: string): unknown {
  const depthOf = (entry: WrittenTailoring) =>
    Math.max(...units.map((unit, index) => (entry.where.units?.includes(unit) ? index : -1)), -1);
  const holds = (entry: WrittenTailoring): boolean => {
    const { units: named, accounts, regions, application, tags: wanted = {} } = entry.where;
    const has = new Map(Object.entries(at.tags));
    return (
      (!named || depthOf(entry) >= 0) &&
      (!accounts || accounts.some((account) => account === at.accountId)) &&
      (!regions || regions.some((region) => region === at.region)) &&
      (application === undefined || has.get('application') === application) &&
      Object.entries(wanted).every(([name, value]) => has.get(name) === value)
    );
  };
  let left = (config.tailoring ?? []).filter((entry) => holds(entry) && saidBy(entry, key) !== undefined);
  const measures: readonly ((entry: WrittenTailoring) => number)[] = [
    (entry) => Object.keys(entry.where.tags ?? {}).length,
    (entry) => (entry.where.application === undefined ? 0 : 1),
    (entry) => (entry.where.regions ? 1 : 0),
    (entry) => (entry.where.accounts ? 1 : 0),
    (entry) => (entry.where.units ? depthOf(entry) + 1 : 0),
  ];
  for (const measure of measures) {
    const most = Math.max(...left.map(measure));
    left = left.filter((entry) => measure(entry) === most);
  }
  const last = left.at(-1);
  return last ? saidBy(last, key) : saidBy(config, key);
}

test('whatever is written, each setting is that of the most specific entry, as a comparison of all with all finds it', () => {
  fc.assert(
    fc.property(written, place, path, (config, at, units) => {
      const found = settingsFor(write, standingIn(config, at, units), config);
      const { tailoring, settingsOf } = toConfig(config);
      const effective = tailoring.tuningOf(write)?.(at, units) ?? settingsOf(write);
      for (const key of ['enabled', 'severity', 'params.days', 'params.trustedAccounts']) {
        const expected = decided(config, at, units, key);
        expect(found.get(key)?.[0].value).toEqual(expected);
        if (key === 'severity') expect(effective.severity).toEqual(expected);
        if (key === 'params.days') expect(effective.params?.days).toEqual(expected);
      }
    }),
    { numRuns: 3_000 },
  );
});

describe('a mistake in tailoring is told with its place', () => {
  test.each([
    [
      'nowhere',
      '- where: {}\n    owner: x',
      '2:12: tailoring[0].where: expected at least one of units, accounts, regions, application, tags',
    ],
    ['no place', '- owner: x', '2:5: tailoring[0].where: is missing; expected keys and values'],
    [
      'nothing said',
      "- where: { accounts: ['111122223333'] }",
      '2:5: tailoring[0]: expected at least one of checks, trustedAccounts, approvedImageOwners, owner',
    ],
    [
      'a word that is not known',
      "- where: { acounts: ['111122223333'] }\n    owner: x",
      '2:14: unknown key "acounts" in tailoring[0].where; did you mean "accounts"?',
    ],
    [
      'an account without quotes',
      '- where: { accounts: [111122223333] }\n    owner: x',
      "2:25: tailoring[0].where.accounts[0]: expected an account id of 12 digits in quotes, such as '111122223333', found 111122223333",
    ],
    [
      'a region',
      '- where: { regions: [Ireland] }\n    owner: x',
      '2:24: tailoring[0].where.regions[0]: expected a region such as eu-west-1, or global, found "Ireland"',
    ],
    [
      'units without an organization',
      '- where: { units: [ou-ab12-cd34ef56] }\n    owner: x',
      '2:21: tailoring[0].where.units: expected accounts instead: units are known only together with "organization"',
    ],
    [
      'an unknown check',
      '- where: { regions: [global] }\n    checks: { s3-bucket-tls-onyl: {} }',
      '3:15: unknown check "s3-bucket-tls-onyl" in tailoring[0].checks; did you mean "s3-bucket-tls-only"?',
    ],
    [
      'an unknown param',
      `- where: { regions: [global] }\n    checks: { ${WRITE}: { params: { day: 1 } } }`,
      `3:58: unknown param "day" in tailoring[0].checks.${WRITE}.params; did you mean "days"?`,
    ],
    [
      'what somebody does in something tagged',
      '- where: { tags: { stage: prod } }\n    checks: { activity-instances-started: { enabled: false } }',
      '3:43: tailoring[0].checks.activity-instances-started: expected only where accounts and regions are named, for what somebody does is in no tagged resource',
    ],
  ])('%s', (_name, text, message) => {
    expect(() => parseConfig(`tailoring:\n  ${text}\n`, 'posture.yaml', all)).toThrow(`posture.yaml:${message}`);
  });

  test('every param of every check can be set in an entry', () => {
    const own = Object.fromEntries(postureChecks.map(({ id, params }) => [id, { params: params ?? {} }]));
    const text = JSON.stringify({ tailoring: [{ where: { regions: ['global'] }, checks: own }] });
    expect(() => parseConfig(text, 'posture.yaml', postureChecks)).not.toThrow();
  });
});
