// The bundle of an entry point: made with esbuild, and cached until one of its inputs changes.
'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { replaceFile } = require('../replace-file');

const CACHE = path.join('node_modules', '.cache', 'launch');

/**
 * Inputs of every bundle besides its sources: how it is made, and npm's list of installed packages.
 */
const ALWAYS = ['lib/launch/bundle.js', 'tsconfig.json', 'node_modules/.package-lock.json'];

/**
 * Packages that are not bundled: google-auth-library and undici are large, and not needed with a token in
 * the environment and without a proxy; esbuild looks for its own files next to itself.
 */
const EXTERNAL = ['google-auth-library', 'undici', 'esbuild'];

/** Files that an import can resolve to, unlike states and outputs next to the sources. */
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
    // There is no bundle yet, or a source no longer exists.
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
  // A source was saved during the build, so the bundle may not match it.
  const isTorn = sources.some((file) => fs.statSync(path.join(root, file)).mtimeMs > started);
  // Only a few tries: with a wrong clock, a file may be from the future.
  if (isTorn && tries > 1) return makeBundle(root, entry, cache, list, tries - 1);

  const [map, code] = outputFiles;
  const bundle = bundleOf(root, cache, inputs);
  fs.mkdirSync(cache, { recursive: true });
  const old = fs.readdirSync(cache);
  // Each in one step, because another process may be reading them.
  replaceFile(`${bundle}.map`, map.contents);
  replaceFile(bundle, inAscii(code.text));
  replaceFile(list, JSON.stringify(inputs));
  // Only old files: another process may be about to read the previous bundle.
  for (const file of old) removeIfOld(path.join(cache, file));
  return bundle;
}

/**
 * esbuild writes ASCII, except that it leaves regular expressions unchanged; `run.js` reads a bundle as
 * latin1.
 */
function inAscii(code) {
  return code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** By content, not by time, so that a stale bundle is never deployed. */
function bundleOf(root, cache, inputs) {
  const hash = createHash('sha256');
  const folders = new Set();
  for (const file of inputs) {
    hash.update(`${file}\n`).update(fs.readFileSync(path.join(root, file)));
    folders.add(path.dirname(file));
  }
  folders.delete('node_modules');
  // An import may resolve to a new file.
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
