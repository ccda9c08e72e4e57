import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { SEVERITIES } from '../checks/check.ts';
import type { Report } from '../findings/exports/report.ts';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';

const exception = z.object({ owner: z.string(), reason: z.string(), expires: z.string(), ticket: z.string() });
const unread = z.object({ cause: z.string(), operation: z.string(), permissions: z.array(z.string()) });

/** What is read of a saved scan: more may stand there. */
const saved = z.object({
  schemaVersion: z.literal(1),
  run: z.object({
    ...{ id: z.string(), accountId: z.string(), partition: z.string(), startedAt: z.string(), finishedAt: z.string() },
    ...{ regions: z.array(z.string()), checks: z.array(z.string()) },
  }),
  coverage: z.object({ evaluations: z.int().min(0) }),
  findings: z.array(
    z.object({
      id: z.string(),
      checkId: z.string(),
      status: z.enum(['PASS', 'FAIL', 'UNKNOWN', 'NOT_APPLICABLE']),
      open: z.boolean(),
      severity: z.enum(SEVERITIES),
      reason: z.string().nullable(),
      evidence: z.record(z.string(), z.unknown()),
      unread: unread.nullable(),
      resource: z.object({
        ...{ type: z.string(), arn: z.string(), id: z.string(), accountId: z.string(), region: z.string() },
        tags: z.record(z.string(), z.string()),
      }),
      firstSeenAt: z.string().nullable(),
      openedAt: z.string().nullable(),
      lastSeenAt: z.string().nullable(),
      reopened: z.int().min(0),
      exception: exception.nullish().transform((value) => value ?? null),
    }),
  ),
});

/**
 * A scan that was kept in a file, with what passed: `posture scan --all --format json`.
 * @throws Complaint when the file cannot be read, is no such scan, or holds only what failed
 */
export function readSavedScan({ cwd }: Pick<Io, 'cwd'>, file: string): Pick<Report, 'run' | 'findings'> {
  const { data, error } = saved.safeParse(jsonIn(resolve(cwd, file), file));
  if (error) {
    const [issue] = error.issues;
    const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
    throw new Complaint(EXIT.usage, `${file} is not what "posture scan --all --format json" writes: ${where}${issue?.message ?? ''}`);
  }
  const isWell = ({ status }: { readonly status: string }): boolean => status === 'PASS' || status === 'NOT_APPLICABLE';
  if (data.coverage.evaluations > data.findings.length && !data.findings.some(isWell))
    throw new Complaint(EXIT.usage, `${file} holds only what did not pass; make it anew with "posture scan --all --format json"`);
  return data;
}

function jsonIn(path: string, file: string): unknown {
  const text = textIn(path, file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Complaint(EXIT.usage, `${file} is not JSON; make it with "posture scan --all --format json --output ${file}"`, { cause });
  }
}

function textIn(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Complaint(EXIT.usage, `cannot read ${file} (${why}); name a scan that was saved with --from`, { cause });
  }
}
