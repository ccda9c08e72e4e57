export { AccessAnalyzerClient, paginateListAnalyzers, paginateListFindingsV2 } from '@aws-sdk/client-accessanalyzer';
