import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const withoutCdktf = 'This file is loaded by operations too, which must start without cdktf.';
const noCdktf = [
  { name: 'cdktf', message: withoutCdktf },
  { name: 'constructs', message: withoutCdktf },
  { group: ['cdktf/*', '@cdktf/*'], message: withoutCdktf },
];
const noProviderIndex = {
  name: '@cdktf/provider-google',
  message: 'Import @cdktf/provider-google/lib/<resource>: the index takes 1.7 s and 450 MB.',
};
const noValidibot = {
  group: ['**/stages/*', '**/ops/*', '**/sandbox/*', '**/synth/*'],
  message: 'constructs/ knows nothing of Validibot, so that another app can take the folder.',
};

/** The rule for some forbidden imports: names of packages, and groups of paths. */
const restrict = (...forbidden) => ({
  'no-restricted-imports': [
    'error',
    {
      paths: [noProviderIndex, ...forbidden.filter((entry) => 'name' in entry)],
      patterns: forbidden.filter((entry) => 'group' in entry),
    },
  ],
});

export default tseslint.config(
  { ignores: ['node_modules', 'cdktf.out*', 'coverage'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: true } },
    rules: {
      ...restrict(),
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  { files: ['constructs/**'], rules: restrict(noValidibot) },
  {
    files: [
      'constructs/schedule/**',
      'constructs/{mistake,nearest,uri,google-names,job-defaults,missed-runs,alert-names,headers}.ts',
    ],
    rules: restrict(noValidibot, ...noCdktf),
  },
  {
    files: ['{stages,ops,sandbox,review,access,github}/**'],
    ignores: ['stages/{alerts,app,backend,validibot-stack}.ts'],
    rules: restrict(...noCdktf),
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', process: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
