import * as z from 'zod';
import { isAccount, isRegion, isTagKey, isTagText, isUnit } from './formats.ts';

/** What is expected where keys and their values should stand. */
export const MAPPING = 'keys and values';

/** A text that fits. `expected` says what does, in messages and in editors. */
export function text(expected: string, isRight: (written: string) => boolean = () => true) {
  return z.string({ error: expected }).refine(isRight, { error: expected }).describe(expected);
}

export const trueOrFalse = z.boolean({ error: 'true or false' });
export const region = text('a region such as eu-west-1', isRegion).meta({ pattern: '^[a-z]{2,4}(-[a-z]+)+-\\d{1,2}$' });

const account = text("an account id of 12 digits in quotes, such as '111122223333'", isAccount).meta({ pattern: '^\\d{12}$' });
export const accounts = distinct(account, 'a list of account ids');
export const unit = text('a root such as r-ab12, or an organizational unit such as ou-ab12-cd34ef56', isUnit);
const TAG = 'letters, digits, spaces and _.:/=+-@, numbers in quotes';
export const tagKey = text(`a tag key of 1 to 128 ${TAG}, and not "aws:" first`, isTagKey);
export const tagValue = text(`a tag value of at most 256 ${TAG}`, (written) => written.length <= 256 && isTagText(written));

/** Tags of resources by key: AWS's own may be among them. */
export function tagsOf(most: number, isKey: (key: string) => boolean, keys: string) {
  return z
    .record(z.string(), tagValue, { error: MAPPING })
    .refine((written) => Object.keys(written).length <= most, { error: `at most ${most} tags` })
    .superRefine((written, context) => {
      const wrong = Object.keys(written).find((key) => !isKey(key));
      if (wrong !== undefined)
        context.addIssue({ code: 'custom', message: `tag keys of 1 to 128 ${TAG}${keys}, found ${JSON.stringify(wrong)}` });
    });
}

/** Who looks after something: it goes into subjects, filters and tables. */
export const ownerName = text(
  'a name of 1 to 128 letters, digits, spaces and _.:/=+-@',
  (written) => written.trim() !== '' && written.length <= 128 && isTagText(written),
);
export const owners = distinct(
  text(
    'an account id of 12 digits in quotes, or an alias such as amazon',
    (written) => isAccount(written) || /^[a-z][a-z-]+$/.test(written),
  ),
  'a list of account ids and owner aliases',
);

/** A list in which nothing stands twice. */
export function distinct(element: z.ZodType<string>, expected: string) {
  const list = z.array(element, { error: expected }).describe(expected);
  return list.superRefine((written, context) => {
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
