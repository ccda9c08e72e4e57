import type { AnalyzerSummary, FindingSummaryV2 } from '@aws-sdk/client-accessanalyzer';
import { required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';

/** All analyzers of the account in a region, of whatever type. */
export const listAnalyzers = definePagedCall<AnalyzerSummary>({
  service: 'access-analyzer',
  operation: 'ListAnalyzers',
  permissions: ['access-analyzer:ListAnalyzers'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws['access-analyzer'](region);
    for await (const page of sdk.paginateListAnalyzers({ client, pageSize: 100 }, {})) yield required(page.analyzers, 'analyzers');
  },
});

/** What an analyzer has found to be open to anybody, and nobody has resolved or archived. */
export const listPublicFindings = definePagedCall<FindingSummaryV2, { readonly analyzerArn: string }>({
  service: 'access-analyzer',
  operation: 'ListFindingsV2',
  permissions: ['access-analyzer:ListFindings'],
  async *pages(session, region, { analyzerArn }) {
    const { sdk, client } = await session.aws['access-analyzer'](region);
    const filter = { status: { eq: ['ACTIVE'] }, isPublic: { eq: ['true'] } };
    for await (const page of sdk.paginateListFindingsV2({ client, pageSize: 100 }, { analyzerArn, filter })) {
      yield required(page.findings, 'findings');
    }
  },
});
