import type { ExampleEvent } from '../activity.ts';
import { rootIdentity } from './example-identities.ts';

const CONSOLE = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' };

/** In an example: a user who mistyped the password. */
export const WRONG_PASSWORD: ExampleEvent = {
  ...CONSOLE,
  eventType: 'AwsConsoleSignIn',
  errorMessage: 'Failed authentication',
  responseElements: { ConsoleLogin: 'Failure' },
};
/** In an example: the same, by the root user. */
export const ROOT_REFUSED: ExampleEvent = { ...CONSOLE, userIdentity: rootIdentity(), responseElements: { ConsoleLogin: 'Failure' } };
/** In an example: a user who signed in. */
export const SIGNED_IN: ExampleEvent = { ...CONSOLE, responseElements: { ConsoleLogin: 'Success' } };
/** In an example: CloudTrail left out how it went. */
export const OUTCOME_OMITTED: ExampleEvent = { ...CONSOLE, responseElements: { omitted: true } };
