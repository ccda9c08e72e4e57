import { benchCost } from './cost.ts';
import type { Estate } from './estate.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchFunctions } from './functions.ts';
import { benchPlan } from './plan.ts';
import { benchScan, type ScanFigures } from './scan.ts';
import { benchUnchanged } from './unchanged.ts';

/**
 * Prints what a scan costs: calls, wall time and peak memory for a small and a large account, the speed of judging alone, what is deployed, planning for
 * an organization, what a deployment costs in a month, and what an audit writes when nothing has changed. Arguments choose among these parts. Exits with 1 when a limit is broken.
 */
const LATENCY = 40;
const SMALL: Estate = { users: 50, roles: 30, buckets: 20, instances: 30, securityGroups: 40, regions: 17 };
const LARGE: Estate = { users: 2_000, roles: 500, buckets: 1_000, instances: 5_000, securityGroups: 2_000, regions: 17 };
const PARTS: Readonly<Record<string, () => Promise<void>>> = { judge, functions, plan, scan, unchanged };
const broken: string[] = [];

const chosen = process.argv.slice(2);
const strange = chosen.filter((name) => !Object.hasOwn(PARTS, name));
if (strange.length > 0) throw new Error(`there is no part ${strange.join(', ')}: choose among ${Object.keys(PARTS).join(', ')}`);
for (const [name, run] of Object.entries(PARTS)) if (chosen.length === 0 || chosen.includes(name)) await run();

for (const limitBroken of broken) process.stdout.write(`BROKEN  ${limitBroken}\n`);
process.exitCode = broken.length === 0 ? 0 : 1;

async function judge(): Promise<void> {
  const evaluation = await benchEvaluate({ ...LARGE, buckets: 300 });
  line(
    'judge',
    `${evaluation.resources.toLocaleString('en')} resources, ${evaluation.evaluations.toLocaleString('en')} verdicts in ${evaluation.seconds.toFixed(2)} s`,
  );
  limit('200,000 resources are judged in under 2 s', evaluation.seconds < 2);
}

async function functions(): Promise<void> {
  const { importMs, zipBytes } = benchFunctions();
  line('deploy', `${(zipBytes / 1e6).toFixed(2)} MB of functions, zipped`);
  for (const [name, milliseconds] of Object.entries(importMs)) line('', `${milliseconds.toFixed(0).padStart(6)} ms to import ${name}`);
  limit('the functions are at most 2.5 MB', zipBytes <= 2_500_000);
  limit(
    'each function is imported in at most 110 ms',
    Object.values(importMs).every((milliseconds) => milliseconds <= 110),
  );
}

async function plan(): Promise<void> {
  const planned = await benchPlan(1_000, 17, LATENCY);
  line('plan', `1,000 accounts × 17 regions; ${LATENCY} ms a call`);
  line(
    '',
    `${planned.seconds.toFixed(1)} s, ${planned.peakMb} MB at most, ${planned.jobs.toLocaleString('en')} jobs in a file of ${(planned.bytes / 1e6).toFixed(1)} MB`,
  );
  line(
    '',
    `${planned.ahead} accounts listed ahead at most, ${(planned.largestPart / 1e6).toFixed(1)} MB of the file held at once, ${planned.throttled} throttled`,
  );
  limit('1,000 accounts × 17 regions are planned in under 10 s', planned.seconds < 10 && planned.jobs === 18_000);
  limit('1,000 accounts × 17 regions are planned in under 256 MB', planned.peakMb < 256);
  limit('neither the accounts nor the jobs are ever held whole', planned.ahead <= 200 && planned.largestPart < planned.bytes);
}

async function scan(): Promise<void> {
  const small = await benchScan(SMALL, LATENCY);
  report('small', SMALL, small);
  const large = await benchScan(LARGE, LATENCY);
  report('large', LARGE, large);
  limit('the large account takes under 60 s', large.seconds < 60);
  limit('the large account takes under 512 MB', large.peakMb < 512);
  limit('no throttling answers', small.throttled + large.throttled === 0);
  limit('everything could be read', small.unknown + large.unknown === 0);

  for (const { accounts, limitUsd } of [
    { accounts: 1, limitUsd: 2 },
    { accounts: 100, limitUsd: 50 },
  ]) {
    const cost = benchCost(accounts, small.calls);
    line(
      'cost',
      `${accounts} × 17 regions, 4 audits a day: ${cost.usdLessCloudWatch.toFixed(2)} USD a month with CloudWatch's allowances, ${cost.usd.toFixed(2)} without any`,
    );
    for (const { unit, units, service, usdLessCloudWatch } of cost.lines.filter((each) => each.usdLessCloudWatch >= 0.01))
      line('', `  ${usdLessCloudWatch.toFixed(2).padStart(6)}  ${service}: ${Math.round(units).toLocaleString('en')} × ${unit}`);
    limit(`${accounts} × 17 regions cost under ${limitUsd} USD a month`, cost.usdLessCloudWatch < limitUsd);
  }
}

async function unchanged(): Promise<void> {
  const { scopes, findingWrites, writes } = await benchUnchanged();
  const [first, second] = findingWrites;
  line(
    'again',
    `two audits of ${scopes} scopes: the first writes ${first} findings, the second ${second}; it writes ${writes} items in all`,
  );
  limit('an audit of what did not change writes no finding, and one item a scope', first > 0 && second === 0 && writes === scopes);
}

function report(name: string, estate: Estate, figures: ScanFigures): void {
  const { users, roles, buckets, instances, securityGroups, regions } = estate;
  line(
    name,
    `${users} users, ${roles} roles, ${buckets} buckets, ${instances} instances, ${securityGroups} security groups, ${regions} regions; ${LATENCY} ms a call`,
  );
  line(
    '',
    `${figures.seconds.toFixed(1)} s, ${figures.peakMb} MB at most, ${figures.evaluations.toLocaleString('en')} verdicts (${figures.unknown} unknown)`,
  );
  line('', `${figures.calls.toLocaleString('en')} calls, ${figures.throttled} throttled`);
  const operations = Object.entries(figures.callsByOperation).sort(([, a], [, b]) => b - a);
  for (const [operation, count] of operations) line('', `  ${String(count).padStart(6)}  ${operation}`);
}

function limit(what: string, holds: boolean): void {
  line(holds ? 'holds' : 'BROKEN', what);
  if (!holds) broken.push(what);
}

function line(label: string, text: string): void {
  process.stdout.write(`${label.padEnd(8)}${text}\n`);
}
