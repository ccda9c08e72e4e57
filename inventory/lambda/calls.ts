import type { AliasConfiguration, FunctionConfiguration, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import { unlessAbsent } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/** A function, or one of its aliases or versions. */
export interface Qualified {
  readonly name: string;
  readonly qualifier?: string;
}

/** The most that ListFunctions gives a page, whatever is asked for (AWS Lambda API Reference). */
const PAGE = 50;

/** The unpublished version of each function. */
export const listFunctions = definePagedCall<FunctionConfiguration>({
  service: 'lambda',
  operation: 'ListFunctions',
  permissions: ['lambda:ListFunctions'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.lambda(region);
    for await (const page of sdk.paginateListFunctions({ client, pageSize: PAGE }, {})) yield required(page.Functions, 'Functions');
  },
});

/** `undefined` when there is no such function, or no such version of it. */
export const getFunctionConfiguration = defineCall<FunctionConfiguration | undefined, Qualified>({
  service: 'lambda',
  operation: 'GetFunctionConfiguration',
  permissions: ['lambda:GetFunctionConfiguration'],
  async send(session, region, { name, qualifier }) {
    const { sdk, client } = await session.aws.lambda(region);
    const asked = client.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: qualifier }));
    const found = await unlessAbsent(asked, 'ResourceNotFoundException');
    if (found) required(found.FunctionArn, 'FunctionArn');
    return found;
  },
});

/** The policy's text; `undefined` when there is none. */
export const getPolicy = defineCall<string | undefined, Qualified>({
  service: 'lambda',
  operation: 'GetPolicy',
  permissions: ['lambda:GetPolicy'],
  async send(session, region, { name, qualifier }) {
    const { sdk, client } = await session.aws.lambda(region);
    const asked = client.send(new sdk.GetPolicyCommand({ FunctionName: name, Qualifier: qualifier }));
    const found = await unlessAbsent(asked, 'ResourceNotFoundException');
    return found && required(found.Policy, 'Policy');
  },
});

export const listAliases = definePagedCall<AliasConfiguration, Qualified>({
  service: 'lambda',
  operation: 'ListAliases',
  permissions: ['lambda:ListAliases'],
  async *pages(session, region, { name }) {
    const { sdk, client } = await session.aws.lambda(region);
    for await (const page of sdk.paginateListAliases({ client, pageSize: PAGE }, { FunctionName: name })) {
      yield required(page.Aliases, 'Aliases');
    }
  },
});

/** Of the function and of each of its aliases. */
export const listFunctionUrlConfigs = definePagedCall<FunctionUrlConfig, Qualified>({
  service: 'lambda',
  operation: 'ListFunctionUrlConfigs',
  permissions: ['lambda:ListFunctionUrlConfigs'],
  async *pages(session, region, { name }) {
    const { sdk, client } = await session.aws.lambda(region);
    for await (const page of sdk.paginateListFunctionUrlConfigs({ client, pageSize: PAGE }, { FunctionName: name })) {
      yield required(page.FunctionUrlConfigs, 'FunctionUrlConfigs');
    }
  },
});
