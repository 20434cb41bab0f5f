import { distance } from 'fastest-levenshtein';
import type { Violation } from './mistake';

/** The candidate that the word was probably meant to be, or undefined when none is close. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}

/** The finding for a name that is none of the known ones; it says which was probably meant. */
export function unknownName(wrong: string, given: string, known: readonly string[]): Violation {
  const meant = suggest(given, known);
  return {
    wrong,
    expected: known.join(', '),
    fix: meant === undefined ? 'name one of these' : `write ${meant}`,
  };
}
