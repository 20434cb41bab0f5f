import fs from 'node:fs';

const withoutCdktf = 'Operations load this file too, and must start without cdktf.';
const noCdktf = [
  { name: 'cdktf', message: withoutCdktf },
  { name: 'constructs', message: withoutCdktf },
  { group: ['cdktf/*', '@cdktf/*'], message: withoutCdktf },
];
const noProviderIndex = {
  name: '@cdktf/provider-google',
  message: 'Import @cdktf/provider-google/lib/<resource>: the index takes 1.7 s and 450 MB.',
};
/**
 * The layers, from the bottom up: a folder imports only from those below it. Other projects can use
 * constructs/, page/ and sandbox/ without the rest, so these import only packages that they declare.
 */
const LAYERS = ['lib', 'constructs', 'page', 'sandbox', 'stages', 'ops', 'ci', 'tools'];
const STANDALONE = ['constructs', 'page', 'sandbox'];

/** The layers within sandbox/; the files directly in it are above all of them. */
const SANDBOX_LAYERS = [
  'protocol',
  'scheduler',
  'tokens',
  'world',
  'faults',
  'monitoring',
  'execution',
  'cloud-run',
  'apis',
  'status-page',
  'conformance',
];
const SANDBOX_TOP = fs
  .readdirSync(new URL('sandbox', import.meta.url))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length));

/** Folders that may load CDKTF; the others start without it. */
const WITH_CDKTF = ['lib', 'constructs', 'tools'];

function noUpwardImports(folder) {
  const allowed = STANDALONE.includes(folder) ? [] : LAYERS.slice(0, LAYERS.indexOf(folder));
  const forbidden = LAYERS.filter((other) => other !== folder && !allowed.includes(other));
  return {
    group: forbidden.flatMap((other) => fromAnyDepth(`${other}/**`)),
    message: `${folder}/ must not import from this folder: see LAYERS in oxlint.config.mjs.`,
  };
}

function noUpwardImportsInSandbox(folder) {
  const above = SANDBOX_LAYERS.slice(SANDBOX_LAYERS.indexOf(folder) + 1);
  return {
    group: [...above.map((other) => `${other}/**`), ...SANDBOX_TOP].flatMap(fromAnyDepth),
    message: `sandbox/${folder}/ must not import from this folder: see SANDBOX_LAYERS in oxlint.config.mjs.`,
  };
}

const fromAnyDepth = (place) =>
  ['../', '../../', '../../../', '../../../../'].map((up) => `${up}${place}`);

/** A rule that forbids imports: packages by name, and groups of paths. */
const restrict = (...forbidden) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: [noProviderIndex, ...forbidden.filter((entry) => 'name' in entry)],
      patterns: forbidden.filter((entry) => 'group' in entry),
    },
  ],
});

/** Rules of typescript-eslint's strict set that are not in the categories below. */
const STRICT = [
  'no-array-constructor',
  'no-case-declarations',
  'no-empty',
  'no-fallthrough',
  'no-prototype-builtins',
  'no-redeclare',
  'typescript/ban-ts-comment',
  'typescript/consistent-type-imports',
  'typescript/no-confusing-void-expression',
  'typescript/no-deprecated',
  'typescript/no-dynamic-delete',
  'typescript/no-empty-object-type',
  'typescript/no-explicit-any',
  'typescript/no-invalid-void-type',
  'typescript/no-misused-promises',
  'typescript/no-mixed-enums',
  'typescript/no-namespace',
  'typescript/no-non-null-assertion',
  'typescript/no-require-imports',
  'typescript/no-unnecessary-condition',
  'typescript/no-unsafe-argument',
  'typescript/no-unsafe-assignment',
  'typescript/no-unsafe-call',
  'typescript/no-unsafe-function-type',
  'typescript/no-unsafe-member-access',
  'typescript/no-unsafe-return',
  'typescript/only-throw-error',
  'typescript/prefer-literal-enum-member',
  'typescript/prefer-promise-reject-errors',
  'typescript/prefer-reduce-type-parameter',
  'typescript/prefer-return-this-type',
  'typescript/related-getter-setter-pairs',
  'typescript/require-await',
  'typescript/return-await',
  'typescript/unified-signatures',
  'typescript/use-unknown-in-catch-callback-variable',
];

/** Rules that do not apply to the few files that must be plain JavaScript. */
const TYPED = [
  'typescript/no-require-imports',
  'typescript/no-unnecessary-condition',
  'typescript/no-unsafe-argument',
  'typescript/no-unsafe-assignment',
  'typescript/no-unsafe-call',
  'typescript/no-unsafe-member-access',
  'typescript/no-unsafe-return',
];

const all = (names, severity) => Object.fromEntries(names.map((name) => [name, severity]));

export default {
  plugins: ['typescript', 'oxc', 'jest'],
  options: { typeAware: true, typeCheck: true },
  categories: { correctness: 'error', suspicious: 'error' },
  env: { node: true },
  ignorePatterns: ['cdktf.out*'],
  rules: {
    ...all(STRICT, 'error'),
    ...restrict(),
    'typescript/restrict-plus-operands': ['error', { allowNumberAndString: false }],
    'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
    // Plans and Google's responses are checked when they are read, and then asserted.
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/consistent-return': 'off',
    'no-shadow': 'off',
    // Constructs are created for their effect on the scope.
    'no-new': 'off',
    // Some tests have their expectations in a loop or a helper.
    'jest/expect-expect': 'off',
    'jest/no-conditional-expect': 'off',
    'jest/no-standalone-expect': 'off',
    'jest/valid-title': 'off',
  },
  overrides: [
    ...LAYERS.map((folder) => ({
      files: [`${folder}/**`],
      rules: restrict(noUpwardImports(folder), ...(WITH_CDKTF.includes(folder) ? [] : noCdktf)),
    })),
    ...SANDBOX_LAYERS.map((folder) => ({
      files: [`sandbox/${folder}/**`],
      rules: restrict(noUpwardImports('sandbox'), noUpwardImportsInSandbox(folder), ...noCdktf),
    })),
    { files: ['constructs/core/**'], rules: restrict(noUpwardImports('constructs'), ...noCdktf) },
    // The stacks, which operations do not load.
    {
      files: ['stages/{alerts,app,backend,enable-api,report,validibot-stack}.ts'],
      rules: restrict(noUpwardImports('stages')),
    },
    { files: ['**/*.{js,mjs}'], rules: all(TYPED, 'off') },
  ],
};
