import type { SecretProperties } from '../../inventory/secrets-manager/secret.ts';
import { fail, notApplicable, pass, type Verdict } from '../check.ts';
import { dateOf, daysSince } from './time.ts';
import { refuseToJudge } from './unread.ts';

const SOURCE = 'secretsmanager:ListSecrets';

interface Patience {
  /** How old a secret without a schedule may become. */
  readonly days: number;
  /** How late a rotation may be: Secrets Manager tries again. */
  readonly graceDays: number;
  readonly now: Date;
}

/**
 * A secret with a schedule is judged by it. Without one, only a change of anything of it is known: where there was none for long, its value is as old; where there
 * was one, the value may or may not be.
 */
export function judgeRotation({ rotation, owningService, replica, createdAt, changedAt }: SecretProperties, patience: Patience): Verdict {
  if (replica) return notApplicable('a replica rotates with its primary secret');
  if (rotation.enabled) return judgeSchedule(rotation, patience);
  if (owningService !== undefined) return notApplicable(`${owningService} cares for it`);
  if (createdAt === undefined) return refuseToJudge('malformed', SOURCE, 'a secret has no time of creation');
  const { days, now } = patience;
  if (daysSince(createdAt, now) <= days) return pass;
  const unchangedSince = changedAt ?? createdAt;
  if (daysSince(unchangedSince, now) > days)
    return fail(`not changed since ${dateOf(unchangedSince)}, and no rotation`, { unchangedSince: dateOf(unchangedSince) });
  return refuseToJudge('no-data', SOURCE, 'something of the secret was changed lately, perhaps not its value');
}

function judgeSchedule({ rotatedAt, nextAt, everyDays, schedule }: SecretProperties['rotation'], { graceDays, now }: Patience): Verdict {
  if (nextAt === undefined) return refuseToJudge('no-data', SOURCE, 'it is not told when the next rotation is due');
  if (daysSince(nextAt, now) < graceDays) return pass;
  return fail(`its rotation has been overdue since ${dateOf(nextAt)}`, {
    dueOn: dateOf(nextAt),
    ...(rotatedAt === undefined ? {} : { lastRotated: dateOf(rotatedAt) }),
    ...(everyDays === undefined ? {} : { everyDays }),
    ...(schedule === undefined ? {} : { schedule }),
  });
}
