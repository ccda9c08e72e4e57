/** What of AWS's own services is on in a region; what is not said is off, as in a new account. */
export interface RegionServices {
  readonly analyzers?: readonly AnalyzerDescription[];
  /** ARNs of what Access Analyzer has found to be open to anybody. */
  readonly publicResources?: readonly string[];
  /** AWS Config's recorder. */
  readonly recorder?: RecorderDescription;
  /** GuardDuty; without the features that are named. */
  readonly guardDuty?: { readonly suspended?: boolean; readonly without?: readonly string[] };
  /** What Inspector scans: `ec2`, `ecr`, `lambda`, `lambdaCode`. */
  readonly inspector?: readonly string[];
  /** Severities of its active findings. */
  readonly inspectorFindings?: readonly string[];
  readonly macie?: 'ENABLED' | 'PAUSED';
  /** Security Hub, with the names of its standards. */
  readonly securityHub?: { readonly standards: readonly string[] };
}

export interface AnalyzerDescription {
  readonly name: string;
  /** `ACCOUNT` unless this says otherwise. */
  readonly type?: string;
  /** `ACTIVE` unless this says otherwise. */
  readonly status?: string;
}

export interface RecorderDescription {
  readonly recording?: boolean;
  readonly lastStatus?: string;
  /** With users, groups, roles and policies. */
  readonly globalTypes?: boolean;
  /** Only these; all that are supported unless given. */
  readonly types?: readonly string[];
  readonly channel?: boolean;
}

/** A region over which everything watches; users and roles are recorded where `globalTypes` says so. */
export function watched(globalTypes = false): RegionServices {
  return {
    analyzers: [{ name: 'external' }],
    recorder: { globalTypes },
    guardDuty: {},
    inspector: ['ec2', 'ecr', 'lambda'],
    macie: 'ENABLED',
    securityHub: { standards: ['aws-foundational-security-best-practices'] },
  };
}
