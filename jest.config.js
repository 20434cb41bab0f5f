// Packages that are only ES modules: Node 20.19 can load them, but jest needs them compiled.
const esModules = ['temporal-polyfill', 'temporal-utils', 'jose'];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // The end-to-end tests mostly wait for terraform and gcloud; jest's default leaves one core idle.
  maxWorkers: '100%',
  // The default, 5 s, is too short on a machine that does other work too.
  testTimeout: 30_000,
  testMatch: ['<rootDir>/__tests__/**/*.test.ts', '!**/__tests__/slow/**'],
  setupFiles: ['<rootDir>/lib/launch/util-is-array.js'],
  setupFilesAfterEnv: ['<rootDir>/__tests__/support/own-table.ts'],
  // `npm run check` checks types; swc only strips them, which takes a tenth of the time.
  transform: { '^.+\\.(ts|js)$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: { '/stack-trace$': '<rootDir>/__tests__/support/no-stack-trace.ts' },
  modulePathIgnorePatterns: ['<rootDir>/cdktf.out'],
};
