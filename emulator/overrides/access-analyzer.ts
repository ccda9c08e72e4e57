import type { Exchange } from '../exchange.ts';
import { type Overrides, reply } from '../exchange.ts';
import { servicesIn } from './region-services.ts';

/** Missing in moto: the described analyzers, and what they have found. */
export const accessAnalyzerOverrides: Overrides = {
  'access-analyzer:ListAnalyzers': (exchange) => {
    const { analyzers = [] } = servicesIn(exchange);
    return reply(exchange, {
      analyzers: analyzers.map(({ name, type = 'ACCOUNT', status = 'ACTIVE' }) => ({
        arn: analyzerArn(exchange, name),
        name,
        type,
        status,
        createdAt: '2026-01-01T00:00:00Z',
      })),
    });
  },

  'access-analyzer:ListFindingsV2': (exchange) => {
    const { publicResources = [] } = servicesIn(exchange);
    const time = '2026-01-01T00:00:00Z';
    return reply(exchange, {
      findings: publicResources.map((resource, index) => ({
        id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        resource,
        resourceType: 'AWS::S3::Bucket',
        resourceOwnerAccount: exchange.caller.accountId,
        status: 'ACTIVE',
        findingType: 'ExternalAccess',
        ...{ analyzedAt: time, createdAt: time, updatedAt: time },
      })),
    });
  },
};

function analyzerArn({ request, caller }: Exchange, name: string): string {
  return `arn:aws:access-analyzer:${request.region}:${caller.accountId}:analyzer/${name}`;
}
