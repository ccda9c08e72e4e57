import type { IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';

/** What stands for the root user's name in requests about its MFA devices. */
export const ROOT_NAME = 'AWS ROOT USER';

/** Of a request about credentials: whether they are the root user's own. Root, or a session as it (sts:AssumeRoot), asks so without naming anybody. */
export function isAboutRoot({ identity, request }: CloudTrailEvent): boolean {
  const type = identity.at('type').text;
  const name = request.at('userName').text;
  return (type === 'Root' || type === 'AssumedRoot') && (name === undefined || name === ROOT_NAME);
}

/** Whether a request about credentials says whose: else they are the caller's. */
export function namesUser({ request, response }: CloudTrailEvent): boolean {
  return (request.at('userName').text ?? response.at('accessKey', 'userName').text) !== undefined;
}

/** The account, of events about the root user's own credentials. */
export const ofRootUser: readonly IdPath[] = [
  { at: 'identity.type', as: (_type, event) => (isAboutRoot(event) ? event.accountId : undefined) },
];
