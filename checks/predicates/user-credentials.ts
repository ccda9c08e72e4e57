import type { MfaDevice, UserCredentials } from '../../inventory/iam/user.ts';
import { anyOf, someOf } from './logic.ts';

/** A password or key that works. Times are ISO 8601 UTC. */
export interface EnabledCredential {
  readonly name: string;
  readonly lastUsedAt: string | undefined;
  /** When it came to be what it is: the password was last changed, the key was made; the user's creation where AWS does not say. */
  readonly since: string;
}

/** Each part is looked at only when it is asked for: some of them may not have been read. */
export function enabledCredentials(credentials: UserCredentials): readonly EnabledCredential[] {
  return credentials.passwordEnabled ? [new Password(credentials), ...activeKeys(credentials)] : activeKeys(credentials);
}

/** The keys of a user that work. */
export function activeKeys({ accessKeys, createdAt }: UserCredentials): readonly EnabledCredential[] {
  const active = accessKeys.filter((key) => key.active);
  return active.map(({ slot, lastUsedAt, rotatedAt }) => ({ name: `access key ${slot}`, lastUsedAt, since: rotatedAt ?? createdAt }));
}

class Password implements EnabledCredential {
  readonly name = 'password';
  readonly #credentials: UserCredentials;

  constructor(credentials: UserCredentials) {
    this.#credentials = credentials;
  }

  get lastUsedAt() {
    return this.#credentials.passwordLastUsedAt;
  }

  get since() {
    return this.#credentials.passwordChangedAt ?? this.#credentials.createdAt;
  }
}

interface MfaHolder {
  readonly credentials: UserCredentials;
  readonly mfaDevices: Iterable<MfaDevice>;
}

/**
 * True if the user has an MFA device. The credential report is asked first, because it costs no call; the live list only if it says no, since
 * it may be four hours old. Text messages do not count: AWS has given them up, and phone numbers can be taken over.
 */
export function hasMfa(user: MfaHolder): boolean {
  return anyOf(
    () => user.credentials.mfaActive,
    () => someOf(user.mfaDevices, ({ kind }) => kind !== 'sms'),
  );
}

/** What a user without MFA has instead, in words. */
export function missingMfa({ mfaDevices }: MfaHolder): string {
  return someOf(mfaDevices, ({ kind }) => kind === 'sms') ? 'only text-message (SMS) MFA' : 'no MFA device';
}
