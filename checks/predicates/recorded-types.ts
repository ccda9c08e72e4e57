import type { RecordedTypes } from '../../inventory/config/recording.ts';

/**
 * What a recorder of AWS Config leaves out of the types that are wanted; of all that there are if none are named, which it says in a word because nobody
 * knows how many that is: https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
 */
export function unrecordedTypes(records: RecordedTypes, wanted: readonly string[]): readonly string[] {
  switch (records.strategy) {
    case 'all':
      return wanted.filter((type) => !records.globalTypes && GLOBAL_TYPES.has(type)).sort();
    case 'all-but':
      return (wanted.length === 0 ? records.types : wanted.filter((type) => records.types.includes(type))).toSorted();
    case 'only':
      return wanted.length === 0 ? ['all others'] : wanted.filter((type) => !records.types.includes(type)).sort();
  }
}

/** Those that `includeGlobalResourceTypes` is about. */
const GLOBAL_TYPES: ReadonlySet<string> = new Set(['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User']);

/** Whether a recorder records users, groups, roles and policies of IAM: where none does, nobody knows who had which rights. */
export function recordsGlobalTypes(records: RecordedTypes): boolean {
  if (records.strategy === 'all') return records.globalTypes;
  const named = (type: string) => records.types.includes(type);
  return [...GLOBAL_TYPES].every((type) => named(type) === (records.strategy === 'only'));
}
