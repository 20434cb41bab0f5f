/**
 * The last version that `@cdktf/provider-google` has bindings for; stages can go back to it. It has no
 * `deletion_policy`, and stores the tokens that the API adds to jobs.
 */
export const GOOGLE_6 = '6.50.0';

/**
 * Pins another google provider for stacks that are synthesized after this call, by changing the
 * constant. Has an effect only if the test file mocks `stages/versions`.
 */
export function pinGoogle(version: string): void {
  Object.assign(jest.requireMock<object>('../../stages/versions'), { GOOGLE_PROVIDER: version });
}
