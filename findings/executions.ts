import type { Operation } from '../inventory/call.ts';

/** What {@link isRunning} asks; to be allowed on the executions of the state machine. */
export const DESCRIBE_EXECUTION: Operation = {
  service: 'states',
  operation: 'DescribeExecution',
  permissions: ['states:DescribeExecution'],
};

/** Whether an execution of Step Functions may still do something. One that is unknown, or so old that it was forgotten, may not. */
export async function isRunning(executionArn: string): Promise<boolean> {
  const sdk = await import('./sdk/sfn.ts');
  const client = new sdk.SFNClient({
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  try {
    const { status } = await client.send(new sdk.DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE';
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return false;
    throw error;
  } finally {
    client.destroy();
  }
}
