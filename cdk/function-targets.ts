import { Aws } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Audited } from '../config/config.ts';
import type { INDEXES } from '../findings/dynamodb-table.ts';
import { machineArn } from './audit-machine.ts';
import type { Target, Targets } from './posture-functions.ts';

export interface FunctionTargetsProps {
  readonly table: ITable;
  readonly bucket: IBucket;
  readonly topic: ITopic;
  readonly events: IQueue;
  readonly audited: Audited;
  /** Of the audit role in each account. */
  readonly roleName: string;
}

/** What the functions' statements name, as closely as AWS lets one name it. */
export function functionTargets({ table, bucket, topic, events, audited, roleName }: FunctionTargetsProps): Targets {
  const index = (name: keyof typeof INDEXES) => `${table.tableArn}/index/${name}`;
  return {
    table: { resources: [table.tableArn] },
    open: { resources: [index('open')] },
    resolved: { resources: [index('resolved')] },
    unannounced: { resources: [index('unannounced')] },
    'job files': { resources: [bucket.arnForObjects('runs/*')], wildcard: 'The objects of a run are named after it.' },
    bucket: { resources: [bucket.bucketArn], conditions: { StringLike: { 's3:prefix': 'runs/*' } } },
    topic: { resources: [topic.topicArn] },
    members: toMembers(audited, roleName),
    executions: {
      resources: [`${machineArn('execution')}:*`],
      wildcard: 'It asks whether the execution before it still runs, whichever that was.',
    },
    events: { resources: [events.queueArn] },
    organization: {
      resources: ['*'],
      wildcard: 'organizations:ListAccounts and organizations:ListRoots take no resource.',
    },
    units: toUnits(audited),
    // https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
    'security hub': { resources: [`arn:${Aws.PARTITION}:securityhub:${Aws.REGION}:${Aws.ACCOUNT_ID}:product/${Aws.ACCOUNT_ID}/default`] },
  };
}

/** Units belong to the management account, whichever that is: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html */
function toUnits(audited: Audited): Target {
  if (audited.kind !== 'organization') return { resources: [] };
  const resources = ['root', 'ou'].map((kind) => `arn:${Aws.PARTITION}:organizations::*:${kind}/${audited.id}/*`);
  return { resources, wildcard: 'Accounts may be in any unit of the organization.' };
}

function toMembers(audited: Audited, roleName: string): Target {
  const role = (account: string) => `arn:${Aws.PARTITION}:iam::${account}:role/${roleName}`;
  switch (audited.kind) {
    case 'own':
      return { resources: [role(Aws.ACCOUNT_ID)] };
    case 'accounts':
      return { resources: audited.accounts.map(role) };
    case 'organization':
      return {
        resources: [role('*')],
        conditions: { StringEquals: { 'aws:ResourceOrgID': audited.id } },
        wildcard: 'The audit role of any account, as long as that is in the organization: new ones are audited when they are born.',
      };
  }
}
