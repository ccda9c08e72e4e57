import {
  type GetAccountAuthorizationDetailsCommandInput,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
import { PREFIX } from '../../cdk/names.ts';
import { matchesWildcard } from '../../checks/predicates/wildcard.ts';
import type { LoggedCall } from '../../emulator/call-log.ts';
import type { LocalAws } from '../../emulator/local-aws.ts';

/** One action that a role allows on one resource, or on those that a pattern describes. */
export interface Grant {
  /** Of the role. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions: Conditions;
}

/** A role as it was deployed. */
export interface DeployedRole {
  readonly arn: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** The conditions under which it may be taken on, by principal. */
  readonly trust: readonly { readonly principal: string; readonly conditions: Conditions }[];
}

/** What IAM is asked about a request: the action, and what it names. */
export interface Asked {
  readonly action: string;
  /** Each of them has to be allowed; without any, it is the action on everything. */
  readonly resources: readonly string[];
  /** By condition key. */
  readonly context: Context;
}

type Context = Readonly<Record<string, string>>;

const Texts = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat());
const Conditions = z.partialRecord(z.enum(['StringEquals', 'StringLike', 'ArnEquals']), z.record(z.string(), Texts));
type Conditions = z.infer<typeof Conditions>;

// Strict: what is not understood here must not count as allowed.
const Permission = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal('Allow'),
  Action: Texts,
  Resource: Texts,
  Condition: Conditions.default({}),
});
const Trust = z.strictObject({
  Effect: z.literal('Allow'),
  Action: z.literal('sts:AssumeRole'),
  Principal: z.record(z.string(), Texts),
  Condition: Conditions.default({}),
});

/** The product's roles in an account, as IAM has them. @throws ZodError for a policy that says more than plain permissions */
export async function readRoles(aws: LocalAws, accountId: string): Promise<readonly DeployedRole[]> {
  const client = new IAMClient(aws.client(accountId));
  const details: RoleDetail[] = [];
  const policies = new Map<string | undefined, string | undefined>();
  const kinds = { Filter: ['Role', 'LocalManagedPolicy'] } satisfies GetAccountAuthorizationDetailsCommandInput;
  for await (const { RoleDetailList = [], Policies = [] } of paginateGetAccountAuthorizationDetails({ client }, kinds)) {
    details.push(...RoleDetailList);
    for (const { Arn, PolicyVersionList = [] } of Policies)
      policies.set(Arn, PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document);
  }
  return details.filter(({ RoleName = '' }) => RoleName.startsWith(`${PREFIX}-`)).map((role) => toRole(role, policies));
}

function toRole(
  { Arn: arn = '', RoleName: name = '', RolePolicyList = [], AttachedManagedPolicies = [], AssumeRolePolicyDocument }: RoleDetail,
  policies: ReadonlyMap<string | undefined, string | undefined>,
): DeployedRole {
  const documents = [
    ...RolePolicyList.map(({ PolicyDocument }) => PolicyDocument),
    ...AttachedManagedPolicies.map(({ PolicyArn }) => policies.get(PolicyArn)),
  ];
  const grants = documents.flatMap((document) => statementsOf(document, Permission).flatMap((statement) => toGrants(name, statement)));
  return { arn, name, grants, trust: statementsOf(AssumeRolePolicyDocument, Trust).flatMap(toTrust) };
}

function statementsOf<Statement>(document: string | undefined, schema: z.ZodType<Statement>): readonly Statement[] {
  const Document = z.strictObject({ Version: z.literal('2012-10-17'), Statement: z.array(schema) });
  return Document.parse(JSON.parse(decodeURIComponent(document ?? ''))).Statement;
}

function toGrants(role: string, { Action, Resource, Condition }: z.infer<typeof Permission>): readonly Grant[] {
  return Action.flatMap((action) => Resource.map((resource) => ({ role, action, resource, conditions: Condition })));
}

function toTrust({ Principal, Condition }: z.infer<typeof Trust>): DeployedRole['trust'] {
  return Object.values(Principal)
    .flat()
    .map((principal) => ({ principal, conditions: Condition }));
}

/** Whether IAM would let a request through. */
export function isAllowed(grants: readonly Grant[], { action, resources, context }: Asked): boolean {
  const named = resources.length === 0 ? ['*'] : resources;
  return named.every((resource) =>
    grants.some(
      (grant) =>
        grant.action === action &&
        (grant.resource === '*' || (resource !== '*' && matchesWildcard(grant.resource, resource))) &&
        hold(grant.conditions, context),
    ),
  );
}

/** Whether all conditions hold. A key that a request does not have holds none. */
export function hold(conditions: Conditions, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = context[key];
      return value !== undefined && wanted.some((one) => (operator === 'StringEquals' ? one === value : matchesWildcard(one, value)));
    }),
  );
}

/**
 * The action that IAM is asked about where it is not called as the operation is (Service Authorization Reference).
 * Written down once more: what the product declares beside its calls is what is tested.
 */
const ACTIONS: Readonly<Record<string, string>> = {
  'access-analyzer:ListFindingsV2': 'access-analyzer:ListFindings',
  'apigateway:GetRestApis': 'apigateway:GET',
  'apigateway:GetStages': 'apigateway:GET',
  'apigatewayv2:GetApis': 'apigateway:GET',
  'apigatewayv2:GetStages': 'apigateway:GET',
  'elb:DescribeLoadBalancers': 'elasticloadbalancing:DescribeLoadBalancers',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:UploadPart': 's3:PutObject',
  's3control:GetAccessPoint': 's3:GetAccessPoint',
  's3control:GetAccessPointPolicy': 's3:GetAccessPointPolicy',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
  's3control:ListAccessPoints': 's3:ListAccessPoints',
  's3control:ListMultiRegionAccessPoints': 's3:ListMultiRegionAccessPoints',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
};

/** What IAM is asked about a call. */
export function toAsked({ name, resources, conditionKeys }: LoggedCall): Asked {
  return { action: ACTIONS[name] ?? name, resources, context: conditionKeys };
}

/** Name of the role and account that a call was made with, if it was made with a role's credentials. */
export function roleOf({ callerArn }: Pick<LoggedCall, 'callerArn'>): { readonly accountId: string; readonly name: string } | undefined {
  const [, accountId, name] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  return accountId === undefined || name === undefined ? undefined : { accountId, name };
}
