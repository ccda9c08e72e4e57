import type { Field } from '../../inventory/events/field.ts';
import { refuseToJudge } from './unread.ts';

/**
 * What of its management events a trail leaves out by the selectors that a call gave it, in few words; `undefined` if it records them all. Both forms of
 * selectors, either of which replaces whatever the trail had. Throws `Unread` where a selector makes no sense.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function leftOutBy(request: Field): string | undefined {
  const kinds = [...request.at('eventSelectors').list.map(basicKind), ...request.at('advancedEventSelectors').list.map(advancedKind)];
  if (kinds.length === 0) return 'its selectors not recorded';
  const recorded = new Set(kinds.flatMap((kind) => kind ?? []));
  if (recorded.has('all') || (recorded.has('reads') && recorded.has('writes'))) return undefined;
  if (recorded.has('some')) return 'without some management events';
  if (recorded.has('writes')) return 'without management events that read';
  return recorded.has('reads') ? 'without management events that write' : 'without management events';
}

/** Which management events a selector has recorded; `undefined`: none. */
type Kind = 'all' | 'reads' | 'writes' | 'some' | undefined;

const BASIC = ['readWriteType', 'includeManagementEvents', 'dataResources', 'excludeManagementEventSources'];

/** What a selector does not say it takes as AWS does: all management events. One that says nothing at all is none. */
function basicKind(selector: Field): Kind {
  if (!BASIC.some((member) => selector.at(member).exists)) {
    return refuseToJudge('malformed', 'cloudtrail:PutEventSelectors', 'a selector of events says nothing');
  }
  if (selector.at('includeManagementEvents').flag === false) return undefined;
  const excluded = selector.at('excludeManagementEventSources').list.length;
  if (excluded > 0) return 'some';
  switch (selector.at('readWriteType').text ?? 'All') {
    case 'All':
      return 'all';
    case 'ReadOnly':
      return 'reads';
    case 'WriteOnly':
      return 'writes';
    default:
      return undefined;
  }
}

function advancedKind(selector: Field): Kind {
  const fields = selector.at('fieldSelectors').list;
  const category = fields.find((each) => each.at('field').text === 'eventCategory');
  if (!category?.at('equals').list.some((each) => each.text === 'Management')) return undefined;
  const others = fields.filter((each) => each !== category);
  const [only, ...rest] = others;
  if (!only) return 'all';
  if (rest.length > 0 || only.at('field').text !== 'readOnly') return 'some';
  return only.at('equals').list.some((each) => each.text === 'true') ? 'reads' : 'writes';
}
