import { isNode, type SyntaxNode } from './syntax.ts';

/** A change that turns right code into wrong code. The kinds are those of the usual mutation testing tools. */
export interface Change {
  readonly operator:
    | 'array'
    | 'arithmetic'
    | 'assignment'
    | 'block'
    | 'boolean'
    | 'case'
    | 'chain'
    | 'condition'
    | 'equality'
    | 'function'
    | 'logic'
    | 'method'
    | 'object'
    | 'regex'
    | 'unary'
    | 'update';
  readonly node: SyntaxNode;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly kind: 'expression' | 'block' | 'case';
}

const EQUALITY: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
};
const LOGIC: Readonly<Record<string, string>> = { '&&': '||', '||': '&&', '??': '&&' };
const ARITHMETIC: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '<<': '>>',
  '>>': '<<',
  '&': '|',
  '|': '&',
};
const ASSIGNMENT: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '??=': '&&=',
  '||=': '&&=',
  '&&=': '||=',
};
/** A method, and the one to call in its place; or '' for what it is called on, unchanged. */
const METHOD: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  toLowerCase: 'toUpperCase',
  toUpperCase: 'toLowerCase',
  min: 'max',
  max: 'min',
  trimStart: 'trimEnd',
  trimEnd: 'trimStart',
  trim: '',
  filter: '',
  slice: '',
  sort: '',
  reverse: '',
  toSorted: '',
  toReversed: '',
};
const UNDIVIDED = new Set([
  'Identifier',
  'Literal',
  'MemberExpression',
  'CallExpression',
  'ChainExpression',
  'TemplateLiteral',
  'ArrayExpression',
  'NewExpression',
]);
const TESTED = new Set(['IfStatement', 'ConditionalExpression']);
const LOOPS = new Set(['WhileStatement', 'ForStatement', 'DoWhileStatement']);

/**
 * What may be changed of a node itself. Text is left as it is: nearly all of it is wording (reasons, remedies, lines of a message), for which a test
 * would only say the same words again; where text decides, it is compared, and the comparison is changed.
 */
export function changesOf(node: SyntaxNode, code: string): readonly Change[] {
  return [...ofCondition(node), ...ofOperator(node, code), ...ofValue(node, code), ...ofCall(node, code), ...ofBlock(node)];
}

function whole(operator: Change['operator'], node: SyntaxNode, ...replacements: readonly string[]): readonly Change[] {
  return replacements.map((replacement) => ({ operator, node, start: node.start, end: node.end, replacement, kind: 'expression' }));
}

function ofCondition(node: SyntaxNode): readonly Change[] {
  const { test } = node;
  const isDecided = (one: SyntaxNode) =>
    one.operator === '&&' || one.operator === '||' || (typeof one.operator === 'string' && one.operator in EQUALITY);
  if (isDecided(node)) return whole('condition', node, 'true', 'false');
  if (!isNode(test) || test.type === 'Literal') return [];
  if (LOOPS.has(node.type)) return isDecided(test) ? [] : whole('condition', test, 'false');
  return TESTED.has(node.type) && !isDecided(test) ? whole('condition', test, 'true', 'false') : [];
}

function ofOperator(node: SyntaxNode, code: string): readonly Change[] {
  const { left, right, argument, operator } = node;
  if (typeof operator !== 'string') return [];
  if (isNode(argument)) return ofUnary(node, operator, code.slice(argument.start, argument.end));
  if (!isNode(left) || !isNode(right)) return [];
  const [kind, others] = otherOperators(node.type, operator);
  const isText = [left, right].some((side) => side.type === 'TemplateLiteral' || typeof side.value === 'string');
  if (isText && (kind === 'arithmetic' || kind === 'assignment')) return [];
  return whole(kind, node, ...others.map((other) => `${toOperand(left, code)} ${other} ${toOperand(right, code)}`));
}

function otherOperators(type: string, operator: string): readonly [Change['operator'], readonly string[]] {
  const other = ({ [operator]: one }: Readonly<Record<string, string>>) => (one === undefined ? [] : [one]);
  if (type === 'LogicalExpression') return ['logic', other(LOGIC)];
  if (type === 'AssignmentExpression') return ['assignment', other(ASSIGNMENT)];
  return operator in EQUALITY ? ['equality', EQUALITY[operator] ?? []] : ['arithmetic', other(ARITHMETIC)];
}

function ofUnary(node: SyntaxNode, operator: string, operand: string): readonly Change[] {
  if (operator === '!') return whole('boolean', node, operand);
  if (operator === '-') return whole('unary', node, operand);
  if (node.type !== 'UpdateExpression') return [];
  return whole('update', node, operator === '++' ? `${operand}--` : `${operand}++`);
}

/** The text of a side of an operator, in parentheses unless it needs none beside any: those in the source belong to no node. */
function toOperand(side: SyntaxNode, code: string): string {
  const text = code.slice(side.start, side.end);
  return UNDIVIDED.has(side.type) ? text : `(${text})`;
}

function ofValue(node: SyntaxNode, code: string): readonly Change[] {
  const { value, regex, elements, properties } = node;
  if (node.type === 'Literal' && typeof value === 'boolean') return whole('boolean', node, String(!value));
  if (node.type === 'Literal' && regex !== undefined && regex !== null)
    return whole('regex', node, ...otherPatterns(code.slice(node.start, node.end)));
  if (node.type === 'ArrayExpression' && Array.isArray(elements) && elements.length > 0) return whole('array', node, '[]');
  return node.type === 'ObjectExpression' && Array.isArray(properties) && properties.length > 0 ? whole('object', node, '{}') : [];
}

/** The pattern with an anchor less, or with a class of characters turned into its opposite. */
function otherPatterns(pattern: string): readonly string[] {
  const others = [
    pattern.replace(/^\/\^/, '/'),
    pattern.replace(/\$\/([a-z]*)$/, '/$1'),
    pattern.replace(/(?<!\\)\[(\^?)/, (_, negated: string) => (negated === '' ? '[^' : '[')),
    pattern.replace(/\\([dws])/, (_, name: string) => `\\${name.toUpperCase()}`),
  ];
  return [...new Set(others)].filter((other) => other !== pattern && other !== '//');
}

function ofCall(node: SyntaxNode, code: string): readonly Change[] {
  const { callee, body, optional } = node;
  if (node.type === 'ArrowFunctionExpression' && isNode(body) && body.type !== 'BlockStatement')
    return whole('function', node, '() => undefined');
  if (optional === true) return ofOptional(node, code);
  return node.type === 'CallExpression' && isNode(callee) ? ofMethod(node, callee, code) : [];
}

function ofOptional(node: SyntaxNode, code: string): readonly Change[] {
  const before = node.callee ?? node.object;
  if (!isNode(before)) return [];
  const start = code.indexOf('?.', before.end);
  const replacement = node.type === 'CallExpression' || node.computed === true ? '' : '.';
  return [{ operator: 'chain', node, start, end: start + 2, replacement, kind: 'expression' }];
}

function ofMethod(call: SyntaxNode, { property, computed, optional }: SyntaxNode, code: string): readonly Change[] {
  if (!isNode(property) || computed === true || typeof property.name !== 'string' || !Object.hasOwn(METHOD, property.name)) return [];
  const replacement = METHOD[property.name] ?? '';
  const [start, end] =
    replacement === '' ? [code.lastIndexOf(optional === true ? '?.' : '.', property.start), call.end] : [property.start, property.end];
  return [{ operator: 'method', node: call, start, end, replacement, kind: 'expression' }];
}

function ofBlock(node: SyntaxNode): readonly Change[] {
  const { body, consequent } = node;
  if (node.type === 'BlockStatement' && Array.isArray(body) && body.length > 0)
    return [{ operator: 'block', node, start: node.start, end: node.end, replacement: '{}', kind: 'block' }];
  if (node.type !== 'SwitchCase' || !Array.isArray(consequent)) return [];
  const statements = consequent.filter(isNode);
  const [first, last] = [statements[0], statements.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { start, end } = { start: first.start, end: last.end };
  return [{ operator: 'case', node: { type: 'Statements', start, end }, start, end, replacement: '', kind: 'case' }];
}
