import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import type { FunctionFacets } from './function.ts';
import { accountOfFunction, qualifierOfFunction, toFunctionName } from './function-name.ts';

const LAMBDA = 'lambda.amazonaws.com';
const named = functionAt('request.functionName');

/** https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html */
export const functionChanges: readonly ChangeEvents<keyof FunctionFacets>[] = [
  { source: LAMBDA, names: ['CreateFunction'], ids: named },
  { source: LAMBDA, names: ['DeleteFunction'], ids: [{ at: 'request.functionName', as: wholeFunction }], deletes: true },
  // With a qualifier only that version goes.
  { source: LAMBDA, names: ['DeleteFunction'], ids: [{ at: 'request.functionName', as: functionOfVersion }], onlyIfTold: true },
  { source: LAMBDA, names: ['UpdateFunctionConfiguration'], ids: named, facets: ['runtimes'] },
  { source: LAMBDA, names: ['CreateAlias', 'UpdateAlias', 'DeleteAlias'], ids: named },
  { source: LAMBDA, names: ['AddPermission', 'RemovePermission'], ids: named, facets: ['policies'] },
  { source: LAMBDA, names: ['PutResourcePolicy', 'DeleteResourcePolicy'], ids: functionAt('request.resourceArn'), facets: ['policies'] },
  {
    source: LAMBDA,
    names: ['CreateFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'DeleteFunctionUrlConfig'],
    ids: named,
    facets: ['urls'],
  },
  {
    source: LAMBDA,
    names: [
      'UpdateFunctionCode',
      'PublishVersion',
      'PutFunctionConcurrency',
      'DeleteFunctionConcurrency',
      'PutProvisionedConcurrencyConfig',
      'DeleteProvisionedConcurrencyConfig',
      'PutFunctionEventInvokeConfig',
      'UpdateFunctionEventInvokeConfig',
      'DeleteFunctionEventInvokeConfig',
      'PutFunctionCodeSigningConfig',
      'DeleteFunctionCodeSigningConfig',
      'PutFunctionRecursionConfig',
      'PutFunctionScalingConfig',
      'PutRuntimeManagementConfig',
    ],
    ids: named,
    facets: [],
  },
  { source: LAMBDA, names: ['TagResource', 'UntagResource'], ids: functionAt('request.resource'), facets: [] },
];

function functionAt(at: Path): readonly IdPath[] {
  return [{ at, as: toOwnFunction }];
}

/** Functions of other accounts may be called from here, and layers, mappings and signing configurations have policies and tags as well. */
function toOwnFunction(nameOrArn: string, { accountId, name }: CloudTrailEvent): string | undefined {
  if (nameOrArn.startsWith('arn:') && nameOrArn.split(':')[5] !== 'function') return undefined;
  const id = toFunctionName(nameOrArn);
  if (id === '') throw malformed(`cloudtrail:${name}`, 'what should be the name of a function is none');
  return (accountOfFunction(nameOrArn) ?? accountId) === accountId ? id : undefined;
}

function wholeFunction(nameOrArn: string, event: CloudTrailEvent): string | undefined {
  return isOfVersion(nameOrArn, event) ? undefined : toOwnFunction(nameOrArn, event);
}

function functionOfVersion(nameOrArn: string, event: CloudTrailEvent): string | undefined {
  return isOfVersion(nameOrArn, event) ? toOwnFunction(nameOrArn, event) : undefined;
}

function isOfVersion(nameOrArn: string, { request }: CloudTrailEvent): boolean {
  return request.at('qualifier').exists || qualifierOfFunction(nameOrArn) !== undefined;
}
