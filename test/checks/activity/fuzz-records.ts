import fc from 'fast-check';
import { activityChecks } from '../../../checks/activity-registry.ts';
import { corpusRecords, type Raw } from '../../inventory/events/corpus.ts';
import { catalogue } from './catalogue.ts';
import { exampleRecord } from './example-event.ts';
import { type Mutation, mutationsOf, type Path, pathsOf, valueAt, withValueAt } from './fuzz-mutations.ts';
import { type Said, saidOf, silencesAfter } from './fuzz-silence.ts';

/** A record of which something is said, and what is done to it. */
export interface FuzzCase {
  readonly base: Raw;
  readonly path: Path;
  readonly mutation: Mutation;
  /** Further mutations, at random paths of what is left: after them nothing is asked but that nothing throws. */
  readonly further: readonly (readonly [number, number])[];
}

/** What is wrong with what is said after the mutation, each in few words; none is as it should be. */
export function complaintsOf({ base, path, mutation, further }: FuzzCase): readonly string[] {
  const mutated = withValueAt(base, path, mutation.value);
  try {
    const after = saidOf(mutated);
    const wreck = further.length === 0 ? after : saidOf(further.reduce((record, numbers) => mutatedBy(record, numbers), mutated));
    return [...after.crashed, ...wreck.crashed, ...silencesAfter(saidBefore(base), after, path, mutation)];
  } catch (error) {
    return [`threw ${error}`];
  }
}

const known = new WeakMap<Raw, Said>();

function saidBefore(base: Raw): Said {
  const said = known.get(base) ?? saidOf(base);
  known.set(base, said);
  return said;
}

function mutatedBy(record: Raw, [at, by]: readonly [number, number]): Raw {
  const paths = pathsOf(record);
  const path = paths[at % paths.length];
  if (path === undefined) return record;
  const { value, isElement } = valueAt(record, path);
  const mutations = mutationsOf(value, isElement);
  return withValueAt(record, path, mutations[by % mutations.length]?.value);
}

/** Where checks and tables look. */
const PARTS = ['userIdentity', 'requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails', 'resources'];

/** The examples of every activity check, the catalogue of events, and one record of each shape that the corpus has. */
export function fuzzCases(): fc.Arbitrary<FuzzCase> {
  const examples = activityChecks.flatMap((check) =>
    [check.examples.activity, check.examples.quiet].flatMap((each) => Object.values(each)),
  );
  const events = [...examples, ...catalogue().map(({ event }) => event)];
  const bases = [...events.map(exampleRecord), ...ofEachShape(corpusRecords())];
  const isSaidOf = (base: Raw) => saidBefore(base).sure.size + saidBefore(base).touches.length > 0;
  const [speaking, silent] = [bases.filter(isSaidOf), bases.filter((base) => !isSaidOf(base))];
  const base = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...speaking).chain(casesOf) },
    { weight: 1, arbitrary: fc.constantFrom(...silent).chain(casesOf) },
  );
  return base;
}

function casesOf(base: Raw): fc.Arbitrary<FuzzCase> {
  const paths = pathsOf(base);
  const inParts = paths.filter(([part = '']) => PARTS.includes(part));
  const path = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...inParts) }, { weight: 1, arbitrary: fc.constantFrom(...paths) });
  const further = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { maxLength: 2 });
  return fc.tuple(path, fc.nat(1_000), further).map(([at, by, more]) => {
    const { value, isElement } = valueAt(base, at);
    const mutations = mutationsOf(value, isElement);
    const mutation = mutations[by % mutations.length];
    if (mutation === undefined) throw new Error('there is nothing that can be done to a value');
    return { base, path: at, mutation, further: more };
  });
}

function ofEachShape(records: readonly Raw[]): readonly Raw[] {
  const byShape = new Map<string, Raw>();
  for (const record of records) {
    const shape = pathsOf(record).map((path) => path.filter((name) => !/^\d+$/.test(name)).join('.'));
    byShape.set(JSON.stringify([record.eventName, record.errorCode, [...new Set(shape)]]), record);
  }
  return [...byShape.values()];
}
