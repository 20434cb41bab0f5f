import { findProvider } from '../support/terraform';

/** What a raised pin may say: below 7.34, a stack that exists plans changes or stores tokens. */
export const GOOGLE_7 = '~> 7.34';

/** The newest google 7 that can be had here; where there is none, the constraint for it. */
export function newestGoogle7(): string {
  const found = findProvider('terraform', GOOGLE_7);
  return 'version' in found ? found.version : GOOGLE_7;
}

/**
 * Pins another google provider for the stacks that are synthesized from here on, as a change of
 * the one constant does. The test file mocks `stages/versions`, or nothing is changed.
 */
export function pinGoogle(version: string): void {
  Object.assign(jest.requireMock<object>('../../stages/versions'), { GOOGLE_PROVIDER: version });
}
