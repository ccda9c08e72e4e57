const ACCOUNT_ID = /^\d{12}$/;

/** An account's id: twelve digits. One that was made a number has lost its leading zeros. `undefined` for what is none. */
export function toAccountId(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value).padStart(12, '0') : value;
  return typeof text === 'string' && ACCOUNT_ID.test(text) ? text : undefined;
}
