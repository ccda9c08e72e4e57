export { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
