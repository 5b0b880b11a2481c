#!/usr/bin/env bash
# Runs each command first in a new home, with an umask that lets everybody read; prints each file and folder that
# newsprint made there and others may look into, and exits 1 then. Usage: tests/modes.sh target/debug/newsprint
np=$(readlink -f "$1"); work=$(mktemp -d); bad=0; ran=0; umask 022
mkdir "$work/site"
printf 'P' > "$work/site/1.png"
printf '<rss version="2.0"><channel><title>Modes</title><link>/</link><item><title>Story</title><link>/1</link><description>Words of it.</description><enclosure url="/1.png" type="image/png" length="1"/></item></channel></rss>' > "$work/site/feed.xml"
(cd "$work/site" && exec python3 -u -m http.server --bind 127.0.0.1 0 > "$work/server" 2>/dev/null) & server=$!
trap 'kill $server; rm -rf "$work"' EXIT
port=; while [ -z "$port" ]; do sleep 0.1; port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$work/server"); done
url=http://127.0.0.1:$port/feed.xml; export NO_PROXY='*' TERM=xterm-256color
printf '%s\n' "$url" > "$work/urls"
printf '<opml version="2.0"><body><outline type="rss" text="x" xmlUrl="%s"/></body></opml>' "$url" > "$work/list.opml"
look() { # NAME
  ran=$((ran + 1))
  found=$(find "$home" -mindepth 1 \( -name newsprint\* -o -path '*newsprint*' \) ! -type l -perm /077 -printf '%M %P; ')
  [ -z "$found" ] || { bad=1; echo "$1: $found"; }
}
config='[refresh]\nhost_gap = "0s"\nimages = true\n[[outlet]]\nname = "x"\nurl = "%s"\nfeed = "%s"\n'
for with in none one; do
  while read -r words; do
    home=$work/home; rm -rf "$home"; mkdir -m 755 "$home" "$home/.config" "$home/.local" "$home/.local/share"
    if [ $with = one ]; then mkdir -m 700 "$home/.config/newsprint"; printf "$config" "$url" "$url" > "$home/.config/newsprint/config.toml"; chmod 600 "$home/.config/newsprint/config.toml"; fi
    eval "env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_CACHE_HOME -u XDG_STATE_HOME -u NEWSPRINT_CONFIG -u NEWSPRINT_DATA_DIR HOME=$home timeout 20 $np $words" > "$work/said" 2>&1 < /dev/null
    look "$words ($with outlet configured)"
    # … and what a refresh makes after it.
    env -u XDG_CONFIG_HOME -u XDG_DATA_HOME HOME="$home" timeout 20 "$np" refresh --force -q > /dev/null 2>&1
    look "$words, then refresh ($with outlet configured)"
  done <<COMMANDS
refresh
refresh --force -q
list
search word
show 1
tags
outlets
mark --read --query is:unread
discover $url
feed $url
add $url --name new
add $url --no-check
remove x
import $work/list.opml
import $work/urls
export
export --articles
prune --days 3
prune --removed
doctor
config path
config check
config example
config edit
stories
digest
sync
account list
account add home --kind greader --url $url --user me
account login home
demo --help
COMMANDS
  home=$work/home; rm -rf "$home"; mkdir -m 755 "$home" "$home/.config" "$home/.local" "$home/.local/share"
  if [ $with = one ]; then mkdir -m 700 "$home/.config/newsprint"; printf "$config" "$url" "$url" > "$home/.config/newsprint/config.toml"; chmod 600 "$home/.config/newsprint/config.toml"; fi
  (sleep 3; for _ in 1 2 3 4; do printf q; sleep 0.3; done) | timeout 30 script -qec "env -u XDG_CONFIG_HOME -u XDG_DATA_HOME HOME=$home $np" /dev/null > /dev/null 2>&1
  look "the reader ($with outlet configured)"
done
echo "$ran times looked"
exit $bad
