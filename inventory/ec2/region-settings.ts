export interface RegionSettingsFacets {
  readonly ebsEncryptionByDefault: boolean;
}
