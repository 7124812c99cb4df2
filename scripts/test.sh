#!/usr/bin/env bash
# Everything the project promises, checked: lint, the suite on both databases, the browser journeys.
# Runs servers of its own, thrown away at the end, and leaves the checkout's var/ alone.
# shellcheck disable=SC2329  # the stages are called by name
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/machine.sh
. scripts/services.sh

python=.venv/bin/python
results=()
failed=0

stage() {
  local name=$1 outcome=passed
  shift
  printf '\n== %s ==\n' "$name"
  "$@" || outcome=FAILED failed=1
  results+=("$outcome  $name")
}

# run_pytest NAME [VARIABLE=VALUE...] [pytest arguments...]
run_pytest() {
  local name=$1
  shift
  env VAR_DIR="$scratch/var-$name" "$@" --junitxml="$scratch/report-$name.xml"
}

on_postgresql() { run_pytest postgresql "${services[@]}" "${side_by_side[@]}" -m "not journey"; }
on_sqlite() { run_pytest sqlite "${side_by_side[@]}" -m "not journey and not services"; }
in_browser() { run_pytest journeys "${services[@]}" "$python" -m pytest -m journey; }

scripts/setup.sh requirements-dev.txt
find_or_install_services

unset S117_MODE DEMO DEBUG DATABASE_URL REDIS_URL EMAIL_URL SITE_URL ALLOWED_HOSTS SECRET_KEY DJANGO_SETTINGS_MODULE
scratch=$(mktemp -d /tmp/s117-test.XXXXXX)
chmod 711 "$scratch" # the postgres user must reach its cluster
trap stop_services EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
mkdir "$scratch/tmp"
export TMPDIR=$scratch/tmp
password=$("$python" -c 'import secrets; print(secrets.token_hex(16))')
start_postgresql
start_redis
services=(DATABASE_URL="$postgresql_url" REDIS_URL="$redis_url")
side_by_side=("$python" -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile)

stage "Lint" scripts/lint.sh
stage "The suite on PostgreSQL and Redis" on_postgresql
stage "The suite on SQLite, without a browser" on_sqlite
stage "Browser journeys on PostgreSQL and Redis" in_browser

printf '\n'
printf '%s\n' "${results[@]}"
"$python" scripts/tally.py "$scratch"/report-*.xml
exit $failed
