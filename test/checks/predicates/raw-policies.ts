/** Policies as AWS's JSON has them, in the one spelling that the tests write. */
export interface RawPolicy {
  readonly Statement: readonly RawStatement[];
}
export interface RawStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: RawPrincipal;
  readonly NotPrincipal?: RawPrincipal;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
export type RawPrincipal = '*' | Readonly<Record<string, readonly string[]>>;
