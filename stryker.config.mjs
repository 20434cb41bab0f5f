import os from 'node:os';
import path from 'node:path';
import jestConfig from './jest.config.js';

/** Their own tests run in seconds. */
const FOLDERS = ['constructs', 'stages'];

/**
 * `npm run mutation`: which changes of the code does no test notice? Part of it: `npm run mutation --
 * --mutate 'constructs/core/**'`.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: [...FOLDERS.map((folder) => `${folder}/**/*.ts`), '!constructs/bench/**'],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    config: {
      ...jestConfig,
      testMatch: FOLDERS.map((folder) => `<rootDir>/__tests__/${folder}/**/*.test.ts`),
    },
  },
  // TypeScript 7 cannot rewrite it for Stryker, and swc does not read it.
  tsconfigFile: 'none',
  // On top of what the tests take: enough for a busy machine; a mutant that loops takes it whole.
  timeoutMS: 10_000,
  coverageAnalysis: 'perTest',
  // Constants of a module: every test would run for each. `--ignoreStatic false` mutates them too.
  ignoreStatic: true,
  reporters: ['clear-text', 'progress'],
  // Outside the project, where no other tool looks.
  tempDirName: path.join(os.tmpdir(), 'scheduled-jobs-mutation'),
  ignorePatterns: ['cdktf.out*', 'coverage'],
};
