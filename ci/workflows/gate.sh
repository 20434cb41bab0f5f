#!/usr/bin/env bash
# The required check: passes only if every stage's plan passed review and the comment was posted. It
# must always run and look at the results itself, because GitHub treats a skipped job as passed.
#   gate.sh PLAN_RESULT COMMENT_RESULT FROM_FORK
set -euo pipefail

plan=$1
comment=$2
from_fork=$3

if [[ $from_fork == true ]]; then
  echo "Pull requests from forks get no credentials, so their plans cannot be reviewed." >&2
  echo "Fix: ask a maintainer to read the changes and push the branch to this repository." >&2
  exit 1
fi
if [[ $plan != success ]]; then
  echo "Not every plan passed review (result: $plan). See the comment or the logs of the plan jobs." >&2
  echo "Fix: change the code, or add the label that the review names, such as allow-destroy." >&2
  exit 1
fi
if [[ $comment != success ]]; then
  echo "Every plan passed review, but the reviews could not be posted as a comment (result: $comment)." >&2
  exit 1
fi
echo "Every plan passed review."
