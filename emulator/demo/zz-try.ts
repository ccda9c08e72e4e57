import { checks } from '../../checks/registry.ts';
import { audit } from '../../findings/audit.ts';
import { ready } from '../../findings/evaluate.ts';
import { operationsFor } from '../../findings/permissions.ts';
import { planScopes } from '../../inventory/regions.ts';
import { sources } from '../../inventory/registry.ts';
import { openSession } from '../../inventory/session.ts';
import { ARCHIVE, archiveAccount, DEMO_REGIONS, SHOP, shopAccount } from '../demo-account.ts';
import { startLocalAws } from '../local-aws.ts';

let t = Date.now();
const lap = (s: string) => {
  console.log(s, Date.now() - t);
  t = Date.now();
};
const aws = await startLocalAws({ regions: DEMO_REGIONS });
lap('start');
const now = new Date();
await aws.seed(shopAccount(now));
lap('seed shop');
await aws.seed(archiveAccount(now));
lap('seed archive');
try {
  for (const id of [SHOP, ARCHIVE]) {
    Object.assign(process.env, aws.environment(id, 'eu-west-1'));
    const session = await openSession({});
    const plan = await planScopes(session);
    const r = await audit({
      session,
      sources,
      scopes: plan.scopes,
      checks: checks.map((c) => ready(c, now)),
      store: undefined,
      runId: 'r',
      startedAt: now,
      now: () => new Date(),
      regionsNotEnabled: plan.notEnabled,
      regionsLeftOut: [],
      topic: false,
    });
    lap('audit ' + id);
    const by = Map.groupBy(r.evaluations, (e) => e.checkId);
    for (const c of checks) {
      const es = by.get(c.id) ?? [];
      const n = (s: string) =>
        es
          .filter((e) => e.status === s)
          .map(
            (e) =>
              (e.resource.tags.Name ?? e.resource.id) +
              '/' +
              e.resource.region +
              (e.status === 'FAIL' ? `[${e.severity} ${e.reason}]` : e.status === 'UNKNOWN' ? `[${e.reason}]` : ''),
          );
      console.log(
        c.id,
        '\n   FAIL',
        n('FAIL').join(' | '),
        '\n   PASS',
        n('PASS').length,
        id === SHOP ? n('PASS').join(' ') : '',
        n('UNKNOWN').length ? '\n   UNKNOWN ' + n('UNKNOWN').join(' | ') : '',
      );
    }
    console.log(session.meter.total, r.coverage.gaps);
  }
  const declared = new Set(checks.flatMap((c) => operationsFor(c, sources)).map((o) => o.service + ':' + o.operation));
  const asked = new Set(Object.keys(aws.calls.count()));
  console.log(
    'never asked',
    [...declared].filter((x) => !asked.has(x)),
  );
  console.log(
    'undeclared',
    [...asked].filter((x) => !declared.has(x)),
  );
  console.log(aws.calls.count());
} finally {
  await aws.stop();
}
