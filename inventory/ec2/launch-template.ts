import type { NewerImage, UsedImage } from './image.ts';

export interface LaunchTemplateFacets {
  /** The default and the latest version, once if they are the same. */
  readonly versions: Iterable<LaunchTemplateVersion>;
}

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly isDefault: boolean;
  /** `undefined` when the version names no image, or leaves it to an SSM parameter that is resolved at launch. */
  readonly image: UsedImage | undefined;
  readonly newerImage: NewerImage | undefined;
}
