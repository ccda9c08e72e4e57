import fc from 'fast-check';

/** A condition or what joins them, as it was generated: no parser has seen it. */
export type Node =
  | { readonly join: '&&' | '||'; readonly of: readonly Node[] }
  | { readonly path: string; readonly compare: string; readonly value: string };

/** What AWS may make of `!=` where there is nothing. */
export type AbsentDiffers = boolean;

const PATHS = ['$.p', '$.q', '$.r', '$.r.s'];
const TEXTS = ['a', 'b', 'ab', '"ba"', '"a b"', 'a*', '*b', '*a*', '"*ab"', '"b*"', '*', 'a*b', '7', '2'];
const REGEXES = ['%^a%', '%b$%', '%a+c%', '%[ab]c%', '%a.c%', '%^ab|c$%', '%b{2}%', '%^a?b$%', '%[^a]$%', '%\\d%', '%^b*$%'];

const condition: fc.Arbitrary<Node> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ path: fc.constantFrom(...PATHS), compare: fc.constantFrom('=', '!='), value: fc.constantFrom(...TEXTS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ path: fc.constantFrom(...PATHS), compare: fc.constantFrom('=', '!='), value: fc.constantFrom(...REGEXES) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      path: fc.constantFrom(...PATHS),
      compare: fc.constantFrom('<', '<=', '>', '>='),
      value: fc.constantFrom('2', '7', '-1', '2.5', '1e1'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      path: fc.constantFrom(...PATHS),
      compare: fc.constantFrom('NOT EXISTS', 'IS NULL', 'IS TRUE', 'IS FALSE'),
      value: fc.constant(''),
    }),
  },
);

/** Patterns of a few conditions. */
export const node: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 2 },
    condition,
    fc.record({ join: fc.constantFrom('&&', '||'), of: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }),
  ),
})).node;

/** As people write it; parentheses only where they are needed if `few`. */
export function written(root: Node, few: boolean): string {
  return `{ ${inner(root, few)} }`;
}

function inner(root: Node, few: boolean): string {
  if (!('join' in root)) return [root.path, root.compare, root.value].join(' ').trim();
  const parts = root.of.map((part) => {
    const text = inner(part, few);
    const isNeeded = 'join' in part && root.join === '&&' && part.join === '||';
    return isNeeded || !few ? `(${text})` : text;
  });
  return parts.join(` ${root.join} `);
}

/** Whether an event matches, by the words of the documentation. */
export function matches(root: Node, event: unknown, absentDiffers: AbsentDiffers): boolean {
  if ('join' in root) {
    const answers = root.of.map((part) => matches(part, event, absentDiffers));
    return root.join === '&&' ? !answers.includes(false) : answers.includes(true);
  }
  const found = root.path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined),
      event,
    );
  return holds(root.compare, root.value, found, absentDiffers);
}

function holds(compare: string, value: string, found: unknown, absentDiffers: AbsentDiffers): boolean {
  const keyword = KEYWORDS[compare];
  if (keyword) return keyword(found);
  if (typeof found === 'boolean' || (typeof found === 'object' && found !== null)) return false;
  if (found === undefined || found === null) return compare === '!=' && absentDiffers;
  if (compare === '=') return isSame(value, found);
  if (compare === '!=') return !isSame(value, found);
  return typeof found === 'number' && isOrdered(compare, found - Number(value));
}

const KEYWORDS: Readonly<Record<string, (found: unknown) => boolean>> = {
  'NOT EXISTS': (found) => found === undefined,
  'IS NULL': (found) => found === null,
  'IS TRUE': (found) => found === true,
  'IS FALSE': (found) => found === false,
};

function isSame(value: string, found: unknown): boolean {
  const isNumber = /^-?[\d.]+(e\d+)?$/.test(value);
  return isNumber && typeof found === 'number' ? found === Number(value) : isLike(value, found);
}

function isOrdered(compare: string, difference: number): boolean {
  return (compare.endsWith('=') && difference === 0) || (compare.startsWith('<') ? difference < 0 : difference > 0);
}

function isLike(value: string, found: unknown): boolean {
  if (typeof found === 'number') return value === '*';
  if (value.startsWith('%')) return new RegExp(value.slice(1, -1), 's').test(String(found));
  const plain = value.replace(/^"(.*)"$/, '$1');
  const [, before, text = '', after] = /^(\*?)(.*?)(\*?)$/s.exec(plain) ?? [];
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${before ? '.*' : ''}${escaped}${after ? '.*' : ''}$`, 's').test(String(found));
}

/** Every text of up to six letters, of up to four with a digit among them, and some others; numbers, flags, null, nothing. */
const LEAVES: readonly unknown[] = [
  ...textsOf(6, ['a', 'b', 'c']),
  ...textsOf(4, ['a', 'b', 'c', '7']).filter((text) => text.includes('7')),
  ...['a b', '2', 'a*b', 'aa*b', 'x'],
  ...[-2, -1, 0, 2, 2.25, 2.5, 3, 7, 8, 10, 11],
  ...[true, false, null, undefined],
];

function textsOf(length: number, letters: readonly string[]): readonly string[] {
  const shorter = length === 0 ? [] : textsOf(length - 1, letters);
  if (length === 0) return [''];
  return [...shorter, ...shorter.filter((text) => text.length === length - 1).flatMap((text) => letters.map((letter) => text + letter))];
}

function conditionsOf(root: Node): readonly Extract<Node, { path: string }>[] {
  return 'join' in root ? root.of.flatMap(conditionsOf) : [root];
}

const asked = new Map<string, readonly string[]>();

/** What a condition says of each leaf, in both readings. */
function answers({ compare, value }: Extract<Node, { path: string }>): readonly string[] {
  const key = `${compare} ${value}`;
  const known = asked.get(key) ?? LEAVES.map((leaf) => `${holds(compare, value, leaf, true)} ${holds(compare, value, leaf, false)}`);
  asked.set(key, known);
  return known;
}

/** Leaves of which no two are alike to the conditions on a path. */
function leavesAt(path: string, roots: readonly Node[]): readonly unknown[] {
  const conditions = roots.flatMap(conditionsOf).filter((each) => each.path === path);
  const said = conditions.map(answers);
  return [...new Map(LEAVES.map((leaf, index) => [said.map((each) => each[index]).join(), leaf])).values()];
}

/** Events of which there is one for each way in which these patterns can tell events apart. */
export function events(roots: readonly Node[]): readonly object[] {
  const object = [...leavesAt('$.r.s', roots).map((s) => (s === undefined ? {} : { s })), {}];
  const r = [...leavesAt('$.r', roots), ...object];
  const with_ = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value });
  const qs = [...leavesAt('$.q', roots), {}];
  return [...leavesAt('$.p', roots), {}].flatMap((p) =>
    qs.flatMap((q) => r.map((each) => ({ ...with_('p', p), ...with_('q', q), ...with_('r', each) }))),
  );
}
