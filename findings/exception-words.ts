import type { ExceptionTerms } from './exception.ts';
import type { HistoryEntry } from './finding.ts';
import { toInert, wrap } from './inert.ts';

/** `by web@example.com until 2026-12-31 (OPS-1): why`; what people wrote is made harmless. */
export function toExceptedBy({ owner, expires, ticket, reason }: ExceptionTerms): string {
  return `by ${toInert(owner, 128)} until ${expires} (${toInert(ticket, 256)}): ${toInert(reason, 500)}`;
}

/** What a step has to do with an exception, in a phrase; `undefined` when nothing, or when it is no longer kept. */
export function exceptionWords({ kind, exception }: HistoryEntry): string | undefined {
  if (!exception) return undefined;
  return kind === 'lapsed' ? `no longer excepted ${toExceptedBy(exception)}` : `excepted ${toExceptedBy(exception)}`;
}

/** The exception that a step began or ended, for a message. */
export function exceptionLines(step: HistoryEntry): string[] {
  const { kind, exception } = step;
  if (!exception) return [];
  return wrap(toExceptedBy(exception), kind === 'lapsed' ? 'Excepted until now: ' : 'Excepted: ', '  ');
}
