import fs from 'node:fs';
import { withTables } from './fill-tables';

// npm runs scripts in the project's folder.
fs.writeFileSync('README.md', withTables(fs.readFileSync('README.md', 'utf8')));
