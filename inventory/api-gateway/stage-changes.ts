import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import type { StageFacets } from './stage.ts';

/** REST, HTTP and WebSocket APIs share it, and most names of events: what the API is called in the request tells them apart. */
const API_GATEWAY = 'apigateway.amazonaws.com';

export const restStageChanges = stageChanges('request.restApiId', 'request.apiId', ['DeleteRestApi']);
export const httpStageChanges = stageChanges('request.apiId', 'request.restApiId', ['DeleteApi']);

function stageChanges(
  own: 'request.restApiId' | 'request.apiId',
  other: 'request.restApiId' | 'request.apiId',
  endsOfApi: readonly string[],
): readonly ChangeEvents<keyof StageFacets>[] {
  const stage: readonly IdPath[] = [
    { at: own, as: toStageId },
    { at: other, as: () => undefined },
  ];
  return [
    { source: API_GATEWAY, names: ['CreateStage', 'UpdateStage', 'DeleteAccessLogSettings'], ids: stage },
    { source: API_GATEWAY, names: ['DeleteStage'], ids: stage, deletes: true },
    // A deployment may make a stage, and so may an import; an API takes all of its own with it.
    {
      source: API_GATEWAY,
      names: ['CreateDeployment'],
      ids: [
        { at: own, as: anyStage },
        { at: other, as: () => undefined },
      ],
    },
    { source: API_GATEWAY, names: [...endsOfApi, ...(own === 'request.apiId' ? ['CreateApi', 'ImportApi'] : [])] },
  ];
}

function toStageId(apiId: string, { request, name }: CloudTrailEvent): string {
  const stage = request.at('stageName').text ?? request.at('createStageInput', 'stageName').text;
  if (stage === undefined) throw malformed(`cloudtrail:${name}`, 'the event does not name the stage');
  return `${apiId}/${stage}`;
}

function anyStage(_apiId: string, { name }: CloudTrailEvent): never {
  throw malformed(`cloudtrail:${name}`, 'the event does not name the stage');
}
