import { formatShare, statisticsOf } from '../../week/statistics';
import type { Row, Week } from '../../week/model';
import type { JobInput } from '../../input';
import { lengthOfDeadline } from '../format';
import { html, type Html } from '../html';
import { axisInSvg } from './axis';
import { bandsInSvg } from './bands';
import { markInSvg } from './marks';
import { AXIS, LABEL, placeIn, ROW, TRACK, widthIn } from './scale';

export interface ChartOptions {
  /** Unique in the document. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
}

/**
 * A week as a picture: a row for each job. Times are percentages of the width, so that it fits any
 * screen and its text keeps its size.
 */
export function weekInSvg(week: Week, jobs: readonly JobInput[], options: ChartOptions): Html {
  const { id, title, description } = options;
  const height = AXIS + week.rows.length * ROW + 6;
  return html`<svg
    class="week"
    role="img"
    aria-labelledby="${id}-title ${id}-desc"
    width="100%"
    height="${height}"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    <defs>
      <pattern
        id="${id}-hatch"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="hatch" width="2" height="6" />
      </pattern>
    </defs>
    ${axisInSvg(week, height)}${week.rows.map((row, index) =>
      rowInSvg(week, row, jobs[index], index, `${id}-hatch`),
    )}
  </svg>`;
}

function rowInSvg(
  week: Week,
  row: Row,
  job: JobInput | undefined,
  index: number,
  hatch: string,
): Html {
  const place = placeIn(week);
  const isPast = week.until <= week.now;
  return html`<svg y="${AXIS + index * ROW}" width="100%" height="${ROW}" overflow="visible">
    <svg width="100%" height="${LABEL}">
      <text class="name" y="20">${job?.label ?? row.job.name}</text>
    </svg>
    <text class="remark" x="100%" y="20">
      ${job === undefined ? '' : isPast ? summary(job) : job.scheduleInWords}
    </text>
    <g transform="translate(0 ${LABEL - 1})">
      <rect class="track" width="100%" height="${TRACK}" rx="2" />
      ${unread(week, place)}${bandsInSvg(row, week)}${row.pauses.map(
        (pause) =>
          html`<g class="pause"
            ><title>paused: ${pause.reason}</title
            ><rect
              x="${place(pause.from)}"
              width="${widthIn(week, pause)}"
              height="${TRACK}"
              fill="url(#${hatch})"
            /><svg x="${place(pause.from)}" width="${widthIn(week, pause)}" height="${TRACK}">
              <text x="6" y="17">paused: ${pause.reason}</text>
            </svg></g
          >`,
      )}${row.marks.map((mark) => markInSvg(mark, row.job, place(mark.at), week.timeZone))}
    </g>
  </svg>`;
}

/** The part of the week before the log was read. */
function unread(week: Week, place: (at: Date) => string): Html | undefined {
  const { from, logFrom, now, until } = week;
  const end = logFrom ?? now;
  if (end <= from || from >= now) return undefined;
  const span = { from, until: end < until ? end : until };
  return html`<g class="unread"
    ><title>not in the part of the log that was read</title
    ><rect x="${place(span.from)}" width="${widthIn(week, span)}" height="${TRACK}"
  /></g>`;
}

function summary(job: JobInput): string {
  const { successRate, p95Seconds } = statisticsOf(job.attempts);
  if (successRate === undefined) return 'no runs';
  const length =
    p95Seconds === undefined ? '' : `, p95 ${lengthOfDeadline(p95Seconds, job.deadlineSeconds)}`;
  return `${formatShare(successRate)} succeeded${length}`;
}
