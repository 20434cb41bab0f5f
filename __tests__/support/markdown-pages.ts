import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** The paths of the project's Markdown pages, except reviews of plans, which a command writes. */
export function markdownPages(): readonly string[] {
  return fs
    .readdirSync(ROOT)
    .filter((name) => name !== 'node_modules' && !name.startsWith('cdktf.out'))
    .flatMap((name) =>
      fs.statSync(path.join(ROOT, name)).isFile()
        ? [name]
        : fs
            .readdirSync(path.join(ROOT, name), { recursive: true, encoding: 'utf8' })
            .map((file) => path.join(name, file)),
    )
    .filter((file) => file.endsWith('.md') && !file.includes('plan-review/plans'))
    .map((file) => path.join(ROOT, file));
}
