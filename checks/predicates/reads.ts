const READ =
  /^(Get|List|Describe|Head|Lookup|Search|BatchGet|Filter|Preview|Select|Simulate|View|Generate(CredentialReport|ServiceLastAccessedDetails)$)/;

/** These give out credentials or what is secret, whatever their names say. */
const GIVES_AWAY = new Set([
  'GetFederationToken',
  'GetSessionToken',
  'GetSigninToken',
  'GetPasswordData',
  'GetSecretValue',
  'BatchGetSecretValue',
  'GetAuthorizationToken',
]);

/** Whether a call by that name only looks. By name: CloudTrail's own `readOnly` is neither always there nor always right. */
export function onlyReads(name: string): boolean {
  return READ.test(name) && !GIVES_AWAY.has(name);
}
