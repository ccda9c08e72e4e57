import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Failure, type Invocation, isInvocation, type Outcome } from './lambda-messages.ts';

/** Loads the module named first and answers each invocation with its export named second, one after the other. Ends with its parent. */
const [, , module = '', exported = ''] = process.argv;

process.on('disconnect', () => process.exit());
process.on('message', async (message) => {
  if (!isInvocation(message)) return;
  process.send?.(await outcomeOf(message));
  // Where NODE_COMPILE_CACHE is set, the next process starts sooner: Node writes it at the end alone, and processes of functions are killed.
  flushCompileCache();
});

async function outcomeOf(invocation: Invocation): Promise<Outcome> {
  try {
    await import(pathToFileURL(module).href);
  } catch (error) {
    return { ...toFailure(error), fatal: true };
  }
  try {
    const { [exported]: handler } = await import(pathToFileURL(module).href);
    const result: unknown = await handler(invocation.event, toContext(invocation));
    return { result: result ?? null };
  } catch (error) {
    return toFailure(error);
  }
}

/** As Lambda's own runtime reports what a handler throws: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function toFailure(error: unknown): Failure {
  if (error instanceof Error) return { errorType: error.name, errorMessage: error.message };
  return { errorType: typeof error, errorMessage: String(error) };
}

function toContext({ awsRequestId, functionArn, remainingMs }: Invocation) {
  const deadline = Date.now() + remainingMs;
  const { AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE, AWS_LAMBDA_LOG_GROUP_NAME } = process.env;
  return {
    awsRequestId,
    invokedFunctionArn: functionArn,
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: `local/${process.pid}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
