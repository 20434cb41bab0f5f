import fs from 'node:fs';
import { readJson } from '../../lib/json';
import { replaceFile } from '../../lib/replace-file';
import type { StageName } from '../../stages/stages';
import { Failed, messageOf, UsageError } from '../errors';
import type { Location } from '../google/scheduler';

/** Which jobs of a stage were paused before maintenance, kept in a file until it ends. */
export interface PauseRecord extends Location {
  readonly stage: StageName;
  /** When the maintenance began. */
  readonly recordedAt: string;
  /** When the jobs were restored; absent while the maintenance lasts. */
  readonly restoredAt?: string;
  /** Names of jobs that were paused before the maintenance. */
  readonly paused: readonly string[];
  /** Names of jobs that were not. */
  readonly enabled: readonly string[];
}

/** The record in a file; undefined if the file does not exist. Any other content is wrong use. */
export function readRecord(
  file: string,
  { project, region }: Location,
  stage: StageName,
): PauseRecord | undefined {
  if (!fs.existsSync(file)) return undefined;
  const record = readJson(file);
  const here = { project, region, stage };
  const wrong = !isRecord(record)
    ? 'not a file that pause-all wrote'
    : Object.entries(here).some(([key, value]) => record[key as keyof PauseRecord] !== value)
      ? `it is a record of ${record.stage} in ${record.project}, ${record.region}`
      : undefined;
  if (wrong === undefined) return record as PauseRecord;
  throw new UsageError({
    subject: '--record',
    given: file,
    wrong,
    expected: `a record of ${stage} in ${project}, ${region}`,
    fix: 'use another file',
  });
}

/** Writes a record; an interruption leaves the previous one. */
export function writeRecord(file: string, record: PauseRecord): void {
  try {
    replaceFile(file, `${JSON.stringify(record, undefined, 2)}\n`);
  } catch (error) {
    throw new Failed(`Cannot write ${file}: ${messageOf(error)}. Nothing was changed.`);
  }
}

function isRecord(value: unknown): value is PauseRecord {
  const record = value as Partial<PauseRecord> | undefined | null;
  return Array.isArray(record?.paused) && Array.isArray(record.enabled);
}
