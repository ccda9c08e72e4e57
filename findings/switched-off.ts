/** Why a check has no verdict, and no finding any more, where posture.yaml has it switched off. */
export const SWITCHED_OFF = 'switched off by the configuration';
