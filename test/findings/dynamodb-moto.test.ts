import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { openAuditStore } from '../../findings/dynamodb-audit-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { dynamoDbContract } from './dynamodb-contract.ts';

const aws = await startLocalAws();
Object.assign(process.env, aws.environment());
afterAll(() => aws.stop());

dynamoDbContract('the DynamoDB store on moto');

describe('when the first answer is lost and the SDK asks again', () => {
  const table = { table: 'unheard', region: 'eu-west-1' };
  const now = new Date();
  const turn = { runId: 'run-1', executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:audit:1' };
  beforeAll(async () => {
    await new DynamoDBClient(aws.client(undefined, table.region)).send(new CreateTableCommand(tableDefinition(table.table)));
  });

  function losing(operation: string) {
    let lost = 0;
    const restore = aws.faults.add({ service: 'dynamodb', operation, kind: { unheard: () => void (lost += 1) }, nth: 1 });
    return () => {
      restore();
      return lost;
    };
  }

  test('a claim is ours all the same', async () => {
    const ledger = await openAuditStore(table);
    const lost = losing('PutItem');
    expect(await ledger.claim('x-1', now, 60_000)).toBe('claimed');
    expect(lost()).toBe(1);
    expect(typeof (await ledger.claim('x-1', now, 60_000))).toBe('number');
    await ledger.close();
  });

  test('a stale claim that was taken over is ours, and can be released', async () => {
    const [dead, ledger] = [await openAuditStore(table), await openAuditStore(table)];
    await dead.claim('x-2', now, 60_000);
    const later = new Date(now.getTime() + 60_000);
    const lost = losing('PutItem');
    expect(await ledger.claim('x-2', later, 60_000)).toBe('claimed');
    expect(lost()).toBe(1);
    await ledger.release('x-2');
    expect(await dead.claim('x-2', later, 60_000)).toBe('claimed');
    await Promise.all([dead.close(), ledger.close()]);
  });

  test('the turn is ours, and given back once', async () => {
    const store = await openAuditStore(table);
    const lostTaking = losing('PutItem');
    expect(await store.takeTurn(turn)).toEqual(turn);
    expect(lostTaking()).toBe(1);
    const lostReturning = losing('DeleteItem');
    await store.releaseTurn(turn.executionArn);
    expect(lostReturning()).toBe(1);
    expect(await store.takeTurn({ ...turn, executionArn: `${turn.executionArn}2` })).toMatchObject({
      executionArn: `${turn.executionArn}2`,
    });
    await store.close();
  });
});
