// Writes a file atomically. In plain JavaScript, because the launcher uses it too.
'use strict';
const fs = require('node:fs');
const process = require('node:process');

/**
 * Replaces a file in one step: readers see either the old or the new contents, even if this process
 * ends midway.
 *
 * @param {string} file path
 * @param {string | Uint8Array} contents
 */
function replaceFile(file, contents) {
  const temporary = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(temporary, contents);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

module.exports = { replaceFile };
