import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExampleEvent } from '../../../checks/activity.ts';

/** An event in the form that CloudTrail gives it, and what is to be said of it. */
export interface CatalogueEntry {
  readonly about: string;
  readonly event: ExampleEvent;
  /** Severity and check, without `activity-`, of each check that tells it; those that count refusals and failed sign-ins are left out. */
  readonly told: readonly string[];
  /** As `told-touches.ts` writes them. */
  readonly touched: readonly string[];
}

/** Events of every family that is watched, one a line. */
export function catalogue(): readonly CatalogueEntry[] {
  const lines = readFileSync(join(import.meta.dirname, 'catalogue.ndjson'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}
