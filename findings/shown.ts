/** How many entries of a list a mail shows. */
export const LONGEST_SHOWN = 30;

/** How many entries are left out, as a line of its own. */
export function toMore(count: number): string[] {
  return count > 0 ? [`  and ${count} more`] : [];
}
