import { type Change, changesOf } from './changes.ts';
import { childrenOf, type SyntaxNode, toSyntax } from './syntax.ts';

/** One small change of one file of the product, which a test should notice. */
export interface Mutant {
  /** Its number among all mutants. */
  readonly id: number;
  readonly file: string;
  readonly line: number;
  readonly operator: Change['operator'];
  /** The text that the change replaces, and what by. */
  readonly original: string;
  readonly replacement: string;
  /** The expression or block at which the program asks whether it is changed: an optional chain can only be replaced whole. */
  readonly site: Site;
  /** The site's text once changed. */
  readonly text: string;
}

export interface Site {
  readonly start: number;
  readonly end: number;
  readonly kind: 'expression' | 'block' | 'case';
}

/** All mutants of a file, in the order of its text, numbered from `firstId` on. */
export function toMutants(file: string, code: string, firstId: number): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const visit = (node: SyntaxNode, chain: SyntaxNode | undefined): void => {
    for (const change of changesOf(node, code)) mutants.push(toMutant(file, code, firstId + mutants.length, change, chain));
    for (const child of childrenOf(node)) visit(child, chainOf(child, node, chain));
  };
  visit(toSyntax(code), undefined);
  return mutants;
}

/** The optional chain of which a node is a link; an argument of a call within the chain is none. */
function chainOf(child: SyntaxNode, parent: SyntaxNode, chain: SyntaxNode | undefined): SyntaxNode | undefined {
  if (child.type === 'ChainExpression') return child;
  const isLink =
    parent.type === 'ChainExpression' || parent.object === child || parent.callee === child || parent.type === 'TSNonNullExpression';
  return isLink ? chain : undefined;
}

function toMutant(file: string, code: string, id: number, change: Change, chain: SyntaxNode | undefined): Mutant {
  const { node, start, end, replacement, operator, kind } = change;
  const { start: from, end: to } = chain ?? node;
  return {
    id,
    file,
    operator,
    line: code.slice(0, start).split('\n').length,
    original: code.slice(start, end),
    replacement,
    site: { start: from, end: to, kind },
    text: code.slice(from, start) + replacement + code.slice(end, to),
  };
}
