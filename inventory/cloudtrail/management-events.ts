import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector, GetEventSelectorsResponse } from '@aws-sdk/client-cloudtrail';
import { malformed } from '../broken-answer.ts';
import type { ManagementEvents } from './trail.ts';

/**
 * What a trail's selectors add up to. An event is logged if any selector selects it, so that a source is left out only if every selector leaves it out
 * (Logging management events, CloudTrail User Guide).
 * @throws Unread when there is no selector at all: AWS answers with the default one for a trail that has none of its own
 */
export function toManagementEvents({ EventSelectors = [], AdvancedEventSelectors = [] }: GetEventSelectorsResponse): ManagementEvents {
  const selected = [...EventSelectors.map(fromBasic), ...AdvancedEventSelectors.map(fromAdvanced)];
  if (selected.length === 0) throw malformed('cloudtrail:GetEventSelectors', 'the answer has no selectors');
  const reading = selected.filter(({ read }) => read);
  const writing = selected.filter(({ write }) => write);
  return {
    read: reading.length > 0,
    write: writing.length > 0,
    excludedSources: [...new Set([...excludedByAll(reading), ...excludedByAll(writing)])].sort(),
  };
}

const NOTHING: ManagementEvents = { read: false, write: false, excludedSources: [] };

function fromBasic({
  IncludeManagementEvents = true,
  ReadWriteType = 'All',
  ExcludeManagementEventSources = [],
}: EventSelector): ManagementEvents {
  if (!IncludeManagementEvents) return NOTHING;
  return { read: ReadWriteType !== 'WriteOnly', write: ReadWriteType !== 'ReadOnly', excludedSources: ExcludeManagementEventSources };
}

/** A selector that names what it wants of the management events, beyond reads or writes, selects neither of them as a whole. */
function fromAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): ManagementEvents {
  const category = FieldSelectors.find(({ Field }) => Field === 'eventCategory');
  if (!category?.Equals?.includes('Management')) return NOTHING;
  const others = FieldSelectors.filter((selector) => selector !== category);
  if (!others.every((selector) => isReadOnly(selector) || isExclusion(selector))) return NOTHING;
  const readOnly = others.filter(isReadOnly);
  const selects = (value: string) => readOnly.every(({ Equals = [] }) => Equals.includes(value));
  return {
    read: selects('true'),
    write: selects('false'),
    excludedSources: others.filter(isExclusion).flatMap(({ NotEquals = [] }) => NotEquals),
  };
}

function isReadOnly(selector: AdvancedFieldSelector): boolean {
  return selector.Field === 'readOnly' && operatorsOf(selector).every((operator) => operator === 'Equals');
}

function isExclusion(selector: AdvancedFieldSelector): boolean {
  return selector.Field === 'eventSource' && operatorsOf(selector).every((operator) => operator === 'NotEquals');
}

function operatorsOf({ Field: _field, ...operators }: AdvancedFieldSelector): readonly string[] {
  return Object.entries(operators).flatMap(([name, values]) => (values === undefined || values.length === 0 ? [] : [name]));
}

function excludedByAll(selectors: readonly ManagementEvents[]): readonly string[] {
  const [first, ...rest] = selectors;
  return (first?.excludedSources ?? []).filter((source) => rest.every(({ excludedSources }) => excludedSources.includes(source)));
}
