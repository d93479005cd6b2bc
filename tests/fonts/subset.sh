#!/usr/bin/env bash
# Rebuilds the three font files of the default theme from the complete upstream fonts.
#
#   tests/fonts/subset.sh           writes themes/default/assets/fonts/*.woff2, and the same outlines for pictures that the
#                                   program itself draws: src/picture/fonts/*.ttf
#   tests/fonts/subset.sh --check   builds in a temporary folder only and compares
#
# Source Sans 3 and Source Serif 4 carry the Reserved Font Name "Source" (OFL 1.1), so these cut-down versions
# are renamed to Prepbook Sans and Prepbook Serif. What is kept and what is changed: see subset.py.
# Needs: npm, python3 with venv, and the registries npm and pip are configured for. Every package is pinned
# and the two font packages are checked against their hashes, so a second run gives the same bytes.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
dest="$(cd "$here/../.." && pwd)/themes/default/assets/fonts"
tmp="$(mktemp -d)"
trap 'rm -rf "$tmp"' EXIT

fetch() { # name, version, sha256 of the package file
  local file="$tmp/$1-$2.tgz"
  (cd "$tmp" && npm pack --silent "$1@$2" >/dev/null)
  python3 -c 'import hashlib, sys; sys.exit(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest() != sys.argv[2])' \
    "$file" "$3" || { echo "error: $1@$2 is not the package these fonts were made from" >&2; exit 1; }
  mkdir "$tmp/$1"
  tar -xzf "$file" -C "$tmp/$1" --strip-components=1
}

fetch source-sans 3.52.0 49cf78ddd79b436591ee696785222b54ff28102922e3d3df297fe382d7fdfa88
fetch source-serif 4.5.1 19a448df98f4aa777de3452b0a1e29aa7ffe29252fe552c8a2d2531702d80746
python3 -m venv "$tmp/venv"
"$tmp/venv/bin/pip" install --quiet --disable-pip-version-check fonttools==4.68.0 brotli==1.2.1

mkdir "$tmp/out"
"$tmp/venv/bin/python" "$here/subset.py" "$tmp" "$tmp/out"

pictures="$(cd "$here/../.." && pwd)/src/picture/fonts"
if [ "${1:-}" = "--check" ]; then
  for file in "$tmp"/out/*.woff2; do
    cmp "$file" "$dest/$(basename "$file")"
  done
  for file in "$tmp"/out/*.ttf; do
    cmp "$file" "$pictures/$(basename "$file")"
  done
  echo "the font files are the ones this script makes"
else
  mkdir -p "$dest"
  for file in "$tmp"/out/*.woff2; do
    cp "$file" "$dest/$(basename "$file")"
    chmod 644 "$dest/$(basename "$file")"
  done
  mkdir -p "$pictures"
  cp "$tmp"/out/*.ttf "$pictures"
  cp "$dest/LICENSE.txt" "$pictures"
  chmod 644 "$pictures"/*
fi
