#!/bin/sh
# Makes the pictures of the README from the demo case (needs poppler-utils, imagemagick, chromium).
set -eu
out=docs/pictures
case=$(mktemp -d)/fall
.venv/bin/heller --lang de demo "$(dirname "$case")" >/dev/null
made=$(dirname "$case")/2015-companyconnect
pdftoppm -r 72 -png "$made"/derived/dossier-*.pdf "$case" 2>/dev/null
set -- $(for n in "$@"; do printf '%s-%s.png ' "$case" "$n"; done)
montage "$@" -tile x1 -geometry +10+10 -background '#c8ccd0' png:- |
    convert - -colors 128 -strip "$out/dossier.png"
.venv/bin/heller serve "$made" --port 8798 --no-browser >/dev/null &
server=$!
trap 'kill $server' EXIT
sleep 2
chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$(mktemp -d)" --accept-lang=de \
    --hide-scrollbars --window-size=1180,1120 --screenshot="$case-web.png" http://127.0.0.1:8798/ 2>/dev/null
convert "$case-web.png" -colors 128 -strip "$out/web.png"
