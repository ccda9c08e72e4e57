/** What a request carries under a condition key, lower case: its values, `absent`, or `undefined` where that is not known. */
export type Carries = (key: string) => readonly string[] | 'absent' | undefined;

/** A text of a policy with its variables filled in, as far as they are known. */
export interface Filled {
  /** A pattern whose special characters are those that the policy wrote: see `literal`. What a variable holds is text. */
  readonly pattern: string;
  /** `unknown` where a variable of unknown value stands as `*`: what the pattern does not match is sure, what it matches is not. */
  readonly sure: boolean;
}

const VARIABLE = /\$\{([^}]*)\}/g;
const STAR = '\u{e010}';
const QUESTION = '\u{e011}';

/** Text as a filled pattern sees it: its own `*` and `?` are letters. */
export function literal(text: string): string {
  return text.includes('*') || text.includes('?') ? text.replaceAll('*', STAR).replaceAll('?', QUESTION) : text;
}

/**
 * Fills in policy variables; `undefined` if one has no value in the request, by which nothing matches. `${*}`, `${?}` and `${$}` are those characters, and a variable
 * may have a default: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function fillIn(text: string, carries: Carries): Filled | undefined {
  if (!text.includes('${')) return { pattern: text, sure: true };
  let sure = true;
  let isMissing = false;
  const pattern = text.replaceAll(VARIABLE, (_, name: string) => {
    if (name === '*' || name === '?' || name === '$') return literal(name);
    const [, key = name, fallback] = /^([^,]+?)\s*,\s*'(.*)'\s*$/.exec(name) ?? [];
    const values = carries(key.trim().toLowerCase());
    const value = values === 'absent' ? fallback : values?.[0];
    if (value !== undefined && (values === 'absent' || values?.length === 1)) return literal(value);
    if (values === undefined) sure = false;
    else isMissing = true;
    return '*';
  });
  return isMissing ? undefined : { pattern, sure };
}
