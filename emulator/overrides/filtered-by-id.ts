import { type Exchange, edited } from '../exchange.ts';
import { type Filter, filtersOf } from '../request.ts';
import type { Answer } from '../wire/serialize.ts';
import { at, type Element, textAt } from '../wire/xml.ts';
import { passesAll } from './filters.ts';

/** Where the ids stand in an answer: the filter for them, the list, and the member of its elements. */
interface ById {
  readonly filter: string;
  readonly list: string;
  readonly id: string;
}

/** Answers a listing whose filter for ids moto does not know: moto is asked without it. What it says may be corrected before it is filtered. */
export async function filteredById(exchange: Exchange, { filter, list, id }: ById, correct?: (root: Element) => void): Promise<Answer> {
  const { form } = exchange.request;
  const filters = filtersOf(form);
  const byId = filters.filter(({ name }) => name === filter);
  if (byId.length === 0) return correct ? edited(exchange, correct) : exchange.askMoto();
  const others = filters.filter((one) => !byId.includes(one));
  return edited(
    exchange,
    (root) => {
      correct?.(root);
      const found = at(root, list);
      if (found) found.children = found.children.filter((element) => passesAll(byId, () => textAt(element, id)));
    },
    { body: withFilters(form, others).toString() },
  );
}

function withFilters(form: URLSearchParams, filters: readonly Filter[]): URLSearchParams {
  const rest = new URLSearchParams([...form].filter(([key]) => !key.startsWith('Filter.')));
  for (const [index, { name, values }] of filters.entries()) {
    rest.set(`Filter.${index + 1}.Name`, name);
    for (const [position, value] of values.entries()) rest.set(`Filter.${index + 1}.Value.${position + 1}`, value);
  }
  return rest;
}
