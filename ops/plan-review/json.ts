import { digestInText } from './digest';
import type { Shown } from './job/changes';
import type { JobReview, JobSide } from './job/job';
import { plainText } from './phrase';
import { otherChanges, type Review } from './review';

/** A review as JSON; the README of this folder documents its fields. */
export function reviewInJson(review: Review) {
  return {
    stage: review.stage ?? null,
    passed: review.passed,
    allowed: review.allowed,
    needed: review.needed ?? null,
    terraformVersion: review.terraformVersion ?? null,
    findings: review.findings.map(({ severity, rule, address, message, consent }) => ({
      severity,
      rule,
      address: address ?? null,
      message: plainText(message),
      consent: consent ?? null,
    })),
    jobs: review.jobs.map(jobInJson),
    unchangedJobs: review.unchangedJobs,
    drift: review.drift.map(({ address, name, action, changes, attributes, recreated }) => ({
      address,
      name,
      action,
      changes: changes.map(({ id, before, after, response }) => ({
        attribute: id,
        before: shownInJson(before),
        after: shownInJson(after),
        plan: response,
      })),
      attributes,
      recreated,
    })),
    others: otherChanges(review).map(({ address, previousAddress, action, imported }) => ({
      address,
      previousAddress: previousAddress ?? null,
      action,
      imported,
    })),
    outputs: review.outputs,
    digest: digestInText(review.digest),
  };
}

function jobInJson(job: JobReview) {
  return {
    name: job.name,
    address: job.address,
    previousAddress: job.previousAddress ?? null,
    stage: job.stage,
    action: job.action,
    imported: job.imported,
    importId: job.importId ?? null,
    reason: job.reason ?? null,
    before: sideInJson(job.before),
    after: sideInJson(job.after),
    changes: job.changes.map(({ id, security, forcesReplacement, before, after }) => ({
      attribute: id,
      before: shownInJson(before),
      after: shownInJson(after),
      security,
      forcesReplacement,
    })),
  };
}

/** The schedule of a side; its other attributes are in `changes`. */
function sideInJson(side: JobSide | undefined): unknown {
  const schedule = side?.schedule;
  if (schedule === undefined) return null;
  const { cron, timeZone, description, nextRuns } = schedule;
  return { schedule: cron, timeZone, inWords: description ?? null, nextRuns };
}

/** A value as a string; if it is not shown, an object that says why. */
function shownInJson(shown: Shown) {
  return shown.kind === 'value' ? shown.text : { notShown: shown.kind };
}
