import path from 'node:path';
import type * as app from '../../stages/app';
import { STAGE_NAMES } from '../../stages/stages';
import { readFiles } from '../support/files';
import { EVERY_BRANCH } from '../support/settings';
import { temporaryFolder } from '../support/temporary-folder';

type Framework = 'cdktf' | 'cdktn';

/** The sources on a framework. The bindings of the provider get it too, since they are loaded again. */
function load(framework: Framework): typeof app {
  let loaded: typeof app | undefined;
  jest.isolateModules(() => {
    if (framework !== 'cdktf') jest.doMock('cdktf', () => jest.requireActual<object>(framework));
    loaded = jest.requireActual<typeof app>('../../stages/app');
    jest.dontMock('cdktf');
  });
  if (!loaded) throw new Error(`nothing was loaded on ${framework}`);
  return loaded;
}

const on = { cdktf: load('cdktf'), cdktn: load('cdktn') };

const MANIFEST = 'manifest.json';

const STACKS = STAGE_NAMES.map((stage) => path.join('stacks', `validibot-${stage}`, 'cdk.tf.json'));

/** The files that a synth writes: as text, without the version of the tool, and that version. */
function synthesize(framework: Framework, env: Record<string, string>) {
  const outdir = temporaryFolder();
  on[framework].createApp(env, outdir).synth();
  const files: Record<string, string> = {};
  const versions: Record<string, string | undefined> = {};
  for (const [name, content] of Object.entries(readFiles(outdir))) {
    files[name] = content.replace(/"version": "(0[.]\d+[.]\d+)"/, (_, version: string) => {
      versions[name] = version;
      return '"version": "of the tool"';
    });
  }
  return { files, versions };
}

describe.each(Object.entries(EVERY_BRANCH))('a synth with cdktn, %s', (_, env) => {
  const cdktf = synthesize('cdktf', env);
  const cdktn = synthesize('cdktn', env);
  const { [MANIFEST]: cdktfManifest = '', ...cdktfStacks } = cdktf.files;
  const { [MANIFEST]: cdktnManifest = '', ...cdktnStacks } = cdktn.files;

  it('names the version of its framework', () => {
    const files = [MANIFEST, ...STACKS];
    expect(cdktf.versions).toEqual(Object.fromEntries(files.map((file) => [file, '0.21.0'])));
    expect(cdktn.versions).toEqual(Object.fromEntries(files.map((file) => [file, '0.24.0'])));
  });

  it('has the same stacks byte for byte, and the same manifest as JSON', () => {
    expect(Object.keys(cdktnStacks).sort()).toEqual([...STACKS].sort());
    expect(cdktnStacks).toEqual(cdktfStacks);
    expect(JSON.parse(cdktnManifest)).toEqual(JSON.parse(cdktfManifest));
  });
});
