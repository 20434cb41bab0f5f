import type * as document from './document';

/**
 * Runs before each test file, and replaces the jobs of stages/jobs.ts and the stages of
 * stages/stages.ts by those of the document: tests of behavior pass whatever the shipped table is.
 *
 * A test that is about the shipped table, or that runs commands in their own processes, which know no
 * other, has `jest.unmock` for both files.
 */

jest.mock('../../stages/jobs', () => {
  const { JOBS, TASK_NAMES } = jest.requireActual<typeof document>('./document');
  return { ...jest.requireActual<object>('../../stages/jobs'), JOBS, TASK_NAMES };
});

jest.mock('../../stages/stages', () => {
  const { STAGES, STAGE_NAMES } = jest.requireActual<typeof document>('./document');
  return { ...jest.requireActual<object>('../../stages/stages'), STAGES, STAGE_NAMES };
});

// Nothing is left to others, whatever the shipped list says.
jest.mock('../../stages/not-managed', () => ({ NOT_MANAGED: {} }));
