# What the other scripts ask of the machine; sourced, never run.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "$*"
  exit 1
}

# install_packages REASON PACKAGE...: with apt-get where this user may, else say what to type and stop.
install_packages() {
  local reason=$1 output as=()
  shift
  command -v apt-get >/dev/null ||
    stop "$reason Install what Debian calls $* with this machine's package manager, and start again."
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || stop "$reason Type: sudo apt-get install -y --no-install-recommends $*"
    as=(sudo)
  fi
  say "Installing $* with apt-get"
  as+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  output=$({ "${as[@]}" update && "${as[@]}" install -y --no-install-recommends "$@"; } </dev/null 2>&1) ||
    stop "$output"$'\n'"$reason The line that failed was: apt-get install -y --no-install-recommends $*"
}

# Print a Python that is new enough and can make a virtual environment.
find_python() {
  local name version package without_venv=""
  for name in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
    version=$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2]); assert sys.version_info >= (3, 11)' \
      2>/dev/null) || continue
    if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
      echo "$name"
      return
    fi
    without_venv=$name package="python$version-venv"
  done
  [ -n "$without_venv" ] || stop "Python 3.11 or later is needed: install python3 and python3-venv, and start again."
  install_packages "Python needs its venv module." "$package"
  echo "$without_venv"
}
