/**
 * Replaces the module with which cdktf takes a stack trace for every token. jest maps each line back
 * to the sources, which takes most of the time of a stack, and no test reads them.
 */
export function captureStackTrace(): string[] {
  return [];
}

/** cdktn's name of it. */
export const captureCreationStack = captureStackTrace;
