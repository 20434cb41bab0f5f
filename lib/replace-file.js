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
 * @param {number} [mode] the file's mode. Default: 0o666 without the umask
 */
function replaceFile(file, contents, mode) {
  const temporary = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(temporary, contents, { mode });
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

module.exports = { replaceFile };
