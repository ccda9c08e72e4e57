import * as z from 'zod';
import { INVOICES } from './buckets.ts';
import { MIRA } from './changes.ts';
import type { Received } from './mailbox.ts';

/** One line per finding that moved: `opened CRITICAL s3-bucket-public-read-absent brightcart-invoices`. */
export type Drift = readonly string[];

/**
 * What the afternoon comes to. A public bucket is two facts: that everybody reads it, and that its block is off. Port 8080 was open in the staging group
 * before, so that its finding stays the same one and only says more now. The device that mira adds is one whose codes can be phished.
 */
export function expectedDrift(stagingGroupId: string): Drift {
  return [
    `opened CRITICAL s3-bucket-public-read-absent ${INVOICES}`,
    `opened HIGH ec2-security-group-admin-ports-closed ${stagingGroupId}`,
    `opened MEDIUM s3-bucket-public-access-blocked ${INVOICES}`,
    `opened LOW iam-user-mfa-phishing-resistant ${MIRA}`,
    `resolved HIGH iam-user-console-mfa-enabled ${MIRA}`,
    `changed MEDIUM ec2-security-group-ports-closed ${stagingGroupId}`,
  ];
}

/** Severity and event of each message that the afternoon is worth, and of the one that the first audit is worth. */
export const FIRST_MESSAGES: readonly string[] = ['CRITICAL baseline'];
export const SECOND_MESSAGES: readonly string[] = ['CRITICAL opened', 'HIGH opened', 'HIGH resolved', 'MEDIUM digest'];

const Kept = z.object({ checkId: z.string(), severity: z.string(), resource: z.object({ id: z.string() }) });
const Diff = z.object({ opened: z.array(Kept), resolved: z.array(Kept), changed: z.array(z.object({ finding: Kept })) });

/** Reads what `posture diff --format json` says. */
export function toDrift(json: string): Drift {
  const { opened, resolved, changed } = Diff.parse(JSON.parse(json));
  const line = (kind: string) => (kept: z.infer<typeof Kept>) => `${kind} ${kept.severity} ${kept.checkId} ${kept.resource.id}`;
  return [...opened.map(line('opened')), ...resolved.map(line('resolved')), ...changed.map(({ finding }) => line('changed')(finding))];
}

export function toOutline(messages: readonly Received[]): readonly string[] {
  return messages.map(({ attributes: { severity, event } }) => `${severity} ${event}`);
}

/** @throws Error that names what is missing and what is too much, in one line */
export function assertSame(what: string, actual: readonly string[], expected: readonly string[]): void {
  const missing = expected.filter((line) => !actual.includes(line));
  const surplus = actual.filter((line) => !expected.includes(line));
  if (missing.length === 0 && surplus.length === 0 && actual.length === expected.length) return;
  const parts = [
    ...(missing.length > 0 ? [`missing: ${missing.join('; ')}`] : []),
    ...(surplus.length > 0 ? [`too much: ${surplus.join('; ')}`] : []),
    ...(missing.length === 0 && surplus.length === 0 ? [`${actual.length} in place of ${expected.length}`] : []),
  ];
  throw new Error(`${what} did not come out as told (${parts.join(' | ')})`);
}
