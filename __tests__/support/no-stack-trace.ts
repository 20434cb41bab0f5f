/**
 * In place of the module by which cdktf takes a stack trace for every token: jest maps each line of
 * each back to the sources, which is most of the time of a stack, and no test looks at one.
 */
export function captureStackTrace(): string[] {
  return [];
}

/** cdktn's name of it. */
export const captureCreationStack = captureStackTrace;
