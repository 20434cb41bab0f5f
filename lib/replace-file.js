// Writes a file all or nothing. In plain JavaScript, because the launcher uses it too.
'use strict';
const fs = require('node:fs');
const process = require('node:process');

/**
 * Puts a file in place in one step, so that whoever reads it has the old one or the new one, even
 * when this process ends midway.
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
