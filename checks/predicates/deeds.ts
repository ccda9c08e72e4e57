import type { CloudTrailEvent } from '../../inventory/events/event.ts';

/** Lower case but for what is written in capitals. */
const CAPITALS: Readonly<Record<string, string>> = { acl: 'ACL', cors: 'CORS', ebs: 'EBS', vpc: 'VPC' };
const IRREGULAR: Readonly<Record<string, string>> = { leave: 'left', modify: 'modified', put: 'set', set: 'set', stop: 'stopped' };
/** What begins with these stands behind what was done: `account removed from organization`. */
const PREPOSITIONS = new Set(['from', 'to']);
const INFINITIVES: Readonly<Record<string, string>> = { put: 'set' };
/** A longer one is an ARN, a URL or somebody's joke. */
const LONGEST = 80;

/**
 * What was done, in the words that the event's name is made of: `route table deleted: rtb-1`. Of what did not come about:
 * `tried to delete route table: rtb-1, refused`. `what` names what it was done to, `how` tells what the event's name does not.
 */
export function toDeed({ name, outcome }: Pick<CloudTrailEvent, 'name' | 'outcome'>, what?: string, how?: string): string {
  const [verb = '', ...object] = toWords(name);
  const told = [what === undefined ? undefined : bounded(what), how].filter((each) => each !== undefined).join(', ');
  const named = told === '' ? '' : `: ${told}`;
  if (outcome === 'succeeded') return `${inPassive(verb, object).join(' ')}${named}`;
  return `tried to ${[INFINITIVES[verb] ?? verb, ...object].join(' ')}${named}, ${outcome}`;
}

/** The last part of an ARN, which is the name of what it names; other texts as they are. */
export function nameIn(text: string): string {
  if (!text.startsWith('arn:')) return text;
  return text.slice(text.search(/[^:/]*$/)) || text;
}

/** The AWS service that did it, for somebody or by itself; `undefined` when a person or somebody's program did. */
export function actingService({ actor }: Pick<CloudTrailEvent, 'actor'>): string | undefined {
  if (actor.invokedBy !== undefined) return actor.invokedBy;
  if (actor.kind === 'service') return actor.name;
  return /:role\/aws-service-role\/([^/]+)\//.exec(actor.issuer ?? '')?.[1];
}

/** AWS has not even looked at the call: whoever made it makes it again, and that is told. */
export function isThrottled({ errorCode }: Pick<CloudTrailEvent, 'errorCode'>): boolean {
  return /throttl|RequestLimitExceeded|TooManyRequests|SlowDown/i.test(errorCode ?? '');
}

function toWords(name: string): readonly string[] {
  const words = name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [name];
  return words.filter((word) => word !== 'Batch').map((word) => (/^[A-Z]{2,}$/.test(word) ? word : capitalised(word.toLowerCase())));
}

function capitalised(word: string): string {
  return CAPITALS[word] ?? word;
}

function inPassive(verb: string, object: readonly string[]): readonly string[] {
  const found = object.findIndex((word) => PREPOSITIONS.has(word));
  const end = found < 0 ? object.length : found;
  return [...object.slice(0, end), toParticiple(verb), ...object.slice(end)];
}

function toParticiple(verb: string): string {
  return IRREGULAR[verb] ?? (verb.endsWith('e') ? `${verb}d` : `${verb}ed`);
}

function bounded(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
