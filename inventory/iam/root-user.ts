import type { IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import type { Field } from '../events/field.ts';

/** What stands for the root user's name in requests about its MFA devices. */
export const ROOT_NAME = 'AWS ROOT USER';

/** Of a request about credentials: whether they are the root user's own. Root, or a session as it (sts:AssumeRoot), asks so without naming anybody. */
export function isAboutRoot({ identity, request }: CloudTrailEvent): boolean {
  const type = identity.at('type').text;
  const name = userAsked(request);
  return (type === 'Root' || type === 'AssumedRoot') && (name === undefined || name === ROOT_NAME);
}

/** Whether a request about credentials says whose: else they are the caller's. */
export function namesUser({ request, response }: CloudTrailEvent): boolean {
  return (userAsked(request) ?? response.at('accessKey', 'userName').text) !== undefined;
}

/** @throws Unread where anything in the request is no text, as it is in all of these: whom it names might stand in there */
function userAsked(request: Field): string | undefined {
  if (!request.exists) return undefined;
  const texts = new Map(request.names.map((name) => [name.toLowerCase(), request.at(name).text]));
  return texts.get('username');
}

/** The account, of events about the root user's own credentials. */
export const ofRootUser: readonly IdPath[] = [
  { at: 'identity.type', as: (_type, event) => (isAboutRoot(event) ? event.accountId : undefined) },
];
