// Starts operations from one bundled file, and bundles it first when a source has changed.
// See docs/decisions/2026-11-24-operations-start-from-a-bundle.md.
/* global AbortController */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = path.join(root, 'node_modules', '.cache', 'operations');
const bundle = path.join(cache, 'ops.cjs');
const stamps = path.join(cache, 'sources.json');

if (!isFresh()) await build();

const interruption = new AbortController();
process.on('SIGINT', () => {
  // The second time the operator means it.
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});

// Into head, say, which reads as much as it wants.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const { main } = createRequire(import.meta.url)(bundle);
process.exitCode = await main(process.argv.slice(2), {
  root,
  env: process.env,
  terminal: { input: process.stdin, output: process.stdout, errors: process.stderr },
  signal: interruption.signal,
});

function isFresh() {
  try {
    const sources = JSON.parse(fs.readFileSync(stamps, 'utf8'));
    return Object.entries(sources).every(([file, stamp]) => stampOf(file) === stamp);
  } catch {
    return false;
  }
}

/** Not the time alone: a checkout may bring an older file. */
function stampOf(file) {
  const { mtimeMs, size } = fs.statSync(path.join(root, file));
  return `${mtimeMs} ${size}`;
}

async function build() {
  const { build } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['ops/main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Large, and needed only without GOOGLE_OAUTH_ACCESS_TOKEN.
    external: ['google-auth-library'],
    metafile: true,
    write: false,
    outfile: bundle,
    logLevel: 'error',
  });
  const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
  // npm gives files old times; its lock file tells whether packages have changed.
  const watched = [...sources, 'ops/launch.mjs', 'package-lock.json'];
  replace(bundle, outputFiles[0].contents);
  replace(stamps, JSON.stringify(Object.fromEntries(watched.map((file) => [file, stampOf(file)]))));
}

/** At once, since another start may read it now. */
function replace(file, contents) {
  fs.mkdirSync(cache, { recursive: true });
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, contents);
  fs.renameSync(temporary, file);
}
