# What kernelspec/start and Tests/run share: finding and installing what Flambeau needs, building it,
# and executing notebooks. Sourced by bash scripts under `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# One configuration for use and for tests, so that nothing is compiled twice and what was tested is
# what runs.
build_options=(--package-path "$root" -c release)
products="$root/.build/release"

say() { printf '\033[1m%s\033[0m\n' "flambeau: $*"; }
# Without colours where nobody looks at a terminal.
[ -t 1 ] || say() { printf '%s\n' "flambeau: $*"; }

die() {
  printf 'flambeau: %s\n' "$@" >&2
  exit 1
}

# The Swift toolchain: on PATH, or where swiftly puts it.
need_swift() {
  local swiftly=${SWIFTLY_HOME_DIR:-$HOME/.local/share/swiftly}/env.sh
  if ! command -v swift >/dev/null && [ -r "$swiftly" ]; then
    # shellcheck disable=SC1090
    set +u && . "$swiftly" && set -u
  fi
  command -v swift >/dev/null || die \
    "there is no Swift toolchain. Install Swift 6.2 or later with swiftly, in three lines of" \
    "https://www.swift.org/install/linux/, open a new shell, and run this again."
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  case $version in
    "" | [0-5].* | 6.[01] | 6.[01].*) die \
      "Swift ${version:-of an unknown version} is too old: 6.2 or later is needed (swiftly install latest)." ;;
  esac
}

need_python() {
  command -v python3 >/dev/null || die \
    "there is no Python 3, which Jupyter needs. On Debian or Ubuntu: apt-get install python3"
}

# Runs a command as root: directly, or through sudo, which asks for a password only at a terminal.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    if { : >/dev/tty; } 2>/dev/null; then sudo "$@"; else sudo -n "$@"; fi
  else
    return 1
  fi
}

# need_packages PACKAGE…: installs the Debian packages that are absent.
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    missing_headers
    return
  fi
  local package missing=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "installing ${missing[*]} with apt-get"
  { as_root apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"; } </dev/null ||
    die "these system packages could not be installed: ${missing[*]}" \
      "As root: apt-get install ${missing[*]}, then run this again."
}

# Not Debian: the libraries can only be asked for by name.
missing_headers() {
  local header missing=()
  for header in zmq.h openssl/hmac.h cblas.h zlib.h; do
    echo "#include <$header>" | clang -fsyntax-only -x c - 2>/dev/null || missing+=("$header")
  done
  [ ${#missing[@]} = 0 ] || die \
    "the headers ${missing[*]} were not found. Install ZeroMQ, OpenSSL, OpenBLAS and zlib with their headers, then run this again."
}

system_packages=(libzmq3-dev libssl-dev libopenblas-dev zlib1g-dev)

# python_environment DIRECTORY REQUIREMENT…: a virtual environment with these packages. A stamp
# remembers what was installed, so that a second run costs nothing.
python_environment() {
  local directory=$1
  shift
  local stamp="$directory/.installed"
  [ "$(cat "$stamp" 2>/dev/null)" = "$*" ] && [ -x "$directory/bin/python" ] && return
  need_python
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then need_packages python3-venv; fi
  say "installing $* into $directory"
  python3 -m venv "$directory"
  "$directory/bin/python" -m pip install --quiet --disable-pip-version-check "$@" ||
    die "pip could not install: $*"
  printf '%s' "$*" >"$stamp"
}

# build PRODUCT…: builds them, or everything with its tests where none is named.
build() {
  local product
  if [ $# = 0 ]; then
    swift build "${build_options[@]}" --build-tests
    return
  fi
  for product in "$@"; do swift build "${build_options[@]}" --product "$product"; done
}

# execute_notebooks DIRECTORY JUPYTER NOTEBOOK…: executes each, writes the executed copies to
# DIRECTORY, says how each went, and fails when one did.
execute_notebooks() {
  local directory=$1 jupyter=$2
  shift 2
  mkdir -p "$directory"
  local notebook log began seconds number=0 failed=0
  log=$(mktemp)
  for notebook in "$@"; do
    number=$((number + 1))
    printf '[%d/%d] %s … ' "$number" "$#" "$notebook"
    began=${EPOCHREALTIME/[.,]/}
    local outcome=ok
    if [ ! -r "$notebook" ]; then
      outcome=FAILED
      echo "$notebook: no such notebook" >"$log"
    elif ! "$jupyter" nbconvert --to notebook --execute --ExecutePreprocessor.timeout=-1 \
      --output-dir "$directory" "$notebook" >"$log" 2>&1 </dev/null; then
      outcome=FAILED
    fi
    seconds=$((${EPOCHREALTIME/[.,]/} - began))
    printf '%s, %d.%d s\n' "$outcome" $((seconds / 1000000)) $((seconds / 100000 % 10))
    if [ "$outcome" = FAILED ]; then
      failed=$((failed + 1))
      # Jupyter's own Python frames say nothing about the notebook.
      sed -n '/^nbclient\.exceptions\.\|^---/,$p' "$log" | grep . || tail -n 20 "$log"
    fi
  done
  rm -f "$log"
  say "$((number - failed)) of $number notebooks executed; copies are in $directory"
  [ "$failed" = 0 ]
}
