// Runs a bundle with V8's cached code, and with stack traces that name the sources.
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const process = require('node:process');
const vm = require('node:vm');
const { replaceFile } = require('../replace-file');

/** @param {string} file path of the bundle */
function runBundle(file) {
  const compiled = `${file}.v8`;
  const cachedData = fs.existsSync(compiled) ? fs.readFileSync(compiled) : undefined;
  // latin1, because esbuild writes ASCII, and latin1 is read faster.
  const script = new vm.Script(Module.wrap(fs.readFileSync(file, 'latin1')), {
    filename: file,
    cachedData,
  });
  // It is rejected if another version of V8 created it.
  if (cachedData === undefined || script.cachedDataRejected) {
    // At exit, when all functions that were called have been compiled.
    process.on('exit', () => {
      keep(compiled, script.createCachedData());
    });
  }
  Error.prepareStackTrace = (error, frames) => {
    // CDKTF creates a stack trace for each token, and no one reads it.
    if (!(error instanceof Error)) return '';
    return [error, ...frames.map((frame) => inSources(frame, file))].map(String).join('\n    at ');
  };

  const module = { exports: {} };
  const require = Module.createRequire(file);
  script.runInThisContext()(module.exports, require, module, file, path.dirname(file));
}

/** The cache only saves time: a full disk must not fail a command that has done its work. */
function keep(file, contents) {
  try {
    replaceFile(file, contents);
  } catch {
    // It is compiled again next time.
  }
}

/** A frame of a stack trace, with its place in the sources instead of the bundle. */
function inSources(frame, file) {
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (frame.getFileName() !== file) return frame;
  const { originalSource, originalLine, originalColumn } = mapOf(file).findEntry(
    line - 1,
    column - 1,
  );
  if (originalSource === undefined) return frame;
  const source = path.resolve(path.dirname(file), originalSource);
  const place = `${source}:${originalLine + 1}:${originalColumn + 1}`;
  return String(frame).replace(`${file}:${line}:${column}`, place);
}

/** Read with the first stack trace: few runs have one. */
let map;

function mapOf(file) {
  try {
    map ??= new Module.SourceMap(JSON.parse(fs.readFileSync(`${file}.map`, 'utf8')));
  } catch {
    // A newer bundle has replaced it. The error itself must be shown anyway.
    map = { findEntry: () => ({}) };
  }
  return map;
}

module.exports = { runBundle };
