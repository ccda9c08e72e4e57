import type { Mutant, Site } from './mutants.ts';

/** The name under which the running program asks whether it is changed here. */
export const SWITCH = '__mutation';

/** The file with all its mutants built in: each site asks {@link SWITCH} which of its variants is to run. */
export function instrument(code: string, mutants: readonly Mutant[]): string {
  const bySite = Map.groupBy(mutants, ({ site }) => `${site.start}-${site.end}-${site.kind}`);
  const sites = [...bySite.values()].flatMap((each) => (each[0] === undefined ? [] : [{ ...each[0].site, mutants: each }]));
  const outerFirst = sites.sort((one, other) => one.start - other.start || other.end - one.end || order(one) - order(other));
  return render(code, 0, code.length, outerFirst);
}

interface MutatedSite extends Site {
  readonly mutants: readonly Mutant[];
}

/** Where two sites have one range, the statements of a case stand around the only one of them, and that around its expression. */
function order({ kind }: Site): number {
  return ['case', 'block', 'expression'].indexOf(kind);
}

function render(code: string, start: number, end: number, sites: readonly MutatedSite[]): string {
  let text = '';
  let at = start;
  for (let index = 0; index < sites.length; ) {
    const site = sites[index];
    if (site === undefined) break;
    const within = sites.slice(index + 1).filter((other) => other.start < site.end);
    text += code.slice(at, site.start) + toSwitch(site, render(code, site.start, site.end, within));
    at = site.end;
    index += 1 + within.length;
  }
  return text + code.slice(at, end);
}

function toSwitch({ kind, mutants }: MutatedSite, original: string): string {
  const asked = mutants.map(({ id, text }) => ({ asks: `${SWITCH}.is(${id})`, text }));
  if (kind === 'expression') return `(${asked.map(({ asks, text }) => `${asks} ? (${text}) : `).join('')}(${original}))`;
  return `{ if (!${asked.map(({ asks }) => asks).join(' && !')}) ${kind === 'block' ? original : `{ ${original} }`} }`;
}
