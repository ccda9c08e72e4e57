import type { Audited } from '../config/config.ts';
import { DESCRIBE_EXECUTION } from '../findings/executions.ts';
import { DELETE_JOB_FILES, WRITE_JOBS } from '../findings/job-file.ts';
import type { Operation } from '../inventory/call.ts';
import { ASSUME_ROLE } from '../inventory/member-session.ts';
import { LIST_ACCOUNTS } from '../inventory/organization.ts';
import { ACCOUNT_UNITS } from '../inventory/organizations/account-units.ts';
import type { FUNCTIONS } from './bundle.ts';

export type FunctionName = (typeof FUNCTIONS)[number];

/** What an action is asked of. */
export type Asked =
  | 'table'
  /** The index of open findings. */
  | 'open'
  /** The index of resolved findings. */
  | 'resolved'
  /** The index of what was not told yet. */
  | 'unannounced'
  | 'job files'
  /** The bucket itself: which job files there are. */
  | 'bucket'
  | 'topic'
  /** The audit role of each audited account. */
  | 'members'
  /** Executions of the state machine. */
  | 'executions'
  /** The queue of events: a second look is put there by the first. */
  | 'events'
  | 'organization'
  /** The root and the organizational units of the organization. */
  | 'units'
  | 'security hub';

/** IAM actions by what they are asked of. */
export type Permissions = Readonly<Partial<Record<Asked, readonly string[]>>>;

export interface Circumstances {
  readonly audited: Audited['kind'];
  readonly securityHub: boolean;
  /** Whether settings depend on the organizational units that accounts are in. */
  readonly units: boolean;
}

/**
 * What the code of a function asks of AWS with the credentials of its role, and so what the role allows: exactly that. What Lambda does in
 * the function's name (writing its log, reading the stream, keeping what it failed at) and the keys behind table and topic come on top.
 */
export function functionPermissions(name: FunctionName, { audited, securityHub, units }: Circumstances): Permissions {
  switch (name) {
    case 'plan':
      return {
        table: ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        'job files': permissionsOf(WRITE_JOBS),
        executions: permissionsOf([DESCRIBE_EXECUTION]),
        members: permissionsOf([ASSUME_ROLE]),
        ...(audited === 'organization'
          ? { organization: permissionsOf([LIST_ACCOUNTS, ...(units ? ACCOUNT_UNITS.ofOrganization : [])]) }
          : {}),
        ...(units ? { units: permissionsOf(ACCOUNT_UNITS.ofUnits) } : {}),
      };
    case 'scan':
      return {
        table: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
        open: ['dynamodb:Query'],
        members: permissionsOf([ASSUME_ROLE]),
      };
    case 'summarize': {
      const [list, remove] = DELETE_JOB_FILES;
      return {
        table: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        open: ['dynamodb:Query'],
        resolved: ['dynamodb:Query'],
        unannounced: ['dynamodb:Query'],
        bucket: list?.permissions ?? [],
        'job files': remove?.permissions ?? [],
        topic: ['sns:Publish'],
        ...(securityHub ? { 'security hub': IMPORT } : {}),
      };
    }
    case 'react':
      return {
        table: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        open: ['dynamodb:Query'],
        members: permissionsOf([ASSUME_ROLE]),
        events: ['sqs:SendMessage'],
      };
    case 'notify':
      return {
        table: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        topic: ['sns:Publish'],
        ...(securityHub ? { 'security hub': IMPORT } : {}),
      };
    case 'confirm':
      return { table: ['dynamodb:PutItem'] };
  }
}

const IMPORT = ['securityhub:BatchImportFindings'];

function permissionsOf(operations: readonly Operation[]): readonly string[] {
  return [...new Set(operations.flatMap(({ permissions }) => permissions))].sort();
}
