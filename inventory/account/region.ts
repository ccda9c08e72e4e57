import {
  type Analyzer,
  analyzerCalls,
  type PublicResource,
  publicResourceCalls,
  readAnalyzers,
  readPublicResources,
} from '../access-analyzer/analyzers.ts';
import { type Recording, readRecording, recordingCalls } from '../config/recording.ts';
import { Listed } from '../facet.ts';
import { type Detector, detectorCalls, readDetector } from '../guardduty/detector.ts';
import { readWorstFinding, type WorstFinding, worstFindingCalls } from '../inspector/findings.ts';
import { readScanning, type Scanning, scanningCalls } from '../inspector/scanning.ts';
import { type MacieStatus, macieCalls, readMacie } from '../macie/session.ts';
import { defineReader } from '../reader.ts';
import type { Scope } from '../resource.ts';
import { type Hub, hubCalls, readHub } from '../security-hub/hub.ts';
import { getDocumentSharing } from '../ssm/calls.ts';
import { regionChanges } from './region-changes.ts';

/** What is switched on in a region. */
export interface RegionFacets {
  /** Of IAM Access Analyzer, of whatever type. */
  readonly analyzers: Iterable<Analyzer>;
  /** What Access Analyzer has found to be open to anybody; `undefined` where nothing looks for it. */
  readonly publicResources: Iterable<PublicResource> | undefined;
  /** GuardDuty; `undefined` where it is off. */
  readonly detector: Detector | undefined;
  /** Security Hub. */
  readonly hub: Hub;
  readonly macie: MacieStatus;
  /** What AWS Config records. */
  readonly recording: Recording;
  /** What Inspector scans. */
  readonly scanning: Scanning;
  /** Of Inspector; `undefined` where it scans nothing. */
  readonly worstFinding: WorstFinding | undefined;
  /** Whether documents of Systems Manager may be made public: `Enable` or `Disable`. */
  readonly publicDocuments: string;
}

/** What an account has once in each region: which of AWS's own services watch over it. */
export const accountRegions = defineReader<'AWS::Account::Region', Scope>({
  type: 'AWS::Account::Region',
  scope: 'regional',
  changes: regionChanges,
  list: { calls: [], read: async ({ scope }) => new Listed([scope]) },
  identify: ({ accountId, region }, _scope, partition) => ({
    // In AWS's form, but ours: AWS has no ARN for it.
    arn: `arn:${partition}:account:${region}:${accountId}:region`,
    id: region,
    accountId,
    region,
    partition,
    tags: {},
  }),
  facets: {
    analyzers: { calls: analyzerCalls, read: (_scope, place) => readAnalyzers(place) },
    publicResources: { calls: publicResourceCalls, read: (_scope, place) => readPublicResources(place) },
    detector: { calls: detectorCalls, read: (_scope, place) => readDetector(place) },
    hub: { calls: hubCalls, read: (_scope, place) => readHub(place) },
    macie: { calls: macieCalls, read: (_scope, place) => readMacie(place) },
    recording: { calls: recordingCalls, read: (_scope, place) => readRecording(place) },
    scanning: { calls: scanningCalls, read: (_scope, place) => readScanning(place) },
    worstFinding: { calls: worstFindingCalls, read: (_scope, place) => readWorstFinding(place) },
    publicDocuments: { calls: [getDocumentSharing], read: (_scope, place) => getDocumentSharing(place) },
  },
});
