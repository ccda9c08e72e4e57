import * as z from 'zod';
import { isAccount, isRegion } from './formats.ts';

/** What is expected where keys and their values should stand. */
export const MAPPING = 'keys and values';

/** A text that fits. `expected` says what does. */
export function text(expected: string, isRight: (written: string) => boolean = () => true) {
  return z.string({ error: expected }).refine(isRight, { error: expected });
}

export const trueOrFalse = z.boolean({ error: 'true or false' });
export const region = text('a region such as eu-west-1', isRegion);

const account = text("an account id of 12 digits in quotes, such as '111122223333'", isAccount);
export const accounts = distinct(account, 'a list of account ids');
export const owners = distinct(
  text(
    'an account id of 12 digits in quotes, or an alias such as amazon',
    (written) => isAccount(written) || /^[a-z][a-z-]+$/.test(written),
  ),
  'a list of account ids and owner aliases',
);

/** A list in which nothing stands twice. */
export function distinct(element: z.ZodType<string>, expected: string) {
  return z.array(element, { error: expected }).superRefine((written, context) => {
    for (const [index, each] of written.entries()) {
      const first = written.indexOf(each);
      if (first < index) context.addIssue({ code: 'custom', path: [index], message: 'is the same as', params: { sibling: first } });
    }
  });
}

/** A whole number within limits. */
export function whole(from: number, to: number) {
  const expected = `a whole number from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;
  return z
    .number({ error: expected })
    .refine((written) => Number.isInteger(written) && written >= from && written <= to, { error: expected });
}
