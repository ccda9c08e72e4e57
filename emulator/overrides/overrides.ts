import type { Overrides } from '../exchange.ts';
import { accountOverrides } from './account.ts';
import { cloudformationOverrides } from './cloudformation.ts';
import { cloudtrailOverrides } from './cloudtrail.ts';
import { ec2Overrides } from './ec2.ts';
import { iamOverrides } from './iam.ts';
import { organizationsOverrides } from './organizations.ts';
import { queueOverrides } from './queues.ts';
import { s3Overrides } from './s3.ts';
import { ssmOverrides } from './ssm.ts';
import { stsOverrides } from './sts.ts';

/** Every operation that moto lacks, or answers wrongly, and that we answer or correct: by `service:Operation`. */
export const overrides: Overrides = {
  ...accountOverrides,
  ...cloudformationOverrides,
  ...cloudtrailOverrides,
  ...ec2Overrides,
  ...iamOverrides,
  ...organizationsOverrides,
  ...queueOverrides,
  ...s3Overrides,
  ...ssmOverrides,
  ...stsOverrides,
};
