import fs from 'node:fs';
import path from 'node:path';

/** Files by their path below a folder, with their content. */
export type Files = Readonly<Record<string, string>>;

/** Writes files below a folder, and the folders they need. */
export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

/** Every file below a folder; none if there is no folder. */
export function readFiles(folder: string): Files {
  if (!fs.existsSync(folder)) return {};
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}
