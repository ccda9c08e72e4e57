const ACCOUNT = '111122223333';

/** `userIdentity` of the root user in examples. Console sessions have keys that begin with ASIA, lasting access keys with AKIA. */
export function rootIdentity(accessKeyId?: string) {
  const identity = { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT };
  return accessKeyId === undefined ? identity : { ...identity, accessKeyId };
}

/** `userIdentity` of a person who came through Identity Center, or of any other session of a role. */
export function sessionIdentity(role = 'AWSReservedSSO_ReadOnly_0123456789abcdef', session = 'ana@example.com') {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE001:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/${role}`, accountId: ACCOUNT, userName: role },
      attributes: { mfaAuthenticated: 'false', creationDate: '2026-11-21T07:30:00Z' },
    },
  };
}
