import fs from 'node:fs';
import path from 'node:path';
import { tokenFor } from '../../../../ops/terraform/hcp/credentials';
import { temporaryFolder } from '../../../support/temporary-folder';

const HOST = 'tfe.my-corp.example.com';

/** A home directory with these files. */
function home(files: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content, { mode: name.includes('plugins') ? 0o755 : 0o600 });
  }
  return { HOME: folder, PATH: process.env.PATH };
}

const rc = (token: string, host = HOST) => `credentials "${host}" {\n  token = "${token}"\n}\n`;
const login = (token: string, host = HOST) =>
  JSON.stringify({ credentials: { [host]: { token } } });

it.each([
  'TF_TOKEN_tfe_my__corp_example_com',
  'TF_TOKEN_tfe.my-corp.example.com',
  'TF_TOKEN_TFE_my-corp_example_com',
])('reads it from %s', (variable) => {
  expect(tokenFor(HOST, { ...home(), [variable]: 'secret' })).toBe('secret');
});

it.each([
  ['café.fr', 'TF_TOKEN_xn____caf__dma_fr'],
  ['café.fr', 'TF_TOKEN_café_fr'],
  ['localhost:8443', 'TF_TOKEN_localhost:8443'],
  ['app.terraform.io:443', 'TF_TOKEN_app_terraform_io'],
])('reads the token of %s from %s', (host, variable) => {
  expect(tokenFor(host, { ...home(), [variable]: 'secret' })).toBe('secret');
});

it('reads it from ~/.terraformrc, with comments and other blocks around it', () => {
  const text = `# mine
disable_checkpoint = true
plugin_cache_dir   = "$HOME/.cache" // here
provider_installation {
  filesystem_mirror { path = "/usr/share" include = ["*/*", "a/b"] }
  direct {}
}
/* credentials "${HOST}" { token = "old" } */
credentials "${HOST.toUpperCase()}" { token = "sec\\"ret" }
`;
  expect(tokenFor(HOST, home({ '.terraformrc': text }))).toBe('sec"ret');
});

it.each([
  ['~/.terraformrc as JSON', { '.terraformrc': login('secret') }],
  ['terraform login', { '.terraform.d/credentials.tfrc.json': login('secret') }],
  ['another file of ~/.terraform.d', { '.terraform.d/mine.tfrc': rc('secret') }],
])('reads it from %s', (_, files) => {
  expect(tokenFor(HOST, home(files))).toBe('secret');
});

it('prefers terraform login to ~/.terraformrc, and a variable to both', () => {
  const env = home({
    '.terraformrc': rc('file'),
    '.terraform.d/credentials.tfrc.json': login('login'),
  });
  expect(tokenFor(HOST, env)).toBe('login');
  expect(tokenFor(HOST, { ...env, [`TF_TOKEN_${HOST}`]: 'variable' })).toBe('variable');
});

it.each(['TF_CLI_CONFIG_FILE', 'TERRAFORM_CONFIG'])(
  'reads only the file in %s if that is set',
  (variable) => {
    const env = home({
      'ci.tfrc': rc('ci'),
      'none.tfrc': '',
      '.terraformrc': rc('file'),
      '.terraform.d/credentials.tfrc.json': login('login'),
    });
    const named = (file: string) => ({ ...env, [variable]: path.join(env.HOME ?? '', file) });
    expect(tokenFor(HOST, named('ci.tfrc'))).toBe('ci');
    expect(() => tokenFor(HOST, named('none.tfrc'))).toThrow(`No token found for ${HOST}`);
    expect(() => tokenFor(HOST, named('missing.tfrc'))).toThrow(`No token found for ${HOST}`);
  },
);

it('asks a credentials helper last', () => {
  const helper = 'credentials_helper "vault" {\n  args = ["--path", "x"]\n}\n';
  const program = `#!/bin/sh\necho "{\\"token\\": \\"$1 $2 $3 $4\\"}"\n`;
  const files = { '.terraform.d/plugins/terraform-credentials-vault': program };
  expect(tokenFor(HOST, home({ ...files, '.terraformrc': helper }))).toBe(`--path x get ${HOST}`);
  expect(tokenFor(HOST, home({ ...files, '.terraformrc': `${helper}${rc('file')}` }))).toBe('file');
  expect(() => tokenFor(HOST, home({ '.terraformrc': helper }))).toThrow(
    `terraform-credentials-vault returned no token for ${HOST}`,
  );
});

it('names the variable of the host if there is no token', () => {
  const others = home({ '.terraformrc': rc('secret', 'app.terraform.io') });
  expect(() => tokenFor(HOST, others)).toThrow(
    `No token found for ${HOST}.\nFix: terraform login ${HOST}, ` +
      'or set TF_TOKEN_tfe_my__corp_example_com',
  );
});

it.each([
  ['.terraformrc', 'credentials "x" {\n  token = = "secret"\n}', 'line 2: unexpected ='],
  ['.terraformrc', 'credentials "x" {\n  token = "secret"\n', 'unexpected end of file'],
  ['.terraformrc', 'token = "secret', 'line 1: invalid HCL'],
  ['.terraform.d/credentials.tfrc.json', '{"credentials": "secret', 'invalid JSON'],
])('says which file is broken: %s with %s', (name, content, reason) => {
  const error = (() => {
    try {
      return tokenFor(HOST, home({ [name]: content }));
    } catch (thrown) {
      return String(thrown);
    }
  })();
  expect(error).toContain(`${name} cannot be read: ${reason}`);
  expect(error).not.toContain('secret');
});
