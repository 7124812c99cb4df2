#!/usr/bin/env bash
# Makes a checkout ready: virtual environment, packages, front-end assets, Pango.
# May be run again at any time, also after a run that was cut short or beside another.
#
#   scripts/setup.sh [requirements.txt | requirements-dev.txt]
set -euo pipefail
cd -P "$(dirname "$0")/.."
. scripts/machine.sh

requirements=${1:-requirements.txt}
python=.venv/bin/python
unfinished=.venv/unfinished # there while packages are being installed
installed=.venv/installed-$requirements

wait_for_other_setup() {
  mkdir -p var
  exec 9>var/setup.lock
  command -v flock >/dev/null || return 0
  flock -n 9 || { say "Waiting for another set-up of this checkout" && flock 9; }
}

virtual_environment_is_whole() {
  [ ! -e "$unfinished" ] && "$python" -c '' 2>/dev/null &&
    grep -qF "$PWD/.venv/bin/" .venv/bin/pip 2>/dev/null # else the checkout was moved
}

make_virtual_environment() {
  local base
  base=$(find_python)
  say "Making a virtual environment with $("$base" --version)"
  rm -rf .venv
  mkdir .venv
  touch "$unfinished"
  "$base" -m venv .venv >&2 || stop "The virtual environment could not be made; the reason is above."
}

packages_are_installed() {
  local stamp
  for stamp in "$installed" .venv/installed-requirements-dev.txt; do # the latter includes the former
    cat requirements*.txt | cmp -s - "$stamp" && return
  done
  return 1
}

install_python_packages() {
  say "Installing the Python packages in $requirements"
  touch "$unfinished"
  "$python" -m pip install --quiet --no-input --disable-pip-version-check -r "$requirements" >&2 ||
    stop "The Python packages could not be installed; check the network and start again."
  cat requirements*.txt >"$installed"
  rm "$unfinished"
}

can_make_pdfs() { "$python" -c 'import weasyprint' 2>/dev/null; }

install_pango() {
  local reason="PDFs need the Pango library."
  install_packages "$reason" libpangoft2-1.0-0 libharfbuzz-subset0
  can_make_pdfs || stop "$reason It was installed, and yet weasyprint cannot be imported: $python -c 'import weasyprint'"
}

wait_for_other_setup
virtual_environment_is_whole || make_virtual_environment
packages_are_installed || install_python_packages
"$python" scripts/build_assets.py
can_make_pdfs || install_pango
