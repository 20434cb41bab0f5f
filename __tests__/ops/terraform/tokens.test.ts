import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../../ops/context';
import type { Stack } from '../../../ops/terraform/stack';
import { readState } from '../../../ops/terraform/state';
import { removeTokens } from '../../../ops/terraform/tokens';
import type { StateSettings } from '../../../stages/state';
import { pinGoogle } from '../../e2e/pin';
import { temporaryFolder } from '../../support/temporary-folder';
import { stateWith, stubTerraform } from '../stub-terraform';
import { ROOT } from '../support';

jest.mock('../../../stages/versions', () => ({
  ...jest.requireActual<object>('../../../stages/versions'),
}));

const TOKEN = 'Bearer secret';

function stateOf(headers: object): object {
  const http_target = [{ uri: 'https://worker.example.com/', headers }];
  return stateWith({ 'google_cloud_scheduler_job.a': { name: 'validibot-a-dev', http_target } });
}

const terraform = stubTerraform();
let directory: string;
beforeEach(() => {
  directory = temporaryFolder();
  pinGoogle('7.45.0');
});

/** Removes the tokens of a state, and returns what was printed and what terraform was asked. */
async function removed(
  headers: object,
  isApplied = false,
  state: StateSettings = { kind: 'local', directory },
): Promise<{ shown: string; asked: string[] }> {
  const errors = new PassThrough();
  let shown = '';
  errors.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const context = {
    root: ROOT,
    env: { PATH: process.env.PATH, ...terraform.variables },
    settings: { state },
    terminal: { errors, output: errors, input: new PassThrough() },
    signal: new AbortController().signal,
  } as unknown as Context;
  const stack: Stack = {
    stage: 'dev',
    name: 'validibot-dev',
    folder: temporaryFolder(),
    initialized: true,
  };
  terraform.answer({ state: stateOf(headers) });
  const read = await readState(context, stack);
  const before = terraform.asked().length;
  await removeTokens(context, stack, read, { isApplied });
  return { shown, asked: terraform.asked().slice(before) };
}

it('saves what google 7 reads, if no plan was applied', async () => {
  const { shown, asked } = await removed({ Authorization: TOKEN, 'X-Key': 'kept' });
  expect(asked.map((command) => command.split(' ')[0])).toEqual(['plan', 'apply']);
  expect(asked[0]).toContain(' -refresh-only');
  expect(asked[0]).not.toContain('-lock=false');
  expect(shown).toContain('Removing bearer tokens from the state of validibot-dev; ');
});

it.each([
  ['a plan was applied', { Authorization: TOKEN }, true],
  ['there is no token', { 'X-Key': 'kept' }, false],
])('runs nothing if %s', async (_, headers, isApplied) => {
  expect((await removed(headers, isApplied)).asked).toEqual([]);
});

it('does nothing with google 6, which would store them again', async () => {
  pinGoogle('6.50.0');
  expect(await removed({ authorization: TOKEN })).toEqual({ shown: '', asked: [] });
});

it('says that older versions of a state in a bucket keep them', async () => {
  const { shown } = await removed({ authorization: TOKEN }, true, { kind: 'gcs', bucket: 'b' });
  expect(shown).toContain('Earlier versions of the state still have them; ');
});

it('removes them from the backups of a local state, and changes nothing else', async () => {
  const base = path.join(directory, 'terraform.validibot-dev.tfstate');
  const file = (name: string): string => `${base}${name}`;
  const old = JSON.stringify(stateOf({ Authorization: TOKEN, 'X-Key': 'kept' }));
  const backups = ['.backup', '.1764000000.backup'].map(file);
  const others = [path.join(directory, 'terraform.validibot-prod.tfstate.backup'), file('.other')];
  for (const each of [...backups, ...others]) fs.writeFileSync(each, old);
  const clean = file('.2.backup');
  fs.writeFileSync(clean, '{"version":4}');
  fs.writeFileSync(file('.3.backup'), 'no JSON');

  const { shown } = await removed({}, true);

  for (const each of backups) {
    expect(JSON.parse(fs.readFileSync(each, 'utf8'))).toEqual(stateOf({ 'X-Key': 'kept' }));
    expect(fs.statSync(each).mode & 0o777).toBe(0o600);
    expect(shown).toContain(`Removed bearer tokens from ${each}.\n`);
  }
  for (const each of others) expect(fs.readFileSync(each, 'utf8')).toBe(old);
  expect(fs.readFileSync(clean, 'utf8')).toBe('{"version":4}');
  expect(shown).not.toContain(clean);
});
