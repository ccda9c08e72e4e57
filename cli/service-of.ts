import type { AnyCheck } from '../checks/check.ts';

/** The service is the first part of a check's id. */
export function serviceOf({ id }: AnyCheck): string {
  return id.split('-')[0] ?? id;
}
