import { checks } from '../checks/registry.ts';
import { evaluate, type ReadyCheck, ready } from '../findings/evaluate.ts';
import type { Resource } from '../inventory/reader.ts';
import { planScopes } from '../inventory/regions.ts';
import { sources } from '../inventory/registry.ts';
import { openSession } from '../inventory/session.ts';
import type { Estate } from './estate.ts';
import { startSimulatedAws } from './simulated-aws.ts';

const RESOURCES = 200_000;
/** Of which the median counts: other work on the machine must not decide. */
const ROUNDS = 5;
const NOW = new Date('2026-11-01T00:00:00Z');

export interface EvaluationFigures {
  readonly resources: number;
  readonly evaluations: number;
  readonly seconds: number;
}

/** Reads an imagined account once, and then judges 200,000 resources like its own by every check of their type. Only the judging is timed. */
export async function benchEvaluate(estate: Estate): Promise<EvaluationFigures> {
  const readyChecks = checks.map((check) => ready(check, NOW));
  const judged = (await resourcesOf(estate)).map((resource) => ({ resource, checks: readyChecks.filter(judges(resource)) }));
  await judge(judged, judged.length);
  const rounds: { readonly evaluations: number; readonly seconds: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const evaluations = await judge(judged, RESOURCES);
    rounds.push({ evaluations, seconds: (performance.now() - started) / 1000 });
  }
  const [median] = rounds.sort((a, b) => a.seconds - b.seconds).slice((ROUNDS - 1) / 2);
  return { resources: RESOURCES, evaluations: median?.evaluations ?? 0, seconds: median?.seconds ?? Number.POSITIVE_INFINITY };
}

const judges =
  ({ identity }: Resource) =>
  (one: ReadyCheck): boolean =>
    one.check.resourceTypes.includes(identity.type);

interface Judged {
  readonly resource: Resource;
  readonly checks: readonly ReadyCheck[];
}

/** Waits for facets that are not here yet, of which there are none the second time. */
async function judge(judged: readonly Judged[], count: number): Promise<number> {
  let evaluations = 0;
  for (let index = 0; index < count; index += 1) {
    const { resource, checks } = judged[index % judged.length] ?? { resource: undefined, checks: [] };
    if (!resource) continue;
    for (const one of checks) {
      const evaluation = evaluate(one, resource);
      if (evaluation instanceof Promise) await evaluation;
      evaluations += 1;
    }
  }
  return evaluations;
}

async function resourcesOf(estate: Estate): Promise<readonly Resource[]> {
  const aws = await startSimulatedAws(estate, 0);
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  const session = await openSession({ credentials: { accessKeyId: 'AKIABENCH', secretAccessKey: 'bench' } });
  const { scopes } = await planScopes(session);
  const listed: Resource[] = [];
  for (const scope of scopes) {
    const kind = scope.region === 'global' ? 'global' : 'regional';
    for (const source of sources.filter(
      ({ scope: where, type }) => where === kind && checks.some(({ resourceTypes }) => resourceTypes.includes(type)),
    ))
      for (const resource of await source.list(session, scope)) listed.push(resource);
  }
  for (const resource of listed)
    for (const check of checks) if (check.resourceTypes.includes(resource.identity.type)) await evaluate(ready(check, NOW), resource);
  await aws.stop();
  delete process.env.AWS_ENDPOINT_URL;
  return listed;
}
