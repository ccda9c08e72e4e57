/**
 * The name in any of the forms in which Lambda takes a function: `my-function`, `my-function:live`, `123456789012:function:my-function`, its ARN.
 * "Name formats" of each operation in the AWS Lambda API Reference.
 */
export function toFunctionName(nameOrArn: string): string {
  return /(?:^|:)function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn.split(':')[0] ?? '';
}

/** The account that one of these forms names, if it names one. */
export function accountOfFunction(nameOrArn: string): string | undefined {
  return /(?:^|:)(\d{12}):function:/.exec(nameOrArn)?.[1];
}

/** The alias or version behind the name, if there is one. */
export function qualifierOfFunction(nameOrArn: string): string | undefined {
  return /(?:^|:)function:[^:]+:([^:]+)$/.exec(nameOrArn)?.[1] ?? /^[^:]+:([^:]+)$/.exec(nameOrArn)?.[1];
}
