/** The service is the first part of a check's id: `activity` of all that judge events. */
export function serviceOf({ id }: { readonly id: string }): string {
  return id.split('-')[0] ?? id;
}
