import { pathToFileURL } from 'node:url';

/** Calls the handler of a bundled function as Lambda would, with the event that the second argument is, and prints its result. The first argument names its module. */
const [, , module = '', event = '{}'] = process.argv;
const { handler } = await import(pathToFileURL(module).href);
const context = {
  ...{ awsRequestId: 'bench', functionName: 'bench', functionVersion: '1', memoryLimitInMB: '256' },
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:100000000000:function:bench',
  getRemainingTimeInMillis: () => 60_000,
};
process.stdout.write(`\n${JSON.stringify(await handler(JSON.parse(event), context))}`);
