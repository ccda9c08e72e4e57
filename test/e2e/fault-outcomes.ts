import type { FaultKind } from '../../emulator/faults.ts';
import { REACT, REACT_AS_MEMBER, type Reacting, type ReactionSign } from './drifting-reaction.ts';
import { type Caller, MEMBER, type Sign } from './faulty-audit.ts';

/** By what people learn of it when an operation fails for ever. Where there is no sign, a retry has healed it. */
const NOTHING: readonly Sign[] = [];
export const AUDIT_FAILED: readonly Sign[] = ['audit-failed'];
const SCOPES_FAILED: readonly Sign[] = ['scopes-failed'];
const REFUSED: readonly Sign[] = ['a gap', 'accounts-refused'];
export const UNDELIVERED: readonly Sign[] = ['undelivered'];
export const UNKNOWN: readonly Sign[] = ['a gap', 'unknown-share'];
const GAP: readonly Sign[] = ['a gap'];

/** With two entries: when AWS refuses, and when it does what was asked, but its answer makes no sense. */
type Outcome = readonly Sign[] | { readonly refused: readonly Sign[]; readonly misheard: readonly Sign[] };

export const OUTCOMES: Readonly<Record<Caller, Readonly<Record<string, Outcome>>>> = {
  plan: {
    'dynamodb:BatchGetItem': AUDIT_FAILED,
    'dynamodb:BatchWriteItem': AUDIT_FAILED,
    'dynamodb:PutItem': AUDIT_FAILED,
    // Asked for what a round has left unfinished: what was scanned is told all the same.
    'dynamodb:Query': AUDIT_FAILED,
    's3:PutObject': { refused: AUDIT_FAILED, misheard: NOTHING },
    'sts:AssumeRole': REFUSED,
  },
  scan: {
    'dynamodb:GetItem': SCOPES_FAILED,
    // The next attempt finds what was written.
    'dynamodb:PutItem': { refused: SCOPES_FAILED, misheard: NOTHING },
    'dynamodb:Query': SCOPES_FAILED,
    'sts:AssumeRole': REFUSED,
  },
  summarize: {
    'dynamodb:DeleteItem': AUDIT_FAILED,
    'dynamodb:GetItem': AUDIT_FAILED,
    'dynamodb:PutItem': AUDIT_FAILED,
    'dynamodb:Query': AUDIT_FAILED,
    's3:DeleteObjects': { refused: AUDIT_FAILED, misheard: NOTHING },
    's3:ListObjectsV2': AUDIT_FAILED,
    // The topic hands back what it took, and the next attempt finds it told.
    'sns:Publish': { refused: AUDIT_FAILED, misheard: NOTHING },
  },
  notify: {
    'dynamodb:PutItem': UNDELIVERED,
    'dynamodb:UpdateItem': UNDELIVERED,
    'securityhub:BatchImportFindings': UNDELIVERED,
    'sns:Publish': { refused: UNDELIVERED, misheard: NOTHING },
  },
  confirm: { 'dynamodb:PutItem': UNDELIVERED },
  [MEMBER]: {
    // Who it was is not told then.
    'cloudtrail:LookupEvents': NOTHING,
    'ec2:DescribeNetworkInterfaces': GAP,
    'ec2:DescribeRegions': GAP,
    'ec2:DescribeSecurityGroups': UNKNOWN,
    's3:GetBucketAcl': UNKNOWN,
    's3:GetBucketOwnershipControls': UNKNOWN,
    's3:GetBucketPolicy': UNKNOWN,
    's3:GetPublicAccessBlock': UNKNOWN,
    's3:ListBuckets': UNKNOWN,
    's3control:GetPublicAccessBlock': UNKNOWN,
  },
};

export interface ReactionOutcome {
  readonly operation: string;
  readonly kind: FaultKind;
  readonly signs: readonly ReactionSign[];
}

/**
 * What people learn of it when a reaction asks in vain for ever. It is tried again and given up, unless AWS says that we may not: that is logged, and the
 * next audit tells what is missing. Operations in order.
 */
export const REACTIONS: Readonly<Record<Reacting, readonly ReactionOutcome[]>> = {
  [REACT]: [
    { operation: 'dynamodb:BatchGetItem', kind: 'access-denied', signs: ['undelivered'] },
    { operation: 'dynamodb:GetItem', kind: 'access-denied', signs: ['undelivered'] },
    { operation: 'dynamodb:PutItem', kind: 'access-denied', signs: ['undelivered'] },
    { operation: 'dynamodb:PutItem', kind: 'malformed', signs: ['undelivered'] },
    { operation: 'sqs:SendMessage', kind: 'access-denied', signs: ['undelivered'] },
    { operation: 'sts:AssumeRole', kind: 'access-denied', signs: ['blind'] },
    { operation: 'sts:AssumeRole', kind: 'internal-error', signs: ['undelivered'] },
  ],
  [REACT_AS_MEMBER]: [
    // The rule is seen, and who it lets in to is not.
    { operation: 'ec2:DescribeNetworkInterfaces', kind: 'access-denied', signs: [] },
    { operation: 'ec2:DescribeSecurityGroups', kind: 'access-denied', signs: ['blind'] },
    { operation: 'ec2:DescribeSecurityGroups', kind: 'internal-error', signs: ['undelivered'] },
    { operation: 'ec2:DescribeSecurityGroups', kind: 'malformed', signs: ['blind'] },
  ],
};
