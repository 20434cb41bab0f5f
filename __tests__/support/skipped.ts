import path from 'node:path';

/**
 * `describe.skip`, with the reason printed. Not with jest's console, which prints nothing for a file in
 * which every test is skipped.
 */
export function skipped(reason: string): jest.Describe {
  const file = path.basename(expect.getState().testPath ?? '');
  process.stderr.write(`Skipped in ${file}: ${reason}\n`);
  return describe.skip;
}
