import { afterAll, describe } from 'vitest';
import { dynamoDbContract } from './dynamodb-contract.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';

const local = await startDynamoDbLocal();
if (typeof local === 'string') console.warn(`skipped: the store's contract on Amazon's DynamoDB Local. ${local}`);
else {
  process.env.AWS_ENDPOINT_URL = local.endpoint;
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  afterAll(local.stop);
}

describe.skipIf(typeof local === 'string')('with its own engine', () => dynamoDbContract("the DynamoDB store on Amazon's DynamoDB Local"));
