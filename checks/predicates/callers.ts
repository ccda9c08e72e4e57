import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Field } from '../../inventory/events/field.ts';

/** Whether an IAM user did it to itself: calls of IAM that name no user are about their caller. */
export function isOnSelf({ actor, identity }: CloudTrailEvent, userName: string | undefined): boolean {
  if (userName === undefined) return true;
  return actor.kind === 'user' && identity.at('userName').text?.toLowerCase() === userName.toLowerCase();
}

/**
 * The user that a call about credentials names; `undefined`: its caller. Throws `Unread` if anything in the request is no text, as it is in such calls:
 * who cannot be seen to be named must not be taken for not named.
 */
export function userAsked(request: Field): string | undefined {
  if (!request.exists) return undefined;
  const texts = new Map(request.names.map((name) => [name.toLowerCase(), request.at(name).text]));
  return texts.get('username');
}

/** `aws`, `aws-us-gov`, `aws-cn`: as the caller's ARN says, `aws` where it has none. */
export function partitionOf({ actor }: CloudTrailEvent): string {
  return actor.arn?.split(':')[1] ?? 'aws';
}

/** Who it was, the same for every call of a person or a program whatever the session: the key of what is told once. */
export function callerKey({ actor }: CloudTrailEvent): string {
  return actor.issuer === undefined ? (actor.arn ?? actor.name) : `${actor.issuer}/${actor.session ?? ''}`;
}
