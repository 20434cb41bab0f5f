import { PLAIN, type Look } from './text';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How a stream shows text. Colors: `FORCE_COLOR` (0 for none), else not with `NO_COLOR` or `TERM=dumb`,
 * else where a terminal has them. Only a terminal has a width.
 *
 * Source: https://no-color.org, https://force-color.org
 */
export function lookOf(stream: NodeJS.WritableStream, env: Environment = {}): Look {
  const { isTTY = false, columns } = stream as Partial<NodeJS.WriteStream>;
  const colors = hasColors(stream as Partial<NodeJS.WriteStream>, env);
  if (!isTTY || !columns) return colors ? { colors } : PLAIN;
  return { colors, width: columns };
}

function hasColors(stream: Partial<NodeJS.WriteStream>, env: Environment): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: term } = env;
  if (forced !== undefined) return !['0', 'false'].includes(forced);
  if (none || term === 'dumb' || !stream.isTTY) return false;
  return (stream.getColorDepth?.(env) ?? 1) > 1;
}
