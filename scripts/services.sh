# The servers and the browser that the tests need: found, installed, started, stopped.
# Sourced by test.sh, which says what $python, $scratch and $password are and uses the two addresses.
# shellcheck shell=bash disable=SC2034,SC2154

# find_server PROGRAM: print where a server's program is, Debian's versioned folders first.
find_server() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1)
  if [ -x "$found" ]; then echo "$found"; else command -v "$1"; fi
}

find_chromium() {
  local name
  for name in ${CHROMIUM:-} chromium google-chrome google-chrome-stable chromium-browser "$(playwrights_chromium)"; do
    # Ubuntu's chromium-browser is a script that only says to install a snap, so it is asked.
    if command -v "$name" >/dev/null && timeout 30 "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}

playwrights_chromium() {
  "$python" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)'
}

install_chromium() {
  if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    say "Installing Chromium with Playwright, since Ubuntu has it only as a snap"
    "$python" -m playwright install --with-deps chromium </dev/null >&2
  else
    install_packages "The browser journeys need Chromium." chromium
  fi
  find_chromium >/dev/null ||
    stop "The browser journeys need Chromium or Google Chrome: install one of them, and start again."
}

find_or_install_services() {
  find_server initdb >/dev/null || install_packages "The tests need a PostgreSQL server." postgresql
  command -v redis-server >/dev/null || install_packages "The tests need a Redis server." redis-server
  find_chromium >/dev/null || install_chromium
  CHROMIUM=$(find_chromium)
  export CHROMIUM
}

free_port() { "$python" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

start_postgresql() {
  local port cluster=$scratch/postgresql
  port=$(free_port)
  mkdir "$cluster"
  printf '%s\n' "$password" >"$cluster/password"
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres "$cluster"; fi
  as_postgres "$(find_server initdb)" --pgdata "$cluster/data" --username s117 --pwfile "$cluster/password" \
    --auth scram-sha-256 --encoding UTF8 --no-locale --no-sync >"$scratch/initdb.log" 2>&1 ||
    stop "PostgreSQL could not make a cluster: $(cat "$scratch/initdb.log")"
  cat >>"$cluster/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
END
  as_postgres "$(find_server pg_ctl)" --pgdata "$cluster/data" --log "$cluster/log" --wait start >/dev/null ||
    stop "PostgreSQL did not start: $(cat "$cluster/log")"
  postgresql_url=postgres://s117:$password@127.0.0.1:$port/postgres
}

start_redis() {
  local port attempt
  port=$(free_port)
  cat >"$scratch/redis.conf" <<END
bind 127.0.0.1
port $port
requirepass $password
save ""
dir $scratch
END
  redis-server "$scratch/redis.conf" >"$scratch/redis.log" 2>&1 &
  redis_pid=$!
  for attempt in {1..100}; do
    REDISCLI_AUTH=$password redis-cli -p "$port" ping >/dev/null 2>&1 && break
    [ "$attempt" -lt 100 ] || stop "Redis did not start: $(cat "$scratch/redis.log")"
    sleep 0.1
  done
  redis_url=redis://:$password@127.0.0.1:$port/0
}

stop_services() {
  if [ -n "${redis_pid:-}" ]; then kill "$redis_pid" && wait "$redis_pid" || true; fi
  if [ -e "$scratch/postgresql/data/postmaster.pid" ]; then
    as_postgres "$(find_server pg_ctl)" --pgdata "$scratch/postgresql/data" --mode immediate --wait stop >/dev/null
  fi
  rm -rf "$scratch"
}
