#!/usr/bin/env bash
# Style, templates, the tower, types, settings and migrations: every check runs, and all that fail are shown.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
shopt -s nullglob globstar

bin=.venv/bin
failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DJANGO_SETTINGS_MODULE=s117.settings_test VAR_DIR=$scratch TMPDIR=$scratch

check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    echo "passed  $name"
  else
    printf '%s\n' "$output"
    echo "FAILED  $name"
    failed=1
  fi
}

check "ruff format" $bin/ruff format --check .
check "ruff check" $bin/ruff check .
check "djlint" $bin/djlint --check --lint templates --quiet
check "lint-imports" $bin/lint-imports
# Strict by pyproject.toml, which excepts what Django has no types for.
check "mypy" $bin/mypy core ./*/policy.py ./*/policy/
check "manage.py check" $bin/python manage.py check --fail-level WARNING
check "makemigrations --check" $bin/python manage.py makemigrations --check --dry-run
exit $failed
