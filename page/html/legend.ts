import type { MarkKind } from '../week/model';
import { html, type Html } from './html';
import { markInSvg } from './chart/marks';

const EXAMPLE = {
  name: '',
  schedule: undefined,
  deadlineSeconds: 100,
  attempts: [],
  pauses: [],
};

const ENTRIES: readonly (readonly [kind: MarkKind, seconds: number | undefined, text: string])[] = [
  ['ok', 40, 'succeeded; the fill is its length, a full mark its deadline'],
  ['ok', 90, 'took 80 % or more of its deadline'],
  ['failed', undefined, 'failed'],
  ['missing', undefined, 'was due, and is not in the log'],
  ['running', undefined, 'running'],
  ['planned', undefined, 'planned'],
  ['skipped', undefined, 'skipped by daylight saving'],
  ['doubled', undefined, 'doubled by daylight saving'],
];

/** What the marks of the pictures mean. */
export function legend(): Html {
  return html`<details class="legend" open>
    <summary>Legend</summary>
    <ul>
      ${ENTRIES.map(
        ([kind, seconds, text]) =>
          html`<li>
            <svg width="16" height="36" aria-hidden="true">
              <svg x="8" y="9" overflow="visible">
                ${markInSvg({ at: new Date(0), kind, text, ...(seconds !== undefined && { seconds }) }, EXAMPLE, '0', 'UTC')}
              </svg>
            </svg>
            ${text}
          </li>`,
      )}
      <li>
        <svg width="16" height="36" aria-hidden="true">
          <g class="collision"><path transform="translate(8 18)" d="M0-5 4.5 0 0 5-4.5 0z" /></g>
        </svg>
        heavy jobs start in the same minute
      </li>
    </ul>
    <p class="muted">
      A job that runs every two hours or more often is a band, an hour after the other; its height
      shows how many of the runs of an hour succeeded (green) or failed (red).
    </p>
  </details>`;
}
