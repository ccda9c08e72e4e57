import type { AccountPrincipal } from '../../inventory/iam/principals.ts';
import { type Evidence, fail, pass, type Verdict } from '../check.ts';
import { type Climber, type Escalation, escalationsOf } from './escalation.ts';
import { type Route, routeToAdmin } from './escalation-routes.ts';
import { answerOf } from './unread.ts';

const CONDITIONAL = { severity: 'MEDIUM', because: 'what it depends on is not known' } as const;
const NOT_SEEN = { notSeen: 'service and resource control policies' };

/** Whether a principal that is no administrator can become one: by itself, or over others of its account. What is sure comes first, and then what it does itself. */
export function judgeEscalation(climber: Climber & { readonly principals: Iterable<AccountPrincipal> }): Verdict {
  const ways = escalationsOf(climber);
  const [way] = ways;
  if (way?.onlyIf.length === 0) return fail(`may ${wordsOf(ways)}`, evidenceOf(ways));
  const { value: route, unread } = answerOf(() => routeToAdmin(climber));
  if (route?.onlyIf.length === 0) return fail(`may ${route.words}`, { ...route.evidence, ...NOT_SEEN });
  if (way) return fail(`may, under conditions, ${wordsOf(ways)}`, evidenceOf(ways, route), CONDITIONAL);
  if (unread) throw unread;
  return route ? fail(`may, under conditions, ${route.words}`, { ...route.evidence, ...NOT_SEEN }, CONDITIONAL) : pass;
}

function wordsOf([way, ...others]: readonly Escalation[]): string {
  const more = others.length === 0 ? '' : `, or take ${others.length} other ${others.length === 1 ? 'way' : 'ways'}`;
  return `${way?.words ?? ''}${more}`;
}

function evidenceOf(ways: readonly Escalation[], route?: Route): Evidence {
  return { ways: ways.map(({ evidence }) => evidence), ...(route ? { overOthers: route.evidence } : {}), ...NOT_SEEN };
}
