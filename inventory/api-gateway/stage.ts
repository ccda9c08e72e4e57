import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import type { ResourceIdentity, Scope } from '../resource.ts';
import { getApis, getRestApis, getRestStages, getStages } from './calls.ts';
import { httpStageChanges, restStageChanges } from './stage-changes.ts';

export interface StageFacets {
  /** The ARN of what its access logs go to; `undefined` if nothing is logged. */
  readonly accessLog: string | undefined;
}

interface ListedStage {
  readonly apiId: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly accessLog: string | undefined;
}

/** Stages of REST APIs. */
export const restStages = defineReader<'AWS::ApiGateway::Stage', ListedStage>({
  type: 'AWS::ApiGateway::Stage',
  scope: 'regional',
  changes: restStageChanges,
  list: {
    calls: [getRestApis, getRestStages],
    read: async (place) =>
      stagesOfAll(
        toListed(await getRestApis(place), ({ id }) => idOf('apigateway:GetRestApis', id)),
        place,
        readRestStages,
      ),
  },
  only: { calls: [getRestStages], read: (place, ids) => stagesOf(apisOf(ids), place, readRestStages) },
  identify: identifyAs('restapis'),
  facets: { accessLog: { calls: [], read: ({ accessLog }) => accessLog } },
});

/** Stages of HTTP and WebSocket APIs. */
export const httpStages = defineReader<'AWS::ApiGatewayV2::Stage', ListedStage>({
  type: 'AWS::ApiGatewayV2::Stage',
  scope: 'regional',
  changes: httpStageChanges,
  list: {
    calls: [getApis, getStages],
    read: async (place) =>
      stagesOfAll(
        toListed(await getApis(place), ({ ApiId }) => idOf('apigatewayv2:GetApis', ApiId)),
        place,
        readHttpStages,
      ),
  },
  only: { calls: [getStages], read: (place, ids) => stagesOf(apisOf(ids), place, readHttpStages) },
  identify: identifyAs('apis'),
  facets: { accessLog: { calls: [], read: ({ accessLog }) => accessLog } },
});

type ReadStages = (place: Place, apiId: string) => Promise<Listed<ListedStage>>;

/** One API that we may not look into does not hide the stages of the others. */
async function stagesOfAll(apis: Listed<string>, place: Place, read: ReadStages): Promise<Listed<ListedStage>> {
  const stages = await Promise.all(apis.known.map((apiId) => toListing(read(place, apiId))));
  return joined(stages, apis.unread);
}

/** @throws Unread when any part was refused: the rest would look like all there is */
async function stagesOf(apiIds: readonly string[], place: Place, read: ReadStages): Promise<Listed<ListedStage>> {
  return joined(await Promise.all(apiIds.map((apiId) => read(place, apiId))));
}

async function readRestStages(place: Place, apiId: string): Promise<Listed<ListedStage>> {
  return toListed(await getRestStages(place, { apiId }), ({ stageName, tags = {}, accessLogSettings }) => {
    const name = idOf('apigateway:GetStages', stageName);
    return { apiId, name, tags, accessLog: accessLogSettings?.destinationArn || undefined };
  });
}

async function readHttpStages(place: Place, apiId: string): Promise<Listed<ListedStage>> {
  return toListed(await getStages(place, { apiId }), ({ StageName, Tags = {}, AccessLogSettings }) => {
    const name = idOf('apigatewayv2:GetStages', StageName);
    return { apiId, name, tags: Tags, accessLog: AccessLogSettings?.DestinationArn || undefined };
  });
}

function idOf(operation: string, id: string | undefined): string {
  if (id === undefined) throw malformed(operation, 'something has no id');
  return id;
}

/** The APIs in ids (`<api>/<stage>`) and ARNs (`…/restapis/<api>/stages/<stage>`) of stages. */
function apisOf(ids: readonly string[]): readonly string[] {
  const apis = ids.map((id) => (id.startsWith('arn:') ? id.split('/')[2] : id.split('/')[0]) ?? '');
  return [...new Set(apis.filter((api) => api !== ''))];
}

/** API Gateway's ARNs name no account (API Gateway Developer Guide, "Amazon Resource Name format for API Gateway"). */
function identifyAs(kind: 'restapis' | 'apis') {
  return ({ apiId, name, tags }: ListedStage, { accountId, region }: Scope, partition: string): Omit<ResourceIdentity, 'type'> => ({
    arn: `arn:${partition}:apigateway:${region}::/${kind}/${apiId}/stages/${name}`,
    id: `${apiId}/${name}`,
    accountId,
    region,
    partition,
    tags,
  });
}
