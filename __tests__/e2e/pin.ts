import { findProvider } from '../support/terraform';

/** The versions that the pin may be raised to: below 7.34, existing stacks get changes or store tokens. */
export const GOOGLE_7 = '~> 7.34';

/** The newest google 7 that is installed; the constraint if there is none. */
export function newestGoogle7(): string {
  const found = findProvider('terraform', GOOGLE_7);
  return 'version' in found ? found.version : GOOGLE_7;
}

/**
 * Pins another google provider for stacks that are synthesized after this call, by changing the
 * constant. Has an effect only if the test file mocks `stages/versions`.
 */
export function pinGoogle(version: string): void {
  Object.assign(jest.requireMock<object>('../../stages/versions'), { GOOGLE_PROVIDER: version });
}
