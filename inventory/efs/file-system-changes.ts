import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import type { FileSystemFacets } from './file-system.ts';

const EFS = 'elasticfilesystem.amazonaws.com';

/** A file system is named by its id or its ARN. */
function idsAt(at: Path): readonly IdPath[] {
  return [{ at, as: (found) => found.split('/').at(-1) ?? found }];
}

/** Resources with tags are file systems or access points. */
function fileSystemsAt(at: Path): readonly IdPath[] {
  return [{ at, as: (found) => /(^|\/)(fs-[^/]+)$/.exec(found)?.[2] }];
}

/** https://docs.aws.amazon.com/efs/latest/ug/API_Operations.html. How it is encrypted is decided when it is made. */
export const fileSystemChanges: readonly ChangeEvents<keyof FileSystemFacets>[] = [
  { source: EFS, names: ['CreateFileSystem'], ids: idsAt('response.fileSystemId') },
  { source: EFS, names: ['DeleteFileSystem'], ids: idsAt('request.fileSystemId'), deletes: true },
  {
    source: EFS,
    names: ['PutFileSystemPolicy', 'DeleteFileSystemPolicy'],
    ids: idsAt('request.fileSystemId'),
    facets: ['policy'],
  },
  // A replica may be made for it.
  { source: EFS, names: ['CreateReplicationConfiguration'], ids: idsAt('response.destinations.fileSystemId'), onlyIfTold: true },
  {
    source: EFS,
    names: [
      'UpdateFileSystem',
      'UpdateFileSystemProtection',
      'PutBackupPolicy',
      'PutLifecycleConfiguration',
      'CreateAccessPoint',
      'CreateMountTarget',
    ],
    ids: idsAt('request.fileSystemId'),
    facets: [],
  },
  { source: EFS, names: ['CreateTags', 'DeleteTags'], ids: idsAt('request.fileSystemId'), facets: [] },
  { source: EFS, names: ['TagResource', 'UntagResource'], ids: fileSystemsAt('request.resourceId'), facets: [] },
];
