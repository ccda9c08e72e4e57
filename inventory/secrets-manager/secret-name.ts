/** Secrets Manager adds a hyphen and six characters to the name in the ARN: https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen */
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/** The name of a secret that is named by its name or its ARN. */
export function nameIn(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.split(':').slice(6).join(':').replace(SUFFIX, '') : nameOrArn;
}
