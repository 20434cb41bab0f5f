/**
 * A sentence with values of the plan in it. They are kept apart from the words, because each output
 * quotes them in its own way, and a value may hold anything: Markdown, HTML, mentions.
 */
export type Phrase = readonly (string | { readonly value: string })[];

/** phrase`destroys ${name}`; a phrase within a phrase is taken apart. */
export function phrase(words: TemplateStringsArray, ...values: (string | Phrase)[]): Phrase {
  return words.flatMap((word, index) => {
    const value = values[index];
    if (value === undefined) return [word];
    return [word, ...(typeof value === 'string' ? [{ value }] : value)];
  });
}

/** Words of our own within a phrase, which no output quotes. */
export function words(text: string): Phrase {
  return [text];
}

export function plainText(parts: Phrase): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.value)).join('');
}
