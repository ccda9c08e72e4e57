import type { Overrides } from '../exchange.ts';
import { accessAnalyzerOverrides } from './access-analyzer.ts';
import { accessPointOverrides } from './access-points.ts';
import { accountOverrides } from './account.ts';
import { apiGatewayOverrides } from './api-gateway.ts';
import { autoScalingOverrides } from './auto-scaling.ts';
import { cloudformationOverrides } from './cloudformation.ts';
import { cloudFrontOverrides } from './cloudfront.ts';
import { cloudtrailOverrides } from './cloudtrail.ts';
import { configOverrides } from './config.ts';
import { ec2Overrides } from './ec2.ts';
import { ecrOverrides } from './ecr.ts';
import { globalAcceleratorOverrides } from './global-accelerator.ts';
import { guardDutyOverrides } from './guardduty.ts';
import { iamOverrides } from './iam.ts';
import { identityProviderOverrides } from './identity-providers.ts';
import { inspectorOverrides } from './inspector.ts';
import { kmsOverrides } from './kms.ts';
import { lambdaOverrides } from './lambda.ts';
import { loadBalancingOverrides } from './load-balancing.ts';
import { macieOverrides } from './macie.ts';
import { organizationsOverrides } from './organizations.ts';
import { queueOverrides } from './queues.ts';
import { rdsOverrides } from './rds.ts';
import { s3Overrides } from './s3.ts';
import { secretsManagerOverrides } from './secrets-manager.ts';
import { securityHubOverrides } from './security-hub.ts';
import { ssmOverrides } from './ssm.ts';
import { stsOverrides } from './sts.ts';

/** Every operation that moto lacks, or answers wrongly, and that we answer or correct: by `service:Operation`. */
export const overrides: Overrides = {
  ...accessAnalyzerOverrides,
  ...accountOverrides,
  ...apiGatewayOverrides,
  ...cloudformationOverrides,
  ...autoScalingOverrides,
  ...cloudFrontOverrides,
  ...cloudtrailOverrides,
  ...configOverrides,
  ...ec2Overrides,
  ...ecrOverrides,
  ...globalAcceleratorOverrides,
  ...guardDutyOverrides,
  ...iamOverrides,
  ...inspectorOverrides,
  ...macieOverrides,
  ...kmsOverrides,
  ...lambdaOverrides,
  ...identityProviderOverrides,
  ...loadBalancingOverrides,
  ...organizationsOverrides,
  ...queueOverrides,
  ...rdsOverrides,
  ...s3Overrides,
  ...accessPointOverrides,
  ...secretsManagerOverrides,
  ...securityHubOverrides,
  ...ssmOverrides,
  ...stsOverrides,
};
