export const CONFIG = 'config.amazonaws.com';

/** What changes an account's own recorder, or which types it records. */
export const RECORDER_CHANGES = [
  'AssociateResourceTypes',
  'DeleteConfigurationRecorder',
  'DisassociateResourceTypes',
  'PutConfigurationRecorder',
  'StartConfigurationRecorder',
  'StopConfigurationRecorder',
] as const;
