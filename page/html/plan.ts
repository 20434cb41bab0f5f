import type { PlanInput } from '../input';
import { html, type Html } from './html';

/** What the next deploy would change. */
export function planInHtml({ passed, summary, notes, jobs, others }: PlanInput): Html {
  return html`<p>
      <span class="badge ${passed ? 'good' : 'bad'}">${passed ? 'passes' : 'fails'} review</span>
      ${summary}
    </p>
    ${list(notes)}${jobs.map(
      ({ name, action, changes, weeks }) =>
        html`<h4>${name}: ${action}</h4>
          ${
            changes.length === 0
              ? undefined
              : html`<dl>
                  ${changes.map(
                    ({ label, before, after }) =>
                      html`<dt>${label}</dt>
                        <dd><del>${before}</del> <ins>${after}</ins></dd>`,
                  )}
                </dl>`
          }${weeks === undefined ? undefined : html`<pre tabindex="0">${weeks}</pre>`}`,
    )}${
      others.length === 0
        ? undefined
        : html`<h4>Other resources</h4>
            ${list(others)}`
    }`;
}

function list(items: readonly string[]): Html | undefined {
  return items.length === 0
    ? undefined
    : html`<ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
}
