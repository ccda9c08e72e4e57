import { CONFIG, RECORDER_CHANGES } from '../config/recorder-changes.ts';
import type { ChangeEvents } from '../events/changes.ts';
import { S3 } from '../s3/bucket-changes.ts';
import type { RegionFacets } from './region.ts';

type Changes = readonly ChangeEvents<keyof RegionFacets>[];

/** What an administrator of an organization switches for a member, the member's own trail does not tell: the next audit does. */
export const regionChanges: Changes = [
  {
    source: 'access-analyzer.amazonaws.com',
    names: ['CreateAnalyzer', 'DeleteAnalyzer', 'UpdateAnalyzer'],
    ids: 'region',
    facets: ['analyzers', 'publicResources'],
  },
  {
    source: 'access-analyzer.amazonaws.com',
    names: ['ApplyArchiveRule', 'CreateArchiveRule', 'DeleteArchiveRule', 'StartResourceScan', 'UpdateArchiveRule', 'UpdateFindings'],
    ids: 'region',
    facets: ['publicResources'],
  },
  { source: CONFIG, names: [...RECORDER_CHANGES, 'DeleteDeliveryChannel', 'PutDeliveryChannel'], ids: 'region', facets: ['recording'] },
  { source: 'guardduty.amazonaws.com', names: ['CreateDetector', 'DeleteDetector', 'UpdateDetector'], ids: 'region', facets: ['detector'] },
  { source: 'inspector2.amazonaws.com', names: ['Disable', 'Enable'], ids: 'region', facets: ['scanning', 'worstFinding'] },
  {
    source: 'inspector2.amazonaws.com',
    names: ['CreateFilter', 'DeleteFilter', 'UpdateFilter'],
    ids: 'region',
    facets: ['worstFinding'],
  },
  { source: 'macie2.amazonaws.com', names: ['DisableMacie', 'EnableMacie', 'UpdateMacieSession'], ids: 'region', facets: ['macie'] },
  { source: S3, names: ['CreateBucket', 'DeleteBucket'], ids: 'region', facets: ['macie'], indirect: true },
  {
    source: 'securityhub.amazonaws.com',
    names: ['BatchDisableStandards', 'BatchEnableStandards', 'DisableSecurityHub', 'EnableSecurityHub'],
    ids: 'region',
    facets: ['hub'],
  },
  {
    source: 'ssm.amazonaws.com',
    names: ['UpdateServiceSetting', 'ResetServiceSetting'],
    ids: 'region',
    facets: ['publicDocuments'],
  },
];
