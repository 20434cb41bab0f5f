import { TOKEN_REJECTIONS, type TokenRejection } from '../../stages/worker';

/** Why the worker rejected a token, as its log says. */
export interface Rejection {
  readonly reason: TokenRejection;
  /** What stands where the message has `{…}`. */
  readonly values: Readonly<Record<string, string>>;
}

/** Which of the known reasons a line of the worker's log gives. */
export function rejectionIn(text: string): Rejection | undefined {
  for (const [reason, messages] of Object.entries(TOKEN_REJECTIONS)) {
    for (const message of messages) {
      const groups = patternOf(message).exec(text)?.groups;
      if (groups !== undefined) return { reason: reason as TokenRejection, values: { ...groups } };
    }
  }
  return undefined;
}

function patternOf(message: string): RegExp {
  const parts = message.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 1) return `(?<${part}>.*?)`;
    return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  // An empty group, so that there are groups to return.
  return new RegExp(`(?<none>)${parts.join('')}$`, 's');
}
