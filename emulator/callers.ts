import { createHash } from 'node:crypto';

/** Who a request comes from. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The account of requests that are unsigned or signed with a key that nobody handed out. */
export const DEFAULT_ACCOUNT = '123456789012';

const ACCOUNT_KEY = /^AKIA(\d{12})LOCL$/;

/** Credentials of a user `local` of any account: the account id stands in the key. */
export function credentialsOf(accountId: string): Credentials {
  if (!/^\d{12}$/.test(accountId)) throw new Error(`an account id has 12 digits, not "${accountId}"`);
  return { accessKeyId: `AKIA${accountId}LOCL`, secretAccessKey: 'local' };
}

/** Which access keys belong to whom: those of {@link credentialsOf}, and those that AWS handed out. */
export class Callers {
  readonly #issued = new Map<string, Caller>();

  of(accessKeyId: string | undefined): Caller {
    const issued = accessKeyId === undefined ? undefined : this.#issued.get(accessKeyId);
    return issued ?? localUser(ACCOUNT_KEY.exec(accessKeyId ?? '')?.[1] ?? DEFAULT_ACCOUNT);
  }

  issue(accessKeyId: string, caller: Caller): void {
    this.#issued.set(accessKeyId, caller);
  }

  clear(): void {
    this.#issued.clear();
  }
}

function localUser(accountId: string): Caller {
  return { accountId, arn: `arn:aws:iam::${accountId}:user/local`, userId: `AIDA${stableId(accountId, 16)}` };
}

/** Upper-case letters and digits as in IAM's ids, the same for the same text. */
export function stableId(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').toUpperCase().slice(0, length);
}
