import { ratio } from './measure';
import { PAIRS } from './pairs';

const RUNS = 5;

for (const pair of PAIRS) console.log(`${ratio(pair, RUNS).toFixed(2)}  ${pair.name}`);
