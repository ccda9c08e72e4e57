import type { PolicyDocument } from '../policy-document.ts';

/** A policy that gives a principal permissions, and by which way it came to it. */
export interface AttachedPolicy {
  readonly name: string;
  /** Absent for inline policies. */
  readonly arn?: string;
  /** `direct` on the principal itself; otherwise the group that carries it. */
  readonly via: 'direct' | { readonly group: string };
  readonly document: PolicyDocument;
}
