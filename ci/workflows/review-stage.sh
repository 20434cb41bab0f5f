#!/usr/bin/env bash
# Plans a stage and always writes a review to FOLDER/STAGE.md; exits with the status of the review. In a
# workflow, the review is also put where an approver looks: in the run's summary, and its result among the
# run's annotations. The digest of the changes becomes the step's output `digest`.
#   review-stage.sh STAGE FOLDER [OPTION...]    options of ops review, such as --allow destroy
set -euo pipefail
cd "$(dirname "$0")/../.."

stage=$1
folder=$2
shift 2
mkdir -p "$folder"
review=$folder/$stage.md
digest=$folder/$stage.digest
rm -f "$review" "$digest"

status=0
ci/workflows/with-token.sh node lib/launch/main.js ops/start.ts review "$stage" \
  --review-file "$review" --digest-file "$digest" "$@" || status=$?

# If planning failed there is no review, and the comment must not look as if there were no problems.
if [[ ! -s $review ]]; then
  printf '### %s: fails review\n\nThe plan failed; see the workflow log.\n' \
    "$stage" >"$review"
  ((status != 0)) || status=1
fi

if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then cat "$review" >>"$GITHUB_STEP_SUMMARY"; fi
if [[ $status == 0 && -n ${GITHUB_OUTPUT:-} ]]; then
  printf 'digest=%s\n' "$(<"$digest")" >>"$GITHUB_OUTPUT"
fi
if [[ ${GITHUB_ACTIONS:-} == true ]]; then
  # The heading, and how many jobs change: neither has text from the plan.
  { read -r heading && read -r && read -r summary; } <"$review"
  level=notice
  ((status == 0)) || level=error
  printf '::%s title=%s::%s The review is in the summary of this run.\n' "$level" "${heading#\#\#\# }" "$summary"
fi
exit "$status"
