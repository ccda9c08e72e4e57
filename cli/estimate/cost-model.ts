import { PRICES, type Price, type PriceName, type Service } from './prices.ts';

/** What a deployment has to do in a month: everything that its cost depends on. */
export interface Load {
  readonly accounts: number;
  /** Accounts and regions, and one global scope an account: scanned once an audit each. */
  readonly scopes: number;
  readonly auditsPerDay: number;
  /** Of one audit of all accounts, retries included. */
  readonly callsPerAudit: number;
  /** Seconds that all scans of one audit run, one after the other. */
  readonly scanSecondsPerAudit: number;
  /** Findings that are kept, open and resolved. */
  readonly findings: number;
  /** Findings that open, close or change in a day. */
  readonly changesPerDay: number;
  /** Events of CloudTrail in a day that a rule sends to the hub, besides those of the audits themselves. */
  readonly eventsPerDay: number;
  /** Addresses that are subscribed. */
  readonly emails: number;
  readonly posts: number;
  readonly logRetentionDays: number;
}

/** One item of the bill. */
export interface CostLine {
  readonly service: Service;
  readonly price: PriceName;
  readonly unit: string;
  /** In a month. */
  readonly units: number;
  /** Without any allowance. */
  readonly usd: number;
  /** Less what CloudWatch, and less what every service, leaves free for good. */
  readonly usdLessCloudWatch: number;
  readonly usdLessAllowances: number;
  readonly because: string;
}

/** What other services charge because of us, if they are on. */
export interface HiddenCost {
  readonly price: PriceName;
  readonly units: number;
  readonly usd: number;
  readonly when: string;
}

export interface Cost {
  readonly auditsPerMonth: number;
  readonly callsPerMonth: number;
  readonly lines: readonly CostLine[];
  readonly usd: number;
  readonly usdLessCloudWatch: number;
  readonly usdLessAllowances: number;
  readonly hidden: readonly HiddenCost[];
}

export const DAYS_PER_MONTH = 365.25 / 12;
const KB_PER_GB = 1_000_000;

/** What the deployment is made of and what its parts do: the facts behind the counts. Sizes are rounded up. */
export const DEPLOYMENT = {
  scanGb: 1,
  planGb: 0.5,
  summarizeGb: 1,
  notifyGb: 0.25,
  reactGb: 1,
  /** To enter an account, read what was touched and keep it: of the first look, and of the second a minute later. */
  secondsPerEvent: 1.5,
  /** Events that need looks of their own; the others come in bursts that share them, or touch nothing. */
  lookShare: 0.7,
  /** The mark of each look, and what was done. */
  writesPerEvent: 3,
  readsPerEvent: 4,
  /** Sent, received and deleted, and so for the second look. */
  queueRequestsPerEvent: 6,
  callsPerEvent: 4,
  /** Of the machine itself; each child that its map starts is one more. */
  transitionsPerAudit: 6,
  /** Express executions are billed by 64 MB. */
  childGb: 0.0625,
  /** A scope record is up to 2 KB. */
  writesPerScope: 2,
  /** A run record when it begins and when it ends, in the table and in its index, and the posture of the day. */
  writesPerAccount: 9,
  /** The turn, the audit, the digest's receipt; an audit record grows with its accounts. */
  writesPerAudit: 8,
  /** The finding with its indexes, again when it is announced, and its receipt. */
  writesPerChange: 25,
  /** Record and bookmark of a scope, an empty list of findings, and the record again at the end. */
  readsPerScope: 4,
  /** A finding of 2.5 KB, from an index, by the scan and at the end. */
  readsPerFinding: 0.625,
  kbPerFinding: 2.5,
  /** In the table, in the index of its state, and for some in a third. */
  copies: 3,
  kbPerRun: 4,
  runDays: 400,
  putsPerAudit: 12,
  getsPerAudit: 6,
  /** Of a scan: what Lambda says of each invocation, and our line. */
  logKbPerScan: 3,
  logKbPerAudit: 20,
  metrics: 10,
  /** Ten alarms, of which two watch several metrics. */
  alarmMetrics: 14,
  dashboards: 1,
  keys: 1,
  /** The table's key is kept for five minutes by each who reads. */
  keyRequestsPerAudit: 40,
  keyRequestsPerMessage: 2,
  /** Of the changes, those that are told at once. */
  urgentShare: 0.4,
  kbPerTrailEvent: 1.5,
} as const;

/** Prices a month of a deployment. Pure. */
export function toCost(load: Load): Cost {
  const audits = load.auditsPerDay * DAYS_PER_MONTH;
  const counted = [...computing(load, audits), ...keeping(load, audits), ...telling(load, audits), ...watching(load, audits)];
  const lines = counted.map(([name, units, because]) => toLine(name, units, because));
  const calls = load.callsPerAudit * audits;
  return {
    auditsPerMonth: audits,
    callsPerMonth: calls,
    lines,
    usd: sum(lines.map(({ usd }) => usd)),
    usdLessCloudWatch: sum(lines.map(({ usdLessCloudWatch }) => usdLessCloudWatch)),
    usdLessAllowances: sum(lines.map(({ usdLessAllowances }) => usdLessAllowances)),
    // A scan enters its account once: an event there, and one in the hub's account. So does a reaction.
    hidden: hiddenCosts(calls + 2 * load.scopes * audits + load.eventsPerDay * DAYS_PER_MONTH * (DEPLOYMENT.callsPerEvent + 2)),
  };
}

type Counted = readonly [name: PriceName, units: number, because: string];

function computing(load: Load, audits: number): readonly Counted[] {
  const { accounts, scopes, scanSecondsPerAudit, changesPerDay } = load;
  const scans = scopes * audits;
  const { events, looks } = reactions(load, audits);
  const messages = changesPerDay * DAYS_PER_MONTH;
  const ends = audits * ((5 + accounts * 0.3) * DEPLOYMENT.planGb + (5 + accounts * 0.2) * DEPLOYMENT.summarizeGb);
  const reacting = (looks * DEPLOYMENT.secondsPerEvent + events * 0.1) * DEPLOYMENT.reactGb;
  const compute = audits * scanSecondsPerAudit * DEPLOYMENT.scanGb + reacting + ends + 2 * messages * DEPLOYMENT.notifyGb;
  return [
    ['lambdaCompute', compute, 'scans of 1,024 MB, one for each scope and audit; reactions, plan, summarize, notify and confirm'],
    ['lambdaRequests', scans + events + looks + 2 * audits + 2 * messages, 'one for each scan, two for each event, audit and change'],
    [
      'transitions',
      audits * (scopes + DEPLOYMENT.transitionsPerAudit),
      `one for each scope, ${DEPLOYMENT.transitionsPerAudit} for each audit`,
    ],
    ['expressRequests', scans, 'one for each scope and audit'],
    ['expressDuration', audits * (scanSecondsPerAudit + scopes * 0.1) * DEPLOYMENT.childGb, '64 MB for as long as a scan takes'],
    ['schedules', audits, 'one for each audit'],
    ['busEvents', events, 'from each account and region to the hub'],
    ['queueRequests', events * DEPLOYMENT.queueRequestsPerEvent, 'an event and its second look, each sent, received and deleted'],
  ];
}

/** In a month. A region's sign of life comes back once an audit, and needs no look. */
function reactions({ scopes, eventsPerDay }: Load, audits: number): { readonly events: number; readonly looks: number } {
  const changes = eventsPerDay * DAYS_PER_MONTH;
  return { events: changes + audits * scopes, looks: changes * DEPLOYMENT.lookShare };
}

function keeping(load: Load, audits: number): readonly Counted[] {
  const { accounts, scopes, findings, changesPerDay } = load;
  const { events } = reactions(load, audits);
  const { writesPerScope, writesPerAccount, writesPerAudit, writesPerChange, readsPerScope, readsPerFinding } = DEPLOYMENT;
  const changes = changesPerDay * DAYS_PER_MONTH;
  const writes =
    audits * (scopes * writesPerScope + accounts * writesPerAccount + writesPerAudit) +
    changes * writesPerChange +
    events * DEPLOYMENT.writesPerEvent;
  const reads = audits * (scopes * readsPerScope + findings * readsPerFinding) + events * DEPLOYMENT.readsPerEvent;
  const runs = (audits / DAYS_PER_MONTH) * DEPLOYMENT.runDays * accounts;
  const gb = (findings * DEPLOYMENT.kbPerFinding * DEPLOYMENT.copies + runs * DEPLOYMENT.kbPerRun * 2 + scopes * 2) / KB_PER_GB;
  return [
    ['tableWrites', writes, 'a scope record for each scan, what accounts and audits need, and what changed: nothing unchanged is written'],
    ['tableReads', reads, 'the findings of a scope before its scan, and all of them at the end'],
    ['tableStorage', gb, `${wholeNumber(findings)} findings, and the runs of ${DEPLOYMENT.runDays} days`],
    ['tableBackup', gb, 'point-in-time recovery of the table'],
    ['tableStream', writes, 'what changed, read by notify'],
    ['bucketWrites', audits * DEPLOYMENT.putsPerAudit, 'job files, and the results of the map'],
    ['bucketReads', audits * DEPLOYMENT.getsPerAudit, 'job files, read by the map'],
  ];
}

function telling({ changesPerDay, emails, posts }: Load, audits: number): readonly Counted[] {
  const messages = changesPerDay * DAYS_PER_MONTH * DEPLOYMENT.urgentShare + audits;
  return [
    ['publishes', messages, 'a digest for each audit, and what cannot wait for it'],
    ['emails', messages * emails, `${emails} subscribed`],
    ['posts', messages * posts, `${posts} subscribed`],
    ['keys', DEPLOYMENT.keys, 'of table and topics; yearly rotation adds 1 USD in its second and in its third year'],
    [
      'keyRequests',
      audits * DEPLOYMENT.keyRequestsPerAudit + messages * DEPLOYMENT.keyRequestsPerMessage,
      'table and topics, each caller every five minutes',
    ],
  ];
}

function watching({ scopes, logRetentionDays }: Load, audits: number): readonly Counted[] {
  const gb = (audits * (scopes * DEPLOYMENT.logKbPerScan + DEPLOYMENT.logKbPerAudit)) / KB_PER_GB;
  return [
    ['logs', gb, `${DEPLOYMENT.logKbPerScan} KB for each scan`],
    ['logStorage', gb * (logRetentionDays / DAYS_PER_MONTH), `kept for ${logRetentionDays} days`],
    ['metrics', DEPLOYMENT.metrics, 'of the whole hub: none for each account or region'],
    ['alarms', DEPLOYMENT.alarmMetrics, 'of audits, coverage and delivery'],
    ['dashboards', DEPLOYMENT.dashboards, 'the audit and its posture'],
  ];
}

function toLine(name: PriceName, units: number, because: string): CostLine {
  const price: Price = PRICES[name];
  const usd = usdOf(price, units);
  const less = usdOf(price, Math.max(0, units - price.free));
  const { service, unit } = price;
  return {
    service,
    price: name,
    unit,
    units,
    usd,
    usdLessCloudWatch: service === 'CloudWatch' ? less : usd,
    usdLessAllowances: less,
    because,
  };
}

function hiddenCosts(events: number): readonly HiddenCost[] {
  const gb = (events * DEPLOYMENT.kbPerTrailEvent) / KB_PER_GB;
  const hidden = (price: PriceName, units: number, when: string) => ({ price, units, usd: usdOf(PRICES[price], units), when });
  return [
    hidden('guardDuty', events, 'if GuardDuty is on: it reads the CloudTrail events of our calls'),
    hidden('trailCopy', events, 'if a second trail records management events'),
    hidden('logs', gb, 'if a trail delivers to CloudWatch Logs'),
  ];
}

function usdOf({ usd, per }: Price, units: number): number {
  return (units / per) * usd;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function wholeNumber(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
