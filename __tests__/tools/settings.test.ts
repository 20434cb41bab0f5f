import fs from 'node:fs';
import path from 'node:path';
import { SETTINGS } from '../../stages/settings-table';
import { OF_RECIPES, OF_WORKFLOWS } from '../../tools/accept/variables';

/** docs/settings.md lists the environment variables that the sources read, and no others. */

const root = path.join(__dirname, '..', '..');

const FOLDERS = ['lib', 'constructs', 'page', 'stages', 'ops', 'ci', 'tools'];

/** The start of a variable's name that is written as a string. */
const PREFIX =
  '(?:GCP|TF|ALERT|GOOGLE|CLOUDSDK|CDKTF|GITHUB|IMPORT|SANDBOX|NO|FORCE|HTTPS|HTTP|INIT|NODE|SSL|TERRAFORM)';

/** `env.NAME`, `{ NAME } = env`, `'TF_NAME'`, and `$NAME` of shells. */
function variablesIn(file: string, text: string): string[] {
  if (file.endsWith('.sh')) return [...text.matchAll(/\$\{?([A-Z][A-Z0-9_]+)/g)].map(first);
  const code = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '');
  const destructured = [
    ...code.matchAll(
      /\{([^{}]*)\}\s*(?:=\s*(?:process\.)?env\b|:\s*(?:Environment|NodeJS\.ProcessEnv)\b)/g,
    ),
  ].flatMap(([, names = '']) => names.match(/\b[A-Z][A-Z0-9_]{2,}\b/g) ?? []);
  return [
    ...[...code.matchAll(/\benv\??\.([A-Z][A-Z0-9_]+)/g)].map(first),
    ...[...code.matchAll(new RegExp(`'(${PREFIX}_[A-Z0-9_]*)'`, 'g'))].map(first),
    ...destructured,
  ];
}

function first([, text = '']: RegExpMatchArray): string {
  return text;
}

const read = new Map<string, string>();
for (const folder of FOLDERS) {
  for (const name of fs.readdirSync(path.join(root, folder), {
    recursive: true,
    encoding: 'utf8',
  })) {
    const file = path.join(folder, name);
    if (!/\.(ts|js|mjs|sh)$/.test(name) || file.startsWith(path.join('tools', 'accept'))) continue;
    for (const variable of variablesIn(file, fs.readFileSync(path.join(root, file), 'utf8'))) {
      read.set(variable, file);
    }
  }
}

/** Read, but nothing to set: other programs do. With the reason. */
const NOT_SETTINGS: Readonly<Record<string, string>> = {
  HOME: 'the home folder',
  PATH: 'where commands are',
  DISPLAY: 'whether there is a desktop',
  WAYLAND_DISPLAY: 'whether there is a desktop',
  INIT_CWD: 'npm: the folder of the caller',
  SYNTH_HCL_OUTPUT: 'the CDKTF CLI, for --hcl, which is refused',
  CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'the CDKTF CLI',
};

const listed = { ...SETTINGS, ...OF_RECIPES, ...OF_WORKFLOWS, ...NOT_SETTINGS };

it('lists every variable that the sources read', () => {
  const missing = [...read].filter(([variable]) => !Object.hasOwn(listed, variable));
  // Fix: add it to tools/accept/variables.ts, or to stages/settings-table.ts, and run npm run accept.
  expect(missing).toEqual([]);
});

it('lists no variable that nothing reads', () => {
  expect(Object.keys(listed).filter((variable) => !read.has(variable))).toEqual([]);
});
