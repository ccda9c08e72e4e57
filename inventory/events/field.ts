import type { PolicyDocument } from '../policy-document.ts';

/**
 * A value in a CloudTrail event, of whatever kind it turns out to be. What is not there is an absent field. What is there but makes no sense as that
 * which it is asked for throws `Unread`, and so does everything below what CloudTrail left out: nobody can take it for absent.
 */
export interface Field {
  /** A member, and a member of that, by name. The first letter may be of either case. */
  readonly at: (...names: readonly string[]) => Field;
  /** False when it is not there, is null, or is the empty text that stands for an empty object. */
  readonly exists: boolean;
  /** A text; a number or a flag as text; the only element of a list of one. */
  readonly text: string | undefined;
  /** A number, or a text that is one. */
  readonly number: number | undefined;
  /** A flag, or the text `true` or `false` in whatever case. */
  readonly flag: boolean | undefined;
  /** The elements of a list in any of CloudTrail's encodings: an array, `{items: […]}`, `{item: …}`, a single element by itself; none if absent. */
  readonly list: readonly Field[];
  /** The names of its members; none if it is absent. */
  readonly names: readonly string[];
  /** An object, or the object that a text of JSON holds (policies come as either): `undefined` if absent. */
  readonly json: unknown;
  /** The IAM policy that an object or a text holds (`toPolicyDocument`): `undefined` if absent. */
  readonly policy: PolicyDocument | undefined;
}
