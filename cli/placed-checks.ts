import { type AccountUnits, inUnits, type ReadyCheck } from '../findings/evaluate.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import { GLOBAL } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import type { ScanRequest } from './scan-request.ts';
import type { World } from './world.ts';

/** The checks of a request, told in which organizational units the account is if some setting depends on that. What is refused is a gap of the session. */
export async function placedChecks(
  { checks, namesUnits }: Pick<ScanRequest, 'checks' | 'namesUnits'>,
  session: Session,
  world: Pick<World, 'unitsOf'>,
): Promise<readonly ReadyCheck[]> {
  if (!namesUnits || !world.unitsOf) return checks;
  const units = await world.unitsOf(session);
  if (isReason(units)) session.coverage.record(units, GLOBAL);
  return inUnits(checks, units);
}

function isReason(units: AccountUnits): units is UnreadReason {
  return 'cause' in units;
}
