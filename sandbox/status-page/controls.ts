import { html, type Html } from '@scheduled-jobs/page/html/html';
import { stagesOf } from '../world/seed';
import type { Fault } from '../world/fault';
import { servicesOf, type World } from '../world/world';

/** What a button advances the clock by, in seconds. */
const STEPS = [
  [5 * 60, '5 minutes'],
  [3600, '1 hour'],
  [86_400, '1 day'],
  [7 * 86_400, '1 week'],
] as const;

/** Faults that a button injects: bodies of `POST /_sandbox/faults`, to which the stage is added. */
const FAULTS: readonly (readonly [text: string, body: object])[] = [
  ['the worker fails with 500', { fault: 'worker-failing', status: 500 }],
  ['the worker takes 520 s', { fault: 'worker-slow', seconds: 520 }],
  ['the worker takes 700 s', { fault: 'worker-slow', seconds: 700 }],
  ['the worker is missing', { fault: 'worker-missing' }],
  ['the worker is in web mode', { fault: 'worker-in-web-mode' }],
  ['the grant on the worker is missing', { fault: 'grant-missing' }],
  ['the account is missing', { fault: 'account-missing' }],
  ['the account is disabled', { fault: 'account-disabled' }],
];

/** The clock, the faults, and what they did. */
export function controls(world: World): Html {
  const stages = stagesOf(servicesOf(world));
  return html`<div class="controls">
    <noscript>The buttons need JavaScript; without it, this page is read by reloading it.</noscript>
    <fieldset>
      <legend>Clock</legend>
      <span>Advance by</span>
      ${STEPS.map(
        ([seconds, text]) =>
          html`<button
            type="button"
            data-post="/_sandbox/advance"
            data-body="${JSON.stringify({ seconds })}"
          >
            ${text}
          </button>`,
      )}
      <label><input type="checkbox" id="refresh" checked /> refresh every 5 seconds</label>
    </fieldset>
    <form>
      <fieldset>
        <legend>Faults</legend>
        <label
          >What
          <select name="fault">
            ${FAULTS.map(
              ([text, body]) => html`<option value="${JSON.stringify(body)}">${text}</option>`,
            )}
          </select></label
        >
        <label
          >Stage
          <select name="stage">
            ${stages.map((stage) => html`<option>${stage}</option>`)}
          </select></label
        >
        <label
          >Only paths with
          <input name="path" placeholder="all" size="16" />
        </label>
        <button>Inject</button>
        <button type="button" data-delete="/_sandbox/faults">Clear all</button>
        ${activeFaults(world.faults)}
      </fieldset>
    </form>
    <p id="message" role="status"></p>
  </div>`;
}

function activeFaults(faults: readonly Fault[]): Html {
  return html`<ul id="faults" aria-label="Active faults">
    ${faults.map(({ fault, ...fields }) => {
      const texts = Object.entries(fields).map(([field, value]) => `${field} ${value}`);
      return html`<li><span class="badge bad">${[fault, ...texts].join(', ')}</span></li>`;
    })}
  </ul>`;
}
