import type { RestApi, Stage } from '@aws-sdk/client-api-gateway';
import type { Api, Stage as StageV2 } from '@aws-sdk/client-apigatewayv2';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

export const getRestApis = definePagedCall<RestApi>({
  service: 'apigateway',
  operation: 'GetRestApis',
  permissions: ['apigateway:GET'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.apigateway(region);
    // An account without any is answered without the list.
    for await (const { items = [] } of sdk.paginateGetRestApis({ client, pageSize: 500 }, {})) yield items;
  },
});

/** The stages of a REST API; none if it is gone. */
export const getRestStages = defineCall<readonly Stage[], { readonly apiId: string }>({
  service: 'apigateway',
  operation: 'GetStages',
  permissions: ['apigateway:GET'],
  async send(session, region, { apiId }) {
    const { sdk, client } = await session.aws.apigateway(region);
    try {
      return (await client.send(new sdk.GetStagesCommand({ restApiId: apiId }))).item ?? [];
    } catch (error) {
      if (isNamed(error, 'NotFoundException')) return [];
      throw error;
    }
  },
});

/** HTTP and WebSocket APIs. */
export const getApis = definePagedCall<Api>({
  service: 'apigatewayv2',
  operation: 'GetApis',
  permissions: ['apigateway:GET'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.apigatewayv2(region);
    let token: string | undefined;
    do {
      const page = await client.send(new sdk.GetApisCommand({ MaxResults: '100', NextToken: token }));
      yield required(page.Items, 'Items');
      token = page.NextToken;
    } while (token);
  },
});

/** The stages of an HTTP or WebSocket API; none if it is gone. */
export const getStages = definePagedCall<StageV2, { readonly apiId: string }>({
  service: 'apigatewayv2',
  operation: 'GetStages',
  permissions: ['apigateway:GET'],
  async *pages(session, region, { apiId }) {
    const { sdk, client } = await session.aws.apigatewayv2(region);
    let token: string | undefined;
    try {
      do {
        const page = await client.send(new sdk.GetStagesCommand({ ApiId: apiId, MaxResults: '100', NextToken: token }));
        yield required(page.Items, 'Items');
        token = page.NextToken;
      } while (token);
    } catch (error) {
      if (isNamed(error, 'NotFoundException')) return;
      throw error;
    }
  },
});
