import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A log that is kept for as long as the configuration says, and goes with its stack. */
export function keptLog(
  scope: Construct,
  id: string,
  { name, retention }: { readonly name: string; readonly retention: RetentionDays },
): LogGroup {
  return new LogGroup(scope, id, { logGroupName: name, retention, removalPolicy: RemovalPolicy.DESTROY });
}
