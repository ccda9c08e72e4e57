import type { Unread } from '../../inventory/facet.ts';
import { type Failure, pass, type Verdict } from '../check.ts';

/**
 * Three-valued logic. A question is a function; it answers, or throws `Unread` when it touches what was not read.
 * A combinator lets an answer that is known win over one that is not, in any order; anything else that is thrown passes through.
 */
export type Question<Answer> = () => Answer;

/** True for the error that touching an unread facet throws. By name: this layer takes only types from inventory/. */
export function isUnread(error: unknown): error is Unread {
  return error instanceof Error && error.name === 'Unread';
}

/** FAIL if any reason is proven; else UNKNOWN (thrown) if any could not be decided; else PASS. */
export function firstFailure(...reasons: readonly Question<Failure | false | undefined>[]): Verdict {
  return firstOf(reasons, ask) || pass;
}

/** True if one is true, even beside unread ones; false only if all are false. */
export function anyOf(...questions: readonly Question<boolean>[]): boolean {
  return someOf(questions, ask);
}

/** False if one is false, even beside unread ones; true only if all are true. */
export function allOf(...questions: readonly Question<boolean>[]): boolean {
  return everyOf(questions, ask);
}

/** What was found if the conditions hold; nothing if one is known not to, or nothing is there to be found, whatever else was not read. */
export function foundUnder<Found>(conditions: readonly Question<boolean>[], find: Question<Found | undefined>): Found | undefined {
  return allOf(...conditions, () => find() !== undefined) ? find() : undefined;
}

/** The first truthy answer over the elements of a list that may be partial and whose elements may be partly unread. */
export function firstOf<Element, Answer>(
  elements: Iterable<Element>,
  question: (element: Element) => Answer | false | undefined,
): Answer | undefined {
  const { answer, undecided } = askEach(elements, question);
  if (answer) return answer;
  if (undecided) throw undecided;
  return undefined;
}

/** True if the question is true of an element. */
export function someOf<Element>(elements: Iterable<Element>, question: (element: Element) => boolean): boolean {
  return firstOf(elements, question) === true;
}

/** True if the question is true of every element; unread elements leave it open unless one is known to be false. */
export function everyOf<Element>(elements: Iterable<Element>, question: (element: Element) => boolean): boolean {
  return !someOf(elements, (element) => !question(element));
}

/** All elements that the question is true of: what was found, and whether anything could not be decided. */
export function matching<Element>(
  elements: Iterable<Element>,
  question: (element: Element) => boolean,
): { readonly found: readonly Element[]; readonly undecided: Unread | undefined } {
  const found: Element[] = [];
  const { undecided } = askEach(elements, (element) => {
    if (question(element)) found.push(element);
    return false;
  });
  return { found, undecided };
}

/** Asks of one element after the other until an answer is truthy. What could not be read, elements or the rest of the list, is set aside. */
function askEach<Element, Answer>(
  elements: Iterable<Element>,
  question: (element: Element) => Answer | false | undefined,
): { readonly answer: Answer | undefined; readonly undecided: Unread | undefined } {
  let undecided: Unread | undefined;
  try {
    for (const element of elements) {
      try {
        const answer = question(element);
        if (answer) return { answer, undecided };
      } catch (error) {
        if (!isUnread(error)) throw error;
        undecided ??= error;
      }
    }
  } catch (error) {
    if (!isUnread(error)) throw error;
    undecided ??= error;
  }
  return { answer: undefined, undecided };
}

function ask<Answer>(question: Question<Answer>): Answer {
  return question();
}
