import type { AuditStore } from '../../findings/audit-store.ts';
import type { Job } from '../../findings/job.ts';
import type { Message } from '../../findings/message.ts';
import { planAudit, toRunId } from '../../findings/plan-audit.ts';
import type { ReactionStore } from '../../findings/reaction-store.ts';
import { runJob } from '../../findings/run-job.ts';
import type { FindingStore } from '../../findings/store.ts';
import { type Summary, summarizeAudit } from '../../findings/summarize.ts';
import { Unread } from '../../inventory/facet.ts';
import type { Session } from '../../inventory/session.ts';
import { testSession } from '../inventory/session.ts';
import { type FakeType, fakeChecks, fakeSources, REGION, refused, type Thing, TYPES } from './fake-scope.ts';
import { memoryReactionStore } from './memory-reaction-store.ts';
import { at, collect } from './samples.ts';

const [GROUP, ACL] = TYPES;

/** What an account is like during one audit. It has the scopes `global`, in which there is nothing, and `eu-west-1`. */
export interface Member {
  readonly things?: readonly Thing[];
  /** Types whose listing is refused after what is there. */
  readonly broken?: readonly FakeType[];
  /** Whom the role lets in: nobody, or only the plan. */
  readonly closed?: 'always' | 'after the plan';
  /** Regions whose scan is not let in. */
  readonly closedIn?: readonly string[];
  /** Regions whose scan dies. */
  readonly dies?: readonly string[];
}

export type Members = Readonly<Record<string, Member>>;

/** Security groups that fail as HIGH, and network ACLs that fail as LOW. */
export const open = (id: string): Thing => ({ type: GROUP, id, status: 'FAIL' });
export const shut = (id: string): Thing => ({ type: GROUP, id, status: 'PASS' });
export const minor = (id: string): Thing => ({ type: ACL, id, status: 'FAIL' });
export const minorShut = (id: string): Thing => ({ type: ACL, id, status: 'PASS' });

const checks = [...fakeChecks('HIGH').slice(0, 1), ...fakeChecks('LOW').slice(1)];

const executionOf = (hour: number) => ({ id: `arn:aws:states:eu-west-1:999999999999:execution:audit:${hour}`, startTime: at(hour) });

/** The id of the audit that begins at that hour. */
export function runIdAt(hour: number): string {
  const { id, startTime } = executionOf(hour);
  return toRunId(startTime, id);
}

export interface DeployedAudits {
  readonly store: FindingStore;
  readonly audits: AuditStore;
  readonly reactions: ReactionStore;
  /** What was told so far, in order. */
  readonly told: Message[];
  /** Plans an audit and scans, but does not sum up. */
  readonly scan: (hour: number, members: Members) => Promise<void>;
  /** So many minutes after the hour, 50 unless told. */
  readonly summarize: (hour: number, minute?: number) => Promise<Summary>;
  /** Both. Gives the subjects of what was told. */
  readonly audit: (hour: number, members: Members) => Promise<readonly string[]>;
}

/** Audits as they are deployed, with the real plan, scan and summary, of accounts that are given for each of them. */
export function deployedAudits(store: FindingStore, audits: AuditStore, reactions: ReactionStore = memoryReactionStore()): DeployedAudits {
  const told: Message[] = [];
  const scan = async (hour: number, members: Members): Promise<void> => {
    for (const job of await planJobs(store, audits, hour, members)) {
      if (!members[job.accountId]?.dies?.includes(job.region)) await scanJob(store, audits, hour, job, members);
    }
  };
  const summarize = async (hour: number, minute = 50): Promise<Summary> => {
    const summary = await summarizeAudit({
      ...{ runId: runIdAt(hour), store, audits, reactions, now: clockAt(hour, minute), tell: tellOnceIn(told) },
    });
    await audits.releaseTurn(executionOf(hour).id);
    return summary;
  };
  return {
    ...{ store, audits, reactions, told, scan, summarize },
    async audit(hour, members) {
      const before = told.length;
      await scan(hour, members);
      await summarize(hour);
      return told.slice(before).map(({ subject }) => subject);
    },
  };
}

/** Keeps what it is told, each message once. */
export function tellOnceIn(told: Message[]): (message: Message) => Promise<'published' | 'told before'> {
  return async (message) => {
    if (told.some(({ deduplicationId }) => deduplicationId === message.deduplicationId)) return 'told before';
    told.push(message);
    return 'published';
  };
}

async function planJobs(store: FindingStore, audits: AuditStore, hour: number, members: Members): Promise<readonly Job[]> {
  const jobs: Job[] = [];
  await planAudit({
    ...{ store, audits, exclude: [], wantedRegions: [REGION], concurrency: 2, bucket: 'jobs', now: clockAt(hour, 1) },
    execution: executionOf(hour),
    accounts: Object.keys(members).map((accountId) => ({ accountId, name: accountId, status: 'active' })),
    checkIds: checks.map(({ check }) => check.id),
    enter: async (accountId) => enter(accountId, members[accountId]?.closed === 'always'),
    planScopes: async ({ accountId }) => ({
      ...{ notEnabled: ['af-south-1'], leftOut: ['us-east-1'] },
      scopes: ['global', REGION].map((region) => ({ accountId, region })),
    }),
    isRunning: async () => false,
    writeJobs: async (_file, planned) => jobs.push(...(await collect(planned))),
  });
  return jobs;
}

async function scanJob(store: FindingStore, audits: AuditStore, hour: number, job: Job, members: Members): Promise<void> {
  const { things = [], broken = [], closed, closedIn } = members[job.accountId] ?? {};
  await runJob({
    ...{ job, store, audits, checks, now: clockAt(hour, 10), outOfTime: () => false },
    sources: fakeSources(() => ({ things, broken })),
    async enter() {
      const session = enter(job.accountId, closed !== undefined || closedIn?.includes(job.region) === true);
      if (broken.length > 0 && job.region === REGION) session.coverage.record(refused, REGION);
      return session;
    },
  });
}

function enter(accountId: string, isClosed: boolean): Session {
  const role = `arn:aws:iam::${accountId}:role/cloud-posture-audit`;
  const message = `sts:AssumeRole: AccessDenied: not authorized to perform: sts:AssumeRole on resource: ${role}`;
  if (isClosed) throw new Unread({ cause: 'denied', operation: 'sts:AssumeRole', permissions: ['sts:AssumeRole'], message });
  const session = testSession([REGION]);
  session.meter.count('ec2:DescribeThings');
  return { ...session, accountId };
}

/** A clock that begins some minutes after the hour, and goes on by a second each time that somebody looks at it. */
function clockAt(hour: number, minute: number): () => Date {
  let seconds = 0;
  return () => new Date(Date.parse(at(hour)) + minute * 60_000 + (seconds += 1) * 1_000);
}
