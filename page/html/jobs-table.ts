import { formatShare, statisticsOf } from '../week/statistics';
import type { JobInput, StageInput } from '../input';
import { lengthOfDeadline, timeWithAge } from './format';
import { html, type Html } from './html';
import { tableOf, type Column } from './table';

const COLUMNS: readonly Column[] = [
  { title: 'Job', isHeader: true },
  { title: 'Schedule' },
  { title: 'State' },
  { title: 'Last run' },
  { title: 'Next run' },
  { title: 'Succeeded' },
  { title: 'p95 of deadline' },
  { title: 'Watched by' },
];

/** What is known about each job of a stage. */
export function jobsTable(stage: StageInput, now: Date): Html {
  const isWatchKnown = stage.jobs.some(({ watchedBy }) => watchedBy !== undefined);
  const columns = isWatchKnown ? COLUMNS : COLUMNS.slice(0, -1);
  return tableOf(
    `Jobs of ${stage.name}`,
    columns,
    stage.jobs.map((job) => cells(job, now).slice(0, columns.length)),
  );
}

function cells(job: JobInput, now: Date): Html[] {
  const { timeZone: zone, lastRun, nextRun, state } = job;
  const { successRate, p95Seconds, ok, failed } = statisticsOf(job.attempts);
  return [
    html`<span class="job">${job.name}</span>${
        job.description === undefined || job.description === ''
          ? undefined
          : html`<span class="muted block">${job.description}</span>`
      }`,
    html`${job.scheduleInWords}<span class="muted block"><code>${job.cron}</code> ${zone}</span>`,
    html`<span class="badge ${state.tone}">${state.text}</span>`,
    lastRun === undefined
      ? html`<span class="muted">never</span>`
      : html`<span class="badge ${lastRun.ok ? 'good' : 'bad'}">${lastRun.text}</span>
          <span class="block">${timeWithAge(zone, now, lastRun.at)}</span>`,
    nextRun === undefined ? html`<span class="muted">none</span>` : timeWithAge(zone, now, nextRun),
    successRate === undefined
      ? html`<span class="muted">no runs read</span>`
      : html`${formatShare(successRate)}<span class="muted block">${ok} of ${ok + failed}</span>`,
    p95Seconds === undefined
      ? html`<span class="muted">unknown</span>`
      : html`${meter(p95Seconds / job.deadlineSeconds)}<span class="block"
            >${lengthOfDeadline(p95Seconds, job.deadlineSeconds)}</span
          >`,
    job.watchedBy === undefined ? html`<span class="muted">unknown</span>` : html`${job.watchedBy}`,
  ];
}

/** A bar; the text beside it says the same. */
function meter(share: number): Html {
  const width = Math.min(100, Math.max(2, share * 100));
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'good';
  return html`<svg class="meter ${tone}" width="72" height="6" aria-hidden="true">
    <rect class="track" width="100%" height="6" rx="3" />
    <rect class="value" width="${width}%" height="6" rx="3" />
  </svg>`;
}
