/** Who did it, as far as an event tells. Names and ids only: an access key's id is no secret. */
export interface Actor {
  readonly kind: 'root' | 'user' | 'role' | 'federated' | 'identity center' | 'service' | 'account' | 'unknown';
  /** What people call them: `root of 111122223333`, `ana@example.com as AdministratorAccess`, `bob`, `cloudformation.amazonaws.com`. Never empty. */
  readonly name: string;
  readonly arn?: string;
  /** The account that the actor belongs to, which need not be the one that was touched. */
  readonly accountId?: string;
  /** The role's or user's ARN behind a session (`sessionContext.sessionIssuer.arn`). */
  readonly issuer?: string;
  /** The name of the session: an e-mail address for Identity Center, an instance id for an instance's role. */
  readonly session?: string;
  /** `sourceIdentity`: who a person was before taking on roles. */
  readonly sourceIdentity?: string;
  /** The user of Identity Center (`onBehalfOf.userId`). */
  readonly onBehalfOf?: string;
  /** An address, or the name of a service. */
  readonly from?: string;
  /** The class of what they used, told from the user agent and the session. */
  readonly tool: 'console' | 'cli' | 'cloudformation' | 'cdk' | 'terraform' | 'sdk' | 'service' | 'other';
  /** The service that acted for them (`invokedBy`); absent for what the console does for a person. */
  readonly invokedBy?: string;
  /** Whether the session was opened with MFA; absent where the event does not say. */
  readonly mfa?: boolean;
  readonly accessKeyId?: string;
}
