import type { Gap } from '../inventory/coverage.ts';
import { SCAN } from './account-coverage.ts';
import { type BlindSpot, NAMED } from './blind-spots.ts';
import type { DigestContent, Refusal } from './digest-content.ts';
import { isLost } from './digest-summary.ts';
import { toInert, wrap } from './inert.ts';
import { LONGEST_SHOWN, toMore } from './shown.ts';
import { ASSUME_ROLE } from './sight.ts';
import { causeInWords } from './words.ts';

/** What a digest says of what could not be read: accounts that nobody could enter, then reads that were refused, each with what to do. */
export function blindLines({ told, blindSpots, moreBlindSpots }: DigestContent): string[] {
  const outOfSight = told.flatMap(({ accountId, refusal }) => (refusal?.isNew ? [{ accountId, refusal }] : []));
  const [lost, refused] = [outOfSight.filter(isLost), outOfSight.filter((account) => !isLost(account))];
  const perReason = Map.groupBy(refused, ({ refusal: { gap } }) => `${gap.operation} ${gap.cause}`);
  const perFate = Map.groupBy(lost, ({ refusal: { gap } }) => gap.message);
  const shown = blindSpots.slice(0, LONGEST_SHOWN);
  return [
    ...(lost.length === 0 ? [] : ['', 'No longer audited; what is open there stays as it was last seen:']),
    ...[...perFate].flatMap(([message, accounts]) => wrap(toInert(`${toIds(accounts)}: ${message}`, 1_000), '  ', '    ')),
    ...(refused.length === 0 ? [] : ['', 'Could not be entered, so not judged:']),
    ...[...perReason.values()].flatMap(toRefusedLines),
    ...(shown.length === 0 ? [] : ['', 'Could not be read, so not judged:']),
    ...shown.flatMap((spot) => toSpotLines(spot, told.length > 1)),
    ...toMore(blindSpots.length - shown.length + moreBlindSpots),
  ];
}

interface Refused {
  readonly accountId: string;
  readonly refusal: Refusal;
}

/** Accounts that were refused for one reason. */
function toRefusedLines(refused: readonly Refused[]): string[] {
  const [first] = refused;
  if (!first) return [];
  const { gap } = first.refusal;
  return wrap(toInert(`${toIds(refused)}: ${causeInWords(gap.cause)}; ${toEntrance(gap)}`, 1_000), '  ', '    ');
}

function toIds(accounts: readonly Refused[]): string {
  const ids = accounts.slice(0, LONGEST_SHOWN).map(({ accountId }) => toInert(accountId, 40));
  return `${ids.join(', ')}${accounts.length > ids.length ? ` and ${accounts.length - ids.length} more` : ''}`;
}

/** What to do, so that the next audit can enter. */
function toEntrance({ cause, operation, permissions, message }: Gap): string {
  if (cause !== 'denied') return 'the next audit tries again';
  if (operation !== ASSUME_ROLE) return `allow ${permissions.join(', ')}`;
  const name = /arn:aws[\w-]*:iam::\d{12}:role\/([\w+=,.@/-]{1,576})/.exec(message)?.[1];
  return `deploy the member stack there: it brings the role${name === undefined ? '' : ` ${name}`} and the external id that lets us in`;
}

/** So many actions are named. More are not refused but by a policy that refuses everything. */
const LONGEST_ACTIONS = 60;

function toSpotLines(spot: BlindSpot, isAmongMany: boolean): string[] {
  const { operations, cause, permissions } = spot;
  const [operation = ''] = operations;
  const what = operations.length === 1 ? operation : `${operations.length} operations`;
  const actions = permissions.slice(0, LONGEST_ACTIONS).join(', ');
  const more = permissions.length > LONGEST_ACTIONS ? ` and ${permissions.length - LONGEST_ACTIONS} more` : '';
  const wanted = cause === 'denied' && permissions.length > 0 ? `; allow ${actions}${more}` : '';
  const why = operation === SCAN ? 'did not finish; the next audit tries again' : `${causeInWords(cause)}${wanted}`;
  return wrap(toInert(`${what} in ${toPlaces(spot, isAmongMany)}: ${why}`, 3_000), '  ', '    ');
}

function toPlaces({ accounts, accountIds, regions }: BlindSpot, isAmongMany: boolean): string {
  const where = regions.length <= NAMED ? regions.join(', ') : `${regions.length} regions`;
  if (!isAmongMany) return where;
  return `${where} of ${accounts <= NAMED ? accountIds.join(', ') : `${accounts} accounts`}`;
}
