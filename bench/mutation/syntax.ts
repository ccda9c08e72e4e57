import { parseAst } from 'vitest/node';

/** A node of a syntax tree, with where its text begins and ends. What else it has depends on its type. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

/** What is gone once the types are stripped. */
const TYPES_ONLY = new Set(['typeAnnotation', 'typeArguments', 'typeParameters', 'returnType', 'superTypeArguments']);
const TYPED_EXPRESSIONS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);
const WITHOUT_CODE = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'ImportExpression']);

/** The tree of a TypeScript file. */
export function toSyntax(code: string): SyntaxNode {
  const tree: unknown = parseAst(code, { lang: 'ts' });
  if (!isNode(tree)) throw new Error('this is no syntax tree');
  return tree;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}

/** The nodes directly below that are evaluated when the program runs: neither types nor the names of properties. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (WITHOUT_CODE.has(node.type)) return [];
  const isName = (name: string) => (name === 'key' || name === 'property') && node.computed !== true;
  return Object.entries(node)
    .filter(([name]) => !TYPES_ONLY.has(name) && !isName(name))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .filter(({ type }) => !type.startsWith('TS') || TYPED_EXPRESSIONS.has(type));
}
