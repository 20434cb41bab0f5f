/**
 * A sentence with values from the plan. Each output quotes the values in its own way, because they
 * may contain anything: Markdown, HTML, mentions.
 */
export type Phrase = readonly (string | { readonly value: string })[];

/** A template: phrase`Destroys ${name}.`; phrases in it are inlined. */
export function phrase(texts: TemplateStringsArray, ...values: (string | Phrase)[]): Phrase {
  return texts.flatMap((text, index) => {
    const value = values[index];
    if (value === undefined) return [text];
    return [text, ...(typeof value === 'string' ? [{ value }] : value)];
  });
}

/** Our own text in a phrase, which no output quotes. */
export function unquoted(text: string): Phrase {
  return [text];
}

export function plainText(parts: Phrase): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.value)).join('');
}
