import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordsGlobalTypes, unrecordedTypes } from '../../../checks/predicates/recorded-types.ts';
import type { RecordedTypes } from '../../../inventory/config/recording.ts';

const IAM = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'];
const type = fc.constantFrom(...IAM, 'AWS::EC2::Instance', 'AWS::S3::Bucket', 'AWS::RDS::DBInstance');
const types = fc.uniqueArray(type);
const records: fc.Arbitrary<RecordedTypes> = fc.oneof(
  fc.record({ strategy: fc.constant('all'), globalTypes: fc.boolean() }),
  fc.record({ strategy: fc.constant('only'), types }),
  fc.record({ strategy: fc.constant('all-but'), types }),
);

/** Type by type, as the API reference has it. */
function isRecorded(recorded: RecordedTypes, name: string): boolean {
  if (recorded.strategy === 'all') return recorded.globalTypes || !name.startsWith('AWS::IAM::');
  return (recorded.strategy === 'only') === recorded.types.includes(name);
}

describe('what a recorder leaves out', () => {
  test('are the wanted types that it does not record, and no others', () => {
    fc.assert(
      fc.property(records, fc.uniqueArray(type, { minLength: 1 }), (recorded, wanted) => {
        expect(unrecordedTypes(recorded, wanted)).toEqual(wanted.filter((name) => !isRecorded(recorded, name)).sort());
      }),
    );
  });

  test.each<[string, RecordedTypes, readonly string[]]>([
    ['all of them, but for global ones, which one region is enough for', { strategy: 'all', globalTypes: false }, []],
    ['those that are excluded', { strategy: 'all-but', types: ['AWS::S3::Bucket'] }, ['AWS::S3::Bucket']],
    ['nothing that is excluded', { strategy: 'all-but', types: [] }, []],
    ['all others than those that are named', { strategy: 'only', types: IAM }, ['all others']],
  ])('where all are wanted: %s', (_, recorded, missing) => {
    expect(unrecordedTypes(recorded, [])).toEqual(missing);
  });
});

test('global types are recorded where each of them is', () => {
  fc.assert(
    fc.property(records, (recorded) => {
      expect(recordsGlobalTypes(recorded)).toBe(IAM.every((name) => isRecorded(recorded, name)));
    }),
  );
});
