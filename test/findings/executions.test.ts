import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { DESCRIBE_EXECUTION, isRunning } from '../../findings/executions.ts';

const aws = await startLocalAws();
Object.assign(process.env, aws.environment(undefined, 'eu-west-1'));
afterAll(() => aws.stop());
beforeEach(() => aws.faults.clear());

const sfn = new SFNClient(aws.client(undefined, 'eu-west-1'));
const { Role } = await new IAMClient(aws.client()).send(new CreateRoleCommand({ RoleName: 'audit', AssumeRolePolicyDocument: '{}' }));
const definition = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
const machine = await sfn.send(new CreateStateMachineCommand({ name: 'audit', definition, roleArn: Role?.Arn }));

async function started(name: string): Promise<string> {
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn: machine.stateMachineArn, name }));
  return executionArn;
}

describe('an execution', () => {
  test('that was started is running', async () => {
    expect(await isRunning(await started('one'))).toBe(true);
  });

  test('that was stopped is not', async () => {
    const executionArn = await started('two');
    await sfn.send(new StopExecutionCommand({ executionArn }));
    expect(await isRunning(executionArn)).toBe(false);
  });

  test('that nobody knows is not', async () => {
    expect(await isRunning((await started('three')).replace(/three$/, 'gone'))).toBe(false);
  });

  test('of which Step Functions will not speak may be running: that is no answer', async () => {
    aws.faults.add({ operation: 'DescribeExecution', kind: 'access-denied' });
    await expect(isRunning(await started('four'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is asked for with what is declared', async () => {
    const executionArn = await started('five');
    aws.calls.reset();
    await isRunning(executionArn);
    expect(aws.calls.list().map(({ service, operation }) => ({ service, operation }))).toEqual([
      { service: DESCRIBE_EXECUTION.service, operation: DESCRIBE_EXECUTION.operation },
    ]);
  });
});
