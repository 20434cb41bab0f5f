import { buildWeek } from '../week/build-week';
import type { Week } from '../week/model';
import type { PageInput, StageInput } from '../input';
import { weekInSvg } from './chart/chart';
import { findingsInHtml, incidentsInHtml } from './findings';
import { formatTime } from './format';
import { html, type Html } from './html';
import { jobsTable } from './jobs-table';
import { planInHtml } from './plan';
import { runsTable } from './runs-table';
import { statusesOf } from './status';

const WEEK = 7 * 86_400_000;

/** A stage: pictures of its weeks, its jobs, and what is wrong. */
export function stageInHtml(stage: StageInput, page: PageInput, id: string): Html {
  const { now, timeZone } = page;
  const past = weekOf(stage, page, new Date(now.getTime() - WEEK), now);
  const next = weekOf(stage, page, now, new Date(now.getTime() + WEEK));
  const { findings, incidents, plan } = stage;
  return html`<section id="${id}" aria-labelledby="${id}-heading">
    <header>
      <h2 id="${id}-heading">${stage.name}</h2>
      <p class="statuses">
        ${statusesOf(stage).map(({ text, tone }) => html`<span class="badge ${tone}">${text}</span> `)}
      </p>
    </header>
    ${
      stage.jobs.length === 0
        ? html`<p>No jobs.</p>`
        : html`<div class="weeks">
              ${figure(stage, past, `${id}-past`, 'The last 7 days')}
              ${figure(stage, next, `${id}-next`, 'The next 7 days')}
            </div>
            ${collisions(next)} `
    }
    ${
      incidents === undefined
        ? undefined
        : html`<h3>Incidents</h3>
            ${incidentsInHtml(incidents, timeZone, now)}`
    }
    ${
      findings === undefined
        ? undefined
        : html`<h3>Checks</h3>
            ${findingsInHtml(findings)}`
    }
    ${
      stage.jobs.length === 0
        ? undefined
        : html`<h3>Jobs</h3>
            ${jobsTable(stage, now)}
            <p class="muted">${coverage(stage, timeZone)}</p>`
    }
    ${
      plan === undefined
        ? undefined
        : html`<h3>The next deploy</h3>
            ${planInHtml(plan)}`
    }
  </section>`;
}

function weekOf(stage: StageInput, { now, timeZone }: PageInput, from: Date, until: Date): Week {
  return buildWeek(stage.jobs, { from, until, now, timeZone, logFrom: stage.log.from });
}

function figure(stage: StageInput, week: Week, id: string, title: string): Html {
  const { from, until, timeZone } = week;
  const days = `${formatTime(timeZone, from)} to ${formatTime(timeZone, until)}`;
  return html`<figure>
    <figcaption>${title} <span class="muted">${days}</span></figcaption>
    ${weekInSvg(week, stage.jobs, {
      id,
      title: `${title} of ${stage.name}`,
      description: `A row for each of ${week.rows.length} jobs, ${days}, ${timeZone}. The table after it says the same.`,
    })}
    <details>
      <summary>${title} as a table</summary>
      ${runsTable(week, `${title} of ${stage.name}`)}
    </details>
  </figure>`;
}

function collisions({ collisions: found, timeZone }: Week): Html | undefined {
  if (found.length === 0) return undefined;
  return html`<div class="collisions">
    <h3>Heavy jobs in the same minute</h3>
    <ul>
      ${found.map(
        ({ jobs, at }) =>
          html`<li>
            ${jobs.join(', ')}: ${at.length === 1 ? 'once' : `${at.length} times`},
            ${at.length === 1 ? 'at' : 'first at'}
            ${at[0] === undefined ? '' : formatTime(timeZone, at[0])}
          </li>`,
      )}
    </ul>
  </div>`;
}

function coverage({ log }: StageInput, timeZone: string): string {
  const read = `Runs are read from ${log.entries.toLocaleString('en')} log entries since ${formatTime(timeZone, log.from)}.`;
  return log.problem === undefined ? read : `${read} ${log.problem}`;
}
