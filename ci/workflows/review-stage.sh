#!/usr/bin/env bash
# Plans a stage and always writes a review to FOLDER/STAGE.md; exits with the status of the review.
#   review-stage.sh STAGE FOLDER [OPTION...]    options of ops review, such as --allow destroy
set -euo pipefail
cd "$(dirname "$0")/../.."

stage=$1
folder=$2
shift 2
mkdir -p "$folder"
review=$folder/$stage.md
rm -f "$review"

status=0
ci/workflows/with-token.sh node lib/launch/main.js ops/start.ts review "$stage" --review-file "$review" "$@" ||
  status=$?

# If planning failed there is no review, and the comment must not look as if there were no problems.
if [[ ! -s $review ]]; then
  printf '### %s: fails review\n\nThe plan failed; see the workflow log.\n' \
    "$stage" >"$review"
  ((status != 0)) || status=1
fi

if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then cat "$review" >>"$GITHUB_STEP_SUMMARY"; fi
exit "$status"
