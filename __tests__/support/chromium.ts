import fs from 'node:fs';

/** A Chromium, from `CHROMIUM` or where systems have it; undefined without one. */
export const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((file) => file !== undefined && file !== '' && fs.existsSync(file));

export const NO_CHROMIUM =
  'needs Chromium: apt-get install chromium, or set CHROMIUM to the path of a Chrome';
