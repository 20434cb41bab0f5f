#!/usr/bin/env bash
# Plans a stage and writes its review to FOLDER/STAGE.md, whatever happens; ends as the review does.
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

# Without a plan there is no review, and the comment must not look as if all were well.
if [[ ! -s $review ]]; then
  printf '### %s: fails review\n\nThere is no plan to review. The log of the check says why.\n' \
    "$stage" >"$review"
  ((status != 0)) || status=1
fi

if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then cat "$review" >>"$GITHUB_STEP_SUMMARY"; fi
exit "$status"
