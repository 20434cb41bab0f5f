// Packages that are ES modules only: Node 20.19 loads them, jest must have them compiled.
const esModules = ['temporal-polyfill', 'temporal-utils', 'jose'];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // The slow tests mostly wait for terraform and gcloud; by default one core would be left idle.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts', '!**/__tests__/slow/**'],
  // Types are checked by `npm run check`; swc only strips them, in a tenth of the time.
  transform: { '^.+\\.(ts|js)$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: { '/stack-trace$': '<rootDir>/__tests__/support/no-stack-trace.ts' },
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out'],
};
