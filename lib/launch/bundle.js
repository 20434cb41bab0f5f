// The bundle of an entry point: made with esbuild, and kept for as long as nothing changes that it
// was made from.
'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { replaceFile } = require('../replace-file');

const CACHE = path.join('node_modules', '.cache', 'launch');

/**
 * What decides over a bundle besides the sources: how it is made, and which packages are installed,
 * which npm writes down there.
 */
const ALWAYS = ['lib/launch/bundle.js', 'tsconfig.json', 'node_modules/.package-lock.json'];

/**
 * Packages that are left where they are: google-auth-library is large, and a token in the
 * environment needs none of it; esbuild finds files of its own beside it.
 */
const EXTERNAL = ['google-auth-library', 'esbuild'];

/** What an import may find; states and outputs beside the sources are none of it. */
const IMPORTABLE = /\.([cm]?[jt]sx?|json)$/;

/**
 * @param {string} root folder of the project
 * @param {string} entry file, relative to it
 * @returns {string} path of the bundle; its name changes with its content
 */
function findBundle(root, entry) {
  const cache = path.join(root, CACHE, entry);
  const list = path.join(cache, 'inputs.json');
  try {
    const bundle = bundleOf(root, cache, JSON.parse(fs.readFileSync(list, 'utf8')));
    if (fs.existsSync(bundle)) return bundle;
  } catch {
    // None was made yet, or a source is gone.
  }
  return makeBundle(root, entry, cache, list);
}

function makeBundle(root, entry, cache, list, tries = 3) {
  const { buildSync } = require('esbuild');
  const started = Date.now();
  const { metafile, outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path.join(cache, 'bundle.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: EXTERNAL,
    // import() becomes require(): a script from the code cache has no import().
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
  const inputs = [...ALWAYS, ...sources];
  // Saved while it was read: what has been bundled is then not what lies there.
  const isTorn = sources.some((file) => fs.statSync(path.join(root, file)).mtimeMs > started);
  // Not for ever: a clock may be wrong, and a file from the future.
  if (isTorn && tries > 1) return makeBundle(root, entry, cache, list, tries - 1);

  const [map, code] = outputFiles;
  const bundle = bundleOf(root, cache, inputs);
  fs.mkdirSync(cache, { recursive: true });
  const old = fs.readdirSync(cache);
  // In one step each, since another start may read them now.
  replaceFile(`${bundle}.map`, map.contents);
  replaceFile(bundle, inAscii(code.text));
  replaceFile(list, JSON.stringify(inputs));
  // Another process may be about to read the bundle that was the newest until now.
  for (const file of old) removeIfOld(path.join(cache, file));
  return bundle;
}

/**
 * esbuild writes ASCII but for regular expressions, which it leaves as they are; `run.js` reads a
 * bundle as latin1.
 */
function inAscii(code) {
  return code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** By content, not by time: what is synthesized is what will be deployed. */
function bundleOf(root, cache, inputs) {
  const hash = createHash('sha256');
  const folders = new Set();
  for (const file of inputs) {
    hash.update(`${file}\n`).update(fs.readFileSync(path.join(root, file)));
    folders.add(path.dirname(file));
  }
  folders.delete('node_modules');
  // A new file may be what an import finds from now on.
  for (const folder of folders) {
    const names = fs.readdirSync(path.join(root, folder)).filter((name) => IMPORTABLE.test(name));
    hash.update(names.join('\n'));
  }
  return path.join(cache, `${hash.digest('hex').slice(0, 32)}.cjs`);
}

function removeIfOld(file) {
  const { mtimeMs } = fs.statSync(file, { throwIfNoEntry: false }) ?? {};
  if (mtimeMs !== undefined && Date.now() - mtimeMs > 60_000) fs.rmSync(file, { force: true });
}

module.exports = { findBundle };
