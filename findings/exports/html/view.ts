import { SEVERITIES, type Severity } from '../../../checks/check.ts';
import { AGES, type Age } from './age.ts';
import { STANDINGS, type Standing } from './standing.ts';

export const SORT_KEYS = ['severity', 'check', 'resource', 'account', 'region', 'since', 'status'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** What the page shows: its filters (nothing chosen is everything), order, page and opened finding. It is all that stands in the address. */
export interface View {
  readonly severities: readonly Severity[];
  readonly standings: readonly Standing[];
  readonly service: string;
  readonly check: string;
  readonly account: string;
  readonly region: string;
  readonly owner: string;
  readonly age: Age | '';
  readonly text: string;
  readonly sort: SortKey;
  readonly reversed: boolean;
  /** From 1. */
  readonly page: number;
  /** Id of the finding whose details are open, or empty. */
  readonly finding: string;
}

/** Of the fragment of an address, whoever wrote it: what it cannot mean is left out. */
export function toView(hash: string): View {
  const written = new URLSearchParams(hash.replace(/^#/, ''));
  const sort = written.get('sort') ?? '';
  const page = Number(written.get('page'));
  const several = (name: string) => (written.get(name) ?? '').split(',');
  return {
    severities: SEVERITIES.filter((severity) => several('severity').includes(severity)),
    standings: STANDINGS.filter((standing) => several('status').includes(standing)),
    service: written.get('service') ?? '',
    check: written.get('check') ?? '',
    account: written.get('account') ?? '',
    region: written.get('region') ?? '',
    owner: written.get('owner') ?? '',
    age: AGES.find(({ key }) => key === written.get('age'))?.key ?? '',
    text: written.get('text') ?? '',
    sort: SORT_KEYS.find((key) => key === sort.replace(/^-/, '')) ?? 'severity',
    reversed: sort.startsWith('-'),
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
    finding: written.get('finding') ?? '',
  };
}

/** Without what is as it is by default; empty for the first view. */
export function toHash(view: View): string {
  const { severities, standings, sort, reversed, page, ...rest } = view;
  const order = `${reversed ? '-' : ''}${sort}`;
  const written = {
    severity: severities.join(','),
    status: standings.join(','),
    ...rest,
    sort: order === 'severity' ? '' : order,
    page: page > 1 ? String(page) : '',
  };
  const entries = Object.entries(written).filter(([, value]) => value !== '');
  return entries.length === 0 ? '' : `#${new URLSearchParams(entries)}`;
}
