const { hasOwn } = Object;

/** Reads the value at a path such as `resource.labels.job_id`; undefined if there is none. */
export function readerOf(path: string): (item: object) => string | undefined {
  // Once per filter, not per item: a simulated year has hundreds of thousands of entries.
  const parts = splitPath(path);
  return (item) => {
    let value: unknown = item;
    for (const part of parts) {
      if (typeof value !== 'object' || value === null || !hasOwn(value, part)) {
        return undefined;
      }
      value = (value as Record<string, unknown>)[part];
    }
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    return value === undefined ? undefined : JSON.stringify(value);
  };
}

/** `jsonPayload.@type`, and `jsonPayload."@type"`. */
export function splitPath(path: string): string[] {
  return (path.match(/"(?:[^"\\]|\\.)*"|[^."]+/g) ?? []).map(unquote);
}

/** Without the quotes of a string, if it has them. */
export function unquote(token: string): string {
  if (!/^["']/.test(token)) return token;
  return token.slice(1, -1).replace(/\\(.)/g, '$1');
}
