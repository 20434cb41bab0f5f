#!/usr/bin/env bash
# The required check: passes only when every stage was planned and passed, and the comment stands.
# A job that is skipped counts as passed with GitHub, so this one never is, and looks itself.
#   gate.sh PLAN_RESULT COMMENT_RESULT FROM_FORK
set -euo pipefail

plan=$1
comment=$2
from_fork=$3

if [[ $from_fork == true ]]; then
  echo "A pull request from a fork gets no credentials, so its plans cannot be reviewed." >&2
  echo "Fix: a maintainer reads it, and pushes its branch to this repository." >&2
  exit 1
fi
if [[ $plan != success ]]; then
  echo "The plans did not pass their review ($plan): see the comment, or the plan of each stage." >&2
  echo "If what a review fails for is intended, add the label that it names, such as allow-destroy." >&2
  exit 1
fi
if [[ $comment != success ]]; then
  echo "The reviews passed, but could not be shown in the pull request ($comment)." >&2
  exit 1
fi
echo "Every plan passed its review."
