/** A part of a workflow that lists the stages. */
interface Part {
  readonly pattern: RegExp;
  readonly render: (stages: readonly string[]) => string;
}

const MATRIX: Part = {
  pattern: /(?<=^ +stage: )\[.*\]$/m,
  render: (stages) => `[${stages.join(', ')}]`,
};

const PARTS: Readonly<Record<string, readonly Part[]>> = {
  'deploy.yml': [
    {
      pattern: /(?<=^jobs:\n)[^]*/m,
      render: (stages) =>
        stages.map((stage, index) => deployJob(stage, stages[index - 1])).join('\n'),
    },
  ],
  'morning.yml': [MATRIX],
  'pull-request.yml': [
    MATRIX,
    {
      pattern: /(reviews\/\S+\.md ?)+$/m,
      render: (stages) =>
        [...stages]
          .reverse()
          .map((stage) => `reviews/${stage}.md`)
          .join(' '),
    },
  ],
};

/** The workflows that list the stages. */
export const WORKFLOWS = Object.keys(PARTS);

/** A workflow's text with these stages, in the order of deployment. */
export function withStages(workflow: string, text: string, stages: readonly string[]): string {
  return (PARTS[workflow] ?? []).reduce((changed, { pattern, render }) => {
    if (!pattern.test(changed)) {
      throw new Error(
        `.github/workflows/${workflow} has no place for the stages: nothing matches ${pattern.source}.\n` +
          'Fix: update tools/accept/workflows.ts with the workflow.',
      );
    }
    return changed.replace(pattern, () => render(stages));
  }, text);
}

function deployJob(stage: string, before: string | undefined): string {
  return `  ${stage}:
    name: Deploy ${stage}
${before === undefined ? '' : `    needs: ${before}\n`}    uses: ./.github/workflows/deploy-stage.yml
    permissions:
      contents: read
      deployments: read # what is deployed
      pull-requests: read # the labels of what is not
      id-token: write # Google Cloud
    with:
      stage: ${stage}
    secrets:
      TF_API_TOKEN: \${{ secrets.TF_API_TOKEN }}
`;
}
