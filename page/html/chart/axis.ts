import { formatTime } from '../format';
import { html, type Html } from '../html';
import type { Week } from '../../week/model';
import { AXIS, placeIn } from './scale';

/** A day narrower than this share of a full one has no label: it would run into the next. */
const LABELED = 0.7;

const DAY = 86_400_000;

/** Collisions that happen more often in a week are only listed: marks for all would hide the rest. */
const MARKED_COLLISIONS = 28;

/** Days, clock changes and collisions: what concerns all rows. */
export function axisInSvg(week: Week, height: number): Html {
  const { days, clockShifts, collisions, timeZone } = week;
  const place = placeIn(week);
  const line = (name: string, at: Date): Html =>
    html`<line
      class="${name}"
      x1="${place(at)}"
      x2="${place(at)}"
      y1="${AXIS - 8}"
      y2="${height}"
    />`;
  return html`${days.map(({ from, until, label }, index) => {
    const isLabeled = until.getTime() - from.getTime() > LABELED * DAY;
    return html`${index === 0 ? undefined : line('day', from)}${
      isLabeled
        ? html`<text class="axis" x="${place(from)}" dx="3" y="11">${dayName(label)}</text>`
        : undefined
    }`;
  })}${collisions
    .filter(({ at }) => at.length <= MARKED_COLLISIONS)
    .flatMap(({ jobs, at }) =>
      at.map(
        (instant) =>
          html`<g class="collision"
            ><title>
              ${formatTime(timeZone, instant)}: ${jobs.join(', ')} start in the same minute</title
            >${line('', instant)}<svg x="${place(instant)}" y="${AXIS - 8}" overflow="visible">
              <path d="M0-5 4.5 0 0 5-4.5 0z" /></svg
          ></g>`,
      ),
    )}${clockShifts.map(
    ({ at, minutes }) =>
      html`<g class="shift"
        ><title>${formatTime(timeZone, at)}: ${describeShift(minutes)}</title>${line('', at)}<text
          x="${place(at)}"
          dx="3"
          y="${AXIS - 3}"
          >${describeShift(minutes)}</text
        ></g
      >`,
  )}`;
}

/** `clocks go back 1 h` */
function describeShift(minutes: number): string {
  const amount = Math.abs(minutes);
  const text = amount % 60 === 0 ? `${amount / 60} h` : `${amount} min`;
  return `clocks go ${minutes > 0 ? 'forward' : 'back'} ${text}`;
}

/** `Thu 26`, of which narrow screens show only the name. */
function dayName(label: string): Html {
  const [name = '', number = ''] = label.split(' ');
  return html`${name}<tspan class="number"> ${number}</tspan>`;
}
