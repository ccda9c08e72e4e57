const ACCOUNT_ID = /^\d{12}$/;
/** Zeros that an id may have begun with; with more of them it is some other number. */
const MOST_ZEROS = 4;

/** An account's id: twelve digits. One that was made a number has lost its leading zeros. `undefined` for what is none. */
export function toAccountId(value: unknown): string | undefined {
  const text = typeof value === 'number' && value >= 10 ** (11 - MOST_ZEROS) ? String(value).padStart(12, '0') : value;
  return typeof text === 'string' && ACCOUNT_ID.test(text) ? text : undefined;
}
