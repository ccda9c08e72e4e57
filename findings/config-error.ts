/** Something that a person has to put right before it can work: one line that says what is wrong, where, and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
