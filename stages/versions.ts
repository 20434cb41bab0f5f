/** 1.6 introduced `import` blocks whose id is an expression; nothing here needs a newer version. */
export const REQUIRED_TERRAFORM = '>= 1.6.0';

/** The google provider that every stack pins; docs/provider-versions.md says how to change it. */
export const GOOGLE_PROVIDER = '7.45.0';

/**
 * Whether a version of the google provider drops the bearer token that the API adds to a job's
 * headers. Older ones store it in state and plans.
 */
export function dropsTokens(version: string): boolean {
  return isAtLeast(version, 7, 31);
}

/** Whether resources have `deletion_policy` in a version of the google provider. */
export function knowsDeletionPolicy(version: string): boolean {
  return isAtLeast(version, 7, 32);
}

function isAtLeast(version: string, atLeastMajor: number, atLeastMinor: number): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > atLeastMajor || (major === atLeastMajor && minor >= atLeastMinor);
}
