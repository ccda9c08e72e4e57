import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { checks } from '../checks/registry.ts';
import { DEMO_REGIONS, HOME_REGION, SHOP, shopAccount } from '../emulator/demo-account.ts';
import { startLocalAws } from '../emulator/local-aws.ts';
import { openAuditStore } from '../findings/dynamodb-audit-store.ts';
import { openDynamoDbStore } from '../findings/dynamodb-store.ts';
import { tableDefinition } from '../findings/dynamodb-table.ts';
import { ready } from '../findings/evaluate.ts';
import { runJob } from '../findings/run-job.ts';
import { sources } from '../inventory/registry.ts';
import { openSession } from '../inventory/session.ts';

export interface UnchangedFigures {
  readonly scopes: number;
  /** Findings that the first audit saved, and the second. */
  readonly findingWrites: readonly [first: number, second: number];
  /** Items that the second audit's scans wrote, of whatever kind. */
  readonly writes: number;
}

/** Has the jobs of two deployed audits scan the demo's account on the local AWS, with the real table and nothing changed in between. */
export async function benchUnchanged(): Promise<UnchangedFigures> {
  const aws = await startLocalAws({ regions: [...DEMO_REGIONS] });
  try {
    await aws.seed(shopAccount());
    Object.assign(process.env, aws.environment(SHOP, HOME_REGION));
    const location = { table: 'posture', region: HOME_REGION };
    await new DynamoDBClient(aws.client(SHOP, HOME_REGION)).send(new CreateTableCommand(tableDefinition(location.table)));
    const store = await openDynamoDbStore(location);
    const audits = await openAuditStore(location);
    const scopes = ['global', ...DEMO_REGIONS];

    async function audit(runId: string): Promise<{ readonly findingWrites: number; readonly writes: number }> {
      aws.calls.reset();
      let findingWrites = 0;
      const counted: typeof store = {
        ...store,
        save(finding) {
          findingWrites += 1;
          return store.save(finding);
        },
      };
      const now = new Date();
      const job = { accountId: SHOP, runId, startedAt: now.toISOString(), regions: DEMO_REGIONS, round: 0 };
      const shared = { enter: () => openSession(), sources, checks: checks.map((check) => ready(check, now)), store: counted, audits };
      for (const region of scopes) await runJob({ ...shared, job: { ...job, region }, now: () => new Date(), outOfTime: () => false });
      const asked = aws.calls.list({ service: 'dynamodb' });
      return { findingWrites, writes: asked.filter(({ operation }) => !/^(Get|Query|BatchGet)/.test(operation)).length };
    }

    const first = await audit('run-1');
    const second = await audit('run-2');
    await Promise.all([store.close(), audits.close()]);
    return { scopes: scopes.length, findingWrites: [first.findingWrites, second.findingWrites], writes: second.writes };
  } finally {
    await aws.stop();
  }
}
