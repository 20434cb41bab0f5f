import { bareEnvironment } from '../../ops/support';
import { read, runScript } from './scripts';

describe('review-stage.sh', () => {
  it('leaves a review that fails where there is no plan, and says why in the log', async () => {
    const review = await runScript(bareEnvironment(), 'review-stage.sh', 'prod', 'FOLDER');
    expect(review.stderr).toContain('GCP_PROJECT_ID is not set');
    expect(review.status).toBe(2);
    expect(read(review, 'prod.md')).toBe(
      '### prod: fails review\n\nThere is no plan to review. The log of the check says why.\n',
    );
  });
});

describe('check-stage.sh', () => {
  it('leaves empty files where nothing could be looked at', async () => {
    const check = await runScript(bareEnvironment(), 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    expect(read(check, 'prod.review.json')).toBe('');
    expect(read(check, 'prod.doctor.json')).toBe('');
  });
});
