const PLAIN = /^[\x20-\x7e]*$/;
/** Controls, formatting and direction marks, halves of characters, and the separators of lines and paragraphs. */
const ACTIVE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A text of somebody else's making, such as the name of a session, made safe to show and to keep: at most `longest` characters, none of which moves a
 * cursor, breaks a line or turns the direction of writing. `undefined` for what is no text or is empty.
 */
export function inertText(value: unknown, longest = 256): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return undefined;
  const short = value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
  return PLAIN.test(short) ? short : short.replace(ACTIVE, '\uFFFD');
}
