/** An IAM policy in one shape: every "one or many" is a list, every name of a condition key is lower case. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: Principals;
  readonly notPrincipals?: Principals;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: readonly PolicyCondition[];
}

/** `"Principal": "*"` and `{"AWS": "*"}` are the same: `aws: ['*']`. */
export interface Principals {
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
}

export interface PolicyCondition {
  /** Lower case, without set prefix and `IfExists`: `stringequals`, `ipaddress`, `bool`, `null`. */
  readonly operator: string;
  readonly qualifier?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  /** Lower case: `aws:sourceip`. */
  readonly key: string;
  readonly values: readonly string[];
}
