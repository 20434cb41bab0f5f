import type { Week } from '../../week/model';

/** Where an instant is in a week's picture, as a percentage of its width. */
export function placeIn({ from, until }: Week): (at: Date) => string {
  const width = until.getTime() - from.getTime();
  return (at) => percent((at.getTime() - from.getTime()) / width);
}

/** How wide a span of time is, as a percentage of the picture's width. */
export function widthIn(
  { from, until }: Week,
  span: { readonly from: Date; readonly until: Date },
): string {
  return percent((span.until.getTime() - span.from.getTime()) / (until.getTime() - from.getTime()));
}

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1000}%`;
}

/** From which share of its deadline on a run is shown as slow. */
export const SLOW_SHARE = 0.8;

/** In pixels: the height of a track, and of a row with its label. */
export const TRACK = 26;
export const LABEL = 34;
export const ROW = TRACK + LABEL;
export const AXIS = 22;

/** How much of a track a length takes; at least enough to be seen. */
export function heightOf(seconds: number | undefined, deadlineSeconds: number): number {
  if (seconds === undefined) return 0;
  return Math.min(TRACK, Math.max(3, Math.round((seconds / deadlineSeconds) * TRACK)));
}
