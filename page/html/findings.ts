import type { Findings, Incidents } from '../input';
import { timeWithAge } from './format';
import { html, type Html } from './html';

/** What is wrong, and how to fix it. */
export function findingsInHtml({ problems, passed }: Findings): Html {
  if (problems.length === 0) return html`<p class="fine">All ${passed} checks passed.</p>`;
  return html`<ul class="findings">
      ${problems.map(
        ({ severity, title, subjects, text, fixes }) =>
          html`<li class="${severity === 'failure' ? 'bad' : 'warn'}">
            <p>
              <span class="badge ${severity === 'failure' ? 'bad' : 'warn'}">${severity}</span>
              <strong>${title}: ${subjects.join(', ')}</strong>
            </p>
            <p class="cause">${text}</p>
            ${fixes.map((fix) => html`<p class="fix">Fix: <code>${fix}</code></p>`)}
          </li>`,
      )}
    </ul>
    <p class="muted">${passed} other checks passed.</p>`;
}

export function incidentsInHtml(incidents: Incidents, timeZone: string, now: Date): Html {
  if ('problem' in incidents)
    return html`<p>The incidents could not be read: ${incidents.problem}</p>`;
  if (incidents.open.length === 0) return html`<p class="fine">No open incidents.</p>`;
  return html`<ul class="findings">
    ${incidents.open.map(
      ({ openedAt, title, details }) =>
        html`<li class="bad">
          <p><strong>${title}</strong></p>
          <p class="cause">${details}</p>
          <p>Open since ${timeWithAge(timeZone, now, openedAt)}</p>
        </li>`,
    )}
  </ul>`;
}
