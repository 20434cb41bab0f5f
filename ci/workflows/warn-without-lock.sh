#!/usr/bin/env bash
# Warns in the workflow's summary if the provider is not locked; the deploy continues.
#   warn-without-lock.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

lock=stages/.terraform.lock.hcl
if [[ ! -e $lock ]]; then
  echo "::warning title=The google provider is not locked::There is no $lock, so terraform installs the pinned version without comparing it with known checksums. Fix: npm run lock-provider, and commit the file."
fi
