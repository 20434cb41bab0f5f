import { formatTime, lengthOfDeadline } from '../format';
import { html, type Html } from '../html';
import type { JobFacts, Mark, MarkKind } from '../../week/model';
import { heightOf, SLOW_SHARE, TRACK } from './scale';

const WIDTH = 6;
const BOX = html`<rect x="${-WIDTH / 2}" width="${WIDTH}" height="${TRACK}" rx="1.5" />`;
/** Above what is wrong, so that color is not the only difference. */
const POINTER = html`<path class="pointer" d="M-4.5-8h9L0-1.5z" />`;
const TWICE = html`<rect x="-6" width="5" height="${TRACK}" rx="1.5" /><rect
    x="1"
    width="5"
    height="${TRACK}"
    rx="1.5"
  />`;

const SHAPES: Readonly<Record<MarkKind, Html>> = {
  ok: BOX,
  failed: html`${BOX}${POINTER}`,
  running: BOX,
  unknown: html`${BOX}<text class="sign" y="17">?</text>`,
  missing: html`${BOX}${POINTER}`,
  planned: BOX,
  skipped: html`${BOX}<path d="M-5 ${TRACK}L5 0" />`,
  doubled: TWICE,
};

/** One attempt or planned run, with what it is as a tooltip. */
export function markInSvg(mark: Mark, job: JobFacts, x: string, timeZone: string): Html {
  const { kind, seconds } = mark;
  const height = kind === 'failed' ? 0 : heightOf(seconds, job.deadlineSeconds);
  const isSlow = kind === 'ok' && seconds !== undefined && isSlowRun(seconds, job);
  return html`<svg class="m ${isSlow ? 'slow' : kind}" x="${x}" overflow="visible">
    <title>${describeMark(mark, job, timeZone)}</title>
    ${SHAPES[kind]}${
      height === 0
        ? undefined
        : html`<rect
            class="fill"
            x="${-WIDTH / 2}"
            y="${TRACK - height}"
            width="${WIDTH}"
            height="${height}"
            rx="1.5"
          />`
    }${isSlow ? POINTER : undefined}
  </svg>`;
}

export function isSlowRun(seconds: number, { deadlineSeconds }: JobFacts): boolean {
  return seconds >= deadlineSeconds * SLOW_SHARE;
}

/** `2026-11-25 02:00: succeeded, 84 ms of 10 min (<1 %)` */
function describeMark(mark: Mark, job: JobFacts, timeZone: string): string {
  const length =
    mark.seconds === undefined ? '' : `, ${lengthOfDeadline(mark.seconds, job.deadlineSeconds)}`;
  return `${formatTime(timeZone, mark.at)}: ${mark.text}${length}`;
}
