import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Failure, fail } from '../../../checks/check.ts';
import { allOf, anyOf, everyOf, firstFailure, isUnread, matching, someOf } from '../../../checks/predicates/logic.ts';
import { Listed, Unread, type UnreadReason } from '../../../inventory/facet.ts';

const reason: UnreadReason = {
  cause: 'denied',
  operation: 's3:GetBucketAcl',
  permissions: ['s3:GetBucketAcl'],
  message: 's3:GetBucketAcl: AccessDenied',
};
const unread = (): never => {
  throw new Unread(reason);
};

/** Kleene's tables: what a question may say, and the answer read back, with `unread` for the third value. */
type Truth = true | false | 'unread';
const truths = fc.array(fc.constantFrom<Truth>(true, false, 'unread'), { maxLength: 6 });
const ask = (truth: Truth) => () => (truth === 'unread' ? unread() : truth);
const told = (question: () => boolean): Truth => {
  try {
    return question();
  } catch (error) {
    if (isUnread(error)) return 'unread';
    throw error;
  }
};

describe('three-valued logic', () => {
  test('or: true wins, then unread', () => {
    fc.assert(
      fc.property(
        truths,
        (values) => told(() => anyOf(...values.map(ask))) === (values.includes(true) ? true : values.includes('unread') ? 'unread' : false),
      ),
    );
  });

  test('and: false wins, then unread', () => {
    fc.assert(
      fc.property(
        truths,
        (values) =>
          told(() => allOf(...values.map(ask))) === (values.includes(false) ? false : values.includes('unread') ? 'unread' : true),
      ),
    );
  });

  test('some over a partial list: an unread rest leaves only true certain', () => {
    fc.assert(
      fc.property(truths, fc.boolean(), (values, cut) => {
        const list = new Listed(values, cut ? reason : undefined);
        const open = cut || values.includes('unread');
        return told(() => someOf(list, (truth) => ask(truth)())) === (values.includes(true) ? true : open ? 'unread' : false);
      }),
    );
  });

  test('every is the dual of some', () => {
    fc.assert(
      fc.property(truths, fc.boolean(), (values, cut) => {
        const list = new Listed(values, cut ? reason : undefined);
        const open = cut || values.includes('unread');
        return told(() => everyOf(list, (truth) => ask(truth)())) === (values.includes(false) ? false : open ? 'unread' : true);
      }),
    );
  });
});

describe('firstFailure', () => {
  const proven = (): Failure => fail('its ACL grants read to everyone');

  test('a proven reason wins over one that could not be read, in either order', () => {
    expect(firstFailure(unread, proven).status).toBe('FAIL');
    expect(firstFailure(proven, unread).status).toBe('FAIL');
  });

  test('nothing proven and one reason unread is not a pass', () => {
    expect(() => firstFailure(() => false, unread)).toThrow(Unread);
  });

  test('passes when every reason was read and none holds', () => {
    expect(
      firstFailure(
        () => false,
        () => undefined,
      ),
    ).toEqual({ status: 'PASS' });
  });

  test('a bug is not an unread facet', () => {
    const bug = (): never => {
      throw new TypeError('x is not a function');
    };
    expect(() => firstFailure(bug, proven)).toThrow(TypeError);
  });
});

test('matching keeps what it found beside what it could not decide', () => {
  const { found, undecided } = matching(new Listed<Truth>([true, 'unread', false, true], reason), (truth) => ask(truth)());
  expect(found).toHaveLength(2);
  expect(undecided?.reason.operation).toBe('s3:GetBucketAcl');
});
