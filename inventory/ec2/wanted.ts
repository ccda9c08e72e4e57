/** Values that one filter may have (Amazon EC2 User Guide, "Filtering considerations"). */
export const FILTER_VALUES = 200;

/**
 * What services run for the account (EKS Auto Mode, Lambda and ECS managed instances) is listed too where the account has it hidden: hidden or not, it runs, and
 * the internet may reach it (Amazon EC2 API Reference, "ModifyManagedResourceVisibility").
 */
export const EVEN_HIDDEN = { IncludeManagedResources: true } as const;

/** What a listing is asked for: everything, or what one filter lets through, with at most 200 values. */
export type Wanted = 'all' | { readonly filter: string; readonly values: readonly string[] };

/** The part of a request that says so. Asked by filter, never by a list of ids: one id that is gone would fail the whole call (`Invalid….NotFound`). */
export function toFilters(wanted: Wanted): { Filters?: { Name: string; Values: string[] }[] } {
  return wanted === 'all' ? {} : { Filters: [{ Name: wanted.filter, Values: [...wanted.values] }] };
}
