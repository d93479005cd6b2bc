#!/usr/bin/env bash
# Draws the default theme's icon as the PNG files that installing needs, from icon.svg.
#
#   tests/icons/render.sh           writes themes/default/assets/icon-*.png
#   tests/icons/render.sh --check   draws in a temporary folder only and compares
#
# icon-32.png and icon-192.png are the icon as it is. icon-180.png and icon-512.png are for systems that cut icons into a
# shape of their own: their ground fills the whole square, and the sign keeps within the inner four fifths.
# Needs npm and the registry it is configured for. The renderer is pinned, so a second run gives the same bytes.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
dest="$(cd "$here/../.." && pwd)/themes/default/assets"
tmp="$(mktemp -d)"
trap 'rm -rf "$tmp"' EXIT

npm install --silent --no-audit --no-fund --prefix "$tmp" @resvg/resvg-js@2.6.2
node - "$tmp" "$dest" <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const [tmp, dest] = process.argv.slice(2);
const { Resvg } = require(`${tmp}/node_modules/@resvg/resvg-js`);
const svg = readFileSync(`${dest}/icon.svg`, "utf8");
const draw = (svg, width) => writeFileSync(`${tmp}/icon-${width}.png`, new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng());
for (const side of [32, 192]) draw(svg, side);
for (const side of [180, 512]) draw(svg.replace(/ rx="\d+"/, ""), side);
JS

for file in "$tmp"/icon-*.png; do
  if [ "${1:-}" = "--check" ]; then
    cmp "$file" "$dest/$(basename "$file")"
  else
    cp "$file" "$dest/$(basename "$file")"
  fi
done
