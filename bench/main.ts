import { benchCost } from './cost.ts';
import type { Estate } from './estate.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchExports } from './exports.ts';
import { benchFunctions } from './functions.ts';
import { benchFuzz } from './fuzz.ts';
import { benchMutation } from './mutation.ts';
import { benchPlan } from './plan.ts';
import { benchPolicies } from './policies.ts';
import { benchReachability } from './reachability.ts';
import { benchReact, type Percentiles } from './react.ts';
import { benchReplay } from './replay.ts';
import { benchScan, type ScanFigures } from './scan.ts';
import { benchSnapshot } from './snapshot.ts';
import { benchUnchanged } from './unchanged.ts';

/**
 * Prints what a scan costs: calls, wall time and peak memory for a small and a large account, the speed of judging alone, what is deployed, planning for
 * an organization, what a deployment costs in a month, what a snapshot takes, what an audit writes when nothing has changed, how soon an event is told, how fast log files are replayed, what an export takes, whether anything falls silent over broken records, and whether the tests notice changes to the code. Arguments choose among these parts. Exits with 1 when a limit is broken.
 */
const LATENCY = 40;
const SMALL: Estate = { users: 50, roles: 30, buckets: 20, instances: 30, securityGroups: 40, regions: 17 };
const LARGE: Estate = { users: 2_000, roles: 500, buckets: 1_000, instances: 5_000, securityGroups: 2_000, regions: 17 };
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  judge,
  functions,
  plan,
  scan,
  snapshot,
  unchanged,
  react,
  replay,
  exports,
  fuzz,
  reachability,
  policies,
  mutation,
};
/** How many changes to the code are tried; and of those to what only an import runs, about a second each. Either may be 'all'. */
const { MUTATION_SAMPLE = '3000', MUTATION_IMPORTS = '40', MUTATION_FILES = '.' } = process.env;
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
  const { importMs, zipBytes } = await benchFunctions();
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

async function snapshot(): Promise<void> {
  const { collect, offline, bytes, resources, evaluations, same } = await benchSnapshot(LARGE, LATENCY);
  line(
    'stored',
    `${resources.toLocaleString('en')} resources, ${evaluations.toLocaleString('en')} evaluations, a file of ${(bytes / 1e6).toFixed(2)} MB`,
  );
  for (const [name, { seconds, peakMb }] of Object.entries({ collect, offline }))
    line(
      '',
      `${seconds.toFixed(1).padStart(6)} s, ${peakMb} MB at most: ${name === 'collect' ? 'posture collect' : 'posture scan --snapshot'}`,
    );
  limit('a large account is collected in under 60 s and 512 MB', collect.seconds < 60 && collect.peakMb < 512);
  limit('its snapshot is judged in under 15 s and 512 MB', offline.seconds < 15 && offline.peakMb < 512);
  limit('a snapshot gives the rows of a live scan', same && collect.exitCode === 0 && offline.exitCode === 0);
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

async function react(): Promise<void> {
  const { events, alerts, requests, firstMs, wallMs, beyondMs, burst } = await benchReact();
  line('react', `${events} events one by one, groups opened and closed; ${requests.toFixed(1)} AWS calls an event`);
  line('', `${toText(wallMs)} from an event to its alert; the first of all ${firstMs.toFixed(0)} ms`);
  line('', `${toText(beyondMs)} of these beyond the AWS calls`);
  line(
    'burst',
    `${burst.events.toLocaleString('en')} events on one group in ${burst.seconds.toFixed(1)} s: described ${burst.describes} times, ${burst.alerts} alert, ${burst.secondLooks} second looks`,
  );
  limit('an event is told in under 300 ms beyond the AWS calls, in 95 of 100 cases', beyondMs.p95 < 300);
  limit('every group is told once when it opens, and once when it closes', alerts.opened === events / 2 && alerts.resolved === events / 2);
  limit('a burst on one group is described five times at most, and told once', burst.describes <= 5 && burst.alerts === 1);
}

function toText({ p50, p95, max }: Percentiles): string {
  const [median, most, all] = [p50, p95, max].map((milliseconds) => milliseconds.toFixed(0));
  return `p50 ${median} ms, p95 ${most} ms, at most ${all} ms`;
}

async function replay(): Promise<void> {
  const small = await benchReplay(200e6);
  const large = await benchReplay(2e9, 50_000);
  for (const { records, bytes, origin, seconds, cpuSeconds, peakMb } of [small, large]) {
    line('replay', `${records.toLocaleString('en')} records of ${origin}, ${(bytes / 1e6).toFixed(0)} MB, judged by all checks, NDJSON`);
    line(
      '',
      `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of one core: ${Math.round(records / cpuSeconds).toLocaleString('en')} records a second and core; ${peakMb} MB at most`,
    );
  }
  limit('50,000 records a second and core are replayed', large.records / large.cpuSeconds >= 50_000);
  limit('ten times as many take no more memory, but for a quarter of garbage', large.peakMb <= small.peakMb * 1.25);
}

async function exports(): Promise<void> {
  const figures = benchExports(20_000);
  line('exports', '20,000 findings, each form in a process of its own');
  for (const { name, seconds, peakMb, bytes } of figures)
    line(
      '',
      `  ${name.padEnd(9)}${seconds.toFixed(2).padStart(5)} s, ${String(peakMb).padStart(4)} MB at most, ${(bytes / 1e6).toFixed(2)} MB written`,
    );
  limit(
    'every export of 20,000 findings takes under 5 s',
    figures.every(({ seconds }) => seconds < 5),
  );
  limit(
    'every export of 20,000 findings takes under 512 MB',
    figures.every(({ peakMb }) => peakMb < 512),
  );
  limit(
    'the HTML report of 20,000 findings is under 10 MB',
    figures.some(({ name, bytes }) => name === 'html' && bytes < 10e6),
  );
}

async function fuzz(): Promise<void> {
  const { seed, seconds, origin, cases, failures } = benchFuzz(100_000);
  const total = [...cases.values()].reduce((sum, count) => sum + count, 0);
  line('fuzz', `${total.toLocaleString('en')} mutations of records of ${origin} in ${seconds.toFixed(0)} s, seed ${seed}`);
  for (const [kind, count] of [...cases].sort()) line('', `  ${count.toLocaleString('en').padStart(6)}  ${kind}`);
  for (const [failure, count] of failures) line('', `  ${count} × ${failure}`);
  limit('nothing throws or falls silent over 100,000 broken records', total === 100_000 && failures.size === 0);
}

async function reachability(): Promise<void> {
  const { cases, seconds, seed, disagreements, counterexample, outcomes } = benchReachability(100_000);
  line('reach', `${cases.toLocaleString('en')} small networks against brute force in ${seconds.toFixed(0)} s, seed ${seed}`);
  for (const [outcome, count] of [...outcomes].sort()) line('', `  ${count.toLocaleString('en').padStart(6)}  ${outcome}`);
  if (counterexample !== undefined) line('', `  they disagree on ${counterexample}`);
  limit('what is called reachable is what brute force reaches, in 100,000 networks', disagreements === 0);
}

async function policies(): Promise<void> {
  const { cases, requests, seconds, seed, sometimes, vague, disagreements } = benchPolicies(100_000);
  line(
    'policy',
    `${cases.toLocaleString('en')} small universes, ${requests.toLocaleString('en')} requests, against brute force in ${seconds.toFixed(0)} s, seed ${seed}`,
  );
  line(
    '',
    `${sometimes.toLocaleString('en')} requests known in part may be allowed or not; of ${vague.toLocaleString('en')} of these it could be said`,
  );
  for (const disagreement of disagreements) line('', `  ${disagreement}`);
  limit('policies are decided as by brute force in 100,000 small universes', disagreements.length === 0);
}

async function mutation(): Promise<void> {
  const { seconds, testFiles, useless, areas } = await benchMutation(
    toCount(MUTATION_SAMPLE),
    toCount(MUTATION_IMPORTS),
    new RegExp(MUTATION_FILES),
  );
  line('mutation', `small changes to the code, one at a time, tried by ${testFiles} test files in ${seconds.toFixed(0)} s`);
  for (const { file, line: at, operator, original, replacement } of areas.flatMap(({ survivors }) => survivors))
    line('', `  ${file}:${at}  ${operator}: ${toShown(original)} -> ${toShown(replacement)}`);
  for (const name of useless) line('', `  tries nothing, since it does not pass, or not again: ${name}`);
  for (const { name, mutants, tried, survivors } of areas.filter(({ tried: some }) => some > 0)) {
    const share = 1 - survivors.length / tried;
    const margin = tried === mutants ? '' : ` ± ${(196 * Math.sqrt((share * (1 - share)) / tried)).toFixed(1)}`;
    line(
      '',
      `${name}: ${(share * 100).toFixed(1)} %${margin} of ${tried.toLocaleString('en')} changes are noticed, of ${mutants.toLocaleString('en')} possible; ${survivors.length} are not`,
    );
    limit(`tests notice at least 85 % of the changes to ${name}`, share >= 0.85);
  }
}

function toCount(text: string): number {
  return text === 'all' ? Number.MAX_SAFE_INTEGER : Number(text);
}

function toShown(code: string): string {
  const text = code.replace(/\s+/g, ' ');
  return text.length <= 70 ? text : `${text.slice(0, 69)}…`;
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
