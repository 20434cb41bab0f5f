import os from 'node:os';
import path from 'node:path';
import jestConfig from './jest.config.js';

/**
 * `npm run mutation`: which changes of the code does no test notice? Other folders: `npm run mutation --
 * --mutate 'lib/text/*.ts'`, with the tests of that folder in `testMatch`.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: ['constructs/**/*.ts'],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    config: {
      ...jestConfig,
      // The folder's own tests, which run in seconds.
      testMatch: ['<rootDir>/__tests__/constructs/**/*.test.ts'],
    },
  },
  // TypeScript 7 cannot rewrite it for Stryker, and swc does not read it.
  tsconfigFile: 'none',
  // Not a mistake of a mutant, if the machine is busy.
  timeoutMS: 60_000,
  coverageAnalysis: 'perTest',
  // Constants of a module: every test would run for each. `--ignoreStatic false` mutates them too.
  ignoreStatic: true,
  reporters: ['clear-text', 'progress'],
  // Outside the project, where no other tool looks.
  tempDirName: path.join(os.tmpdir(), 'scheduled-jobs-mutation'),
  ignorePatterns: ['cdktf.out*', 'coverage'],
};
