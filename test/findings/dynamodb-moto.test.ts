import { afterAll } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { dynamoDbContract } from './dynamodb-contract.ts';

const aws = await startLocalAws();
Object.assign(process.env, aws.environment());
afterAll(() => aws.stop());

dynamoDbContract('the DynamoDB store on moto');
