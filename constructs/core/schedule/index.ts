export { checkCron, runsEveryHour } from './cron';
export { clockChangeEffects, type ClockChangeEffect } from './daylight-saving';
export { longestGap } from './longest-gap';
export { isValidSchedule, nextRuns, previousRun, runsAfter, type Schedule } from './runs';
export { checkTimeZone, clockChanges, instantAt, wallClock, type ClockChange } from './time-zone';
export { hasSameRuns } from './same-runs';
export { scheduleInWords } from './schedule-in-words';
