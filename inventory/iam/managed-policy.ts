import type { PolicyDocument } from '../policy-document.ts';

export interface ManagedPolicyFacets {
  /** The default version. */
  readonly document: PolicyDocument;
  readonly attachmentCount: number;
}
