import { formatDuration } from '../../constructs/core/format-duration';

/** `3 h ago` */
export function ago(now: Date, at: Date): string {
  return `${formatDuration(Math.max(0, now.getTime() - at.getTime()) / 1000)} ago`;
}
