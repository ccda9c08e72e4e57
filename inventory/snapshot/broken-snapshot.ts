/** Why a file cannot be used as a snapshot, to be read after its name: `it breaks off in the middle`. */
export class BrokenSnapshot extends Error {
  override readonly name = 'BrokenSnapshot';
}
