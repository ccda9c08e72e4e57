import packageJson from '../package.json' with { type: 'json' };

/** The flags that the product gives Node: those of the npm script. */
export const PRODUCT_FLAGS: readonly string[] = packageJson.scripts.posture.split(' ').filter((word) => word.startsWith('--'));
