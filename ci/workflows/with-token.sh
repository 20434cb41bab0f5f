#!/usr/bin/env bash
# Runs a command with TF_API_TOKEN in the variable that terraform reads for the state's host:
# TF_TOKEN_app_terraform_io, or TF_TOKEN_tfe_my__company_com for TF_CLOUD_HOSTNAME=tfe.my-company.com.
# No other step of the workflow gets the token, and it is never written to a file.
#   with-token.sh COMMAND [ARG...]
set -euo pipefail

if [[ -n ${TF_API_TOKEN:-} ]]; then
  host=${TF_CLOUD_HOSTNAME:-app.terraform.io}
  if [[ ! $host =~ ^[A-Za-z0-9.-]+$ ]]; then
    echo "Invalid TF_CLOUD_HOSTNAME \"$host\": must be a host name without port, https:// or path." >&2
    echo "Fix: write it like tfe.example.com, or put the token in the runner's ~/.terraformrc instead of TF_API_TOKEN." >&2
    exit 2
  fi
  host=${host//-/__}
  export "TF_TOKEN_${host//./_}=$TF_API_TOKEN"
fi
unset TF_API_TOKEN
exec "$@"
