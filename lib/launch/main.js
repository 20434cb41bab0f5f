// node lib/launch/main.js ENTRY [ARG...]
//
// Runs a TypeScript file of this project, and what it imports, from one bundled file.
// See docs/decisions/2026-11-25-everything-starts-from-a-bundle.md.
'use strict';
const path = require('node:path');
const process = require('node:process');
require('./util-is-array');
const { findBundle } = require('./bundle');
const { runBundle } = require('./run');

const root = path.dirname(path.dirname(__dirname));
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  console.error('Usage: node lib/launch/main.js ENTRY [ARG...], with ENTRY a file such as main.ts');
  process.exit(2);
}
process.argv = [process.execPath, path.join(root, entry), ...args];
runBundle(findBundle(root, entry));
