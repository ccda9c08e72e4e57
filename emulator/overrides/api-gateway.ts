import type { Api } from '../account/front-ends.ts';
import { type Exchange, type Overrides, reject, reply } from '../exchange.ts';
import type { Answer } from '../wire/serialize.ts';

/** Moto keeps no access logs of HTTP APIs: the described ones of both kinds are answered. */
export const apiGatewayOverrides: Overrides = {
  // The list of a page is called `item` on the wire.
  'apigateway:GetRestApis': (exchange) => reply(exchange, { item: apisIn(exchange, true).map(([name]) => ({ id: name, name })) }),

  'apigateway:GetStages': (exchange) =>
    ofApi(exchange, true, ({ stages }) =>
      reply(exchange, {
        item: Object.entries(stages).map(([stageName, log]) => ({
          stageName,
          ...(log === 'none' ? {} : { accessLogSettings: { destinationArn: log, format: '$context.requestId' } }),
        })),
      }),
    ),

  'apigatewayv2:GetApis': (exchange) => {
    const items = apisIn(exchange, false).map(([name]) => ({ apiId: name, name, protocolType: 'HTTP', routeSelectionExpression: '' }));
    return reply(exchange, { items });
  },

  'apigatewayv2:GetStages': (exchange) =>
    ofApi(exchange, false, ({ stages }) =>
      reply(exchange, {
        items: Object.entries(stages).map(([stageName, log]) => ({
          stageName,
          ...(log === 'none' ? {} : { accessLogSettings: { destinationArn: log, format: '$context.requestId' } }),
        })),
      }),
    ),
};

function apisIn({ state, request }: Exchange, isRest: boolean): readonly (readonly [string, Api])[] {
  const { apis, region: home } = state.description;
  return [...apis].filter(([, { rest = false, region = home }]) => rest === isRest && region === request.region);
}

function ofApi(exchange: Exchange, isRest: boolean, answer: (api: Api) => Answer): Answer {
  const name = exchange.request.path.split('/').at(-2);
  const [found] = apisIn(exchange, isRest).filter(([each]) => each === name);
  if (found) return answer(found[1]);
  return reject(exchange, { status: 404, code: 'NotFoundException', message: 'Invalid API identifier specified' });
}
