#!/usr/bin/env bash
# Fills the disk under a refresh, a mark, a reader and a rescue: each must end with success or say that the disk is full
# (a list needs no room at all); with room again all must work, and all that
# was marked before is there. Prints what went wrong and exits 1 then.
# Usage, as root (mounts a small tmpfs): tests/full_disk.sh target/debug/newsprint
np=$(readlink -f "$1"); work=$(mktemp -d); disk=$work/disk; bad=0
mkdir "$disk"; mount -t tmpfs -o size=48m none "$disk" || exit 2
item() { printf '<item><title>Story %s</title><link>http://127.0.0.1/%s</link><description>' "$1" "$1"; head -c 3000 /dev/urandom | base64 -w 70; printf '</description></item>'; }
feed() { printf '<rss version="2.0"><channel><title>Full</title><link>/</link>'; for n in $(seq "$1" "$2"); do item "$n"; done; printf '</channel></rss>'; }
mkdir "$work/site"; feed 1 40 > "$work/site/feed.xml"
(cd "$work/site" && exec python3 -u -m http.server --bind 127.0.0.1 0 > "$work/server" 2>/dev/null) & server=$!
trap 'kill $server; umount "$disk"; rm -rf "$work"' EXIT
port=; while [ -z "$port" ]; do sleep 0.1; port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$work/server"); done
url=http://127.0.0.1:$port/feed.xml
printf '[refresh]\nhost_gap = "0s"\nfull_text = "never"\n[[outlet]]\nname = "x"\nurl = "%s"\nfeed = "%s"\n' "$url" "$url" > "$work/c.toml"
export NO_PROXY='*' HOME=$work
n() { timeout 60 "$np" --config "$work/c.toml" --data-dir "$disk/d" "$@"; }
stars() { n list is:starred --json --limit 999 2>/dev/null | wc -l; }
fill() { # all but so many KB
  rm -f "$disk/filler"; free=$(df -k --output=avail "$disk" | tail -1); head -c $(((free - $1) * 1024)) /dev/zero > "$disk/filler" 2>/dev/null
}
fault() { bad=1; echo "$1"; }
n refresh -q || fault "the first refresh failed"
n mark --star --query is:unread > /dev/null; n refresh -q --force; had=$(stars)
echo "$had stars"
try() { # NAME, COMMAND…
  name=$1; shift; said=$("$@" 2>&1); code=$?
  case $code in
    0) ;;
    1|4|5) case $said in *"disk"*"full"*|*"No space left"*|*"no space"*) ;; *) fault "$name: ended with $code and said: $said" ;; esac ;;
    *) fault "$name: ended with $code and said: $said" ;;
  esac
  rm -f "$disk/filler"; now=$(stars); [ "$now" -ge "$had" ] || fault "$name: $now of $had stars left"
  echo "$name: $code $(printf %s "$said" | head -c 160 | tr '\n' ' ')"
}
for room in 0 4 16 64 256 700; do
  feed $((room * 100 + 100)) $((room * 100 + 330)) > "$work/site/feed.xml"
  fill $room; try "refresh, $room KB free" n refresh -q --force
  fill $room; try "mark, $room KB free" n mark --read --query is:unread
  fill $room; n list --limit 3 > "$work/listed" 2>&1 || fault "list, $room KB free: $(cat "$work/listed")"
  fill $room; try "prune, $room KB free" n prune --count 400
  rm -f "$disk/filler"; cp "$work/c.toml" "$disk/c.toml"; fill $room; try "add, $room KB free" timeout 60 "$np" --config "$disk/c.toml" --data-dir "$disk/d" add http://127.0.0.1:9/ --no-check --name "a $room"
  cmp -s "$work/c.toml" "$disk/c.toml" || [ "$(head -c "$(stat -c %s "$work/c.toml")" "$disk/c.toml")" = "$(cat "$work/c.toml")" ] || fault "add, $room KB free: the config lost something"
  fill $room; (sleep 1.5; printf 'jj\r'; for _ in 1 2 3 4; do sleep 0.4; printf q; done) | timeout 30 script -qec "$np --config $work/c.toml --data-dir $disk/d" /dev/null > /dev/null 2>&1
  [ $? = 124 ] && fault "the reader, $room KB free: does not end"
  rm -f "$disk/filler"; now=$(stars); [ "$now" -ge "$had" ] || fault "the reader, $room KB free: $now of $had stars left"
  had=$now
  # A damaged database, and no room for a new one.
  rm -f "$disk/filler"; n refresh -q --force > /dev/null 2>&1; had=$(stars)
  rm -rf "$work/kept"; cp -a "$disk/d" "$work/kept"
  rm -f "$disk"/d/newsprint.db-*; head -c 60000 /dev/zero | dd of="$disk/d/newsprint.db" conv=notrunc 2>/dev/null
  fill $room; said=$(n list --limit 3 2>&1); echo "rescue, $room KB free: $? $(printf %s "$said" | head -c 160 | tr '\n' ' ')"
  rm -f "$disk/filler"; n refresh -q --force > /dev/null 2>&1
  # The outlet lists the starred articles again, which have their stars then.
  feed 1 40 > "$work/site/feed.xml"; n refresh -q --force > /dev/null 2>&1
  now=$(n list is:starred --json --limit 999 2>/dev/null | grep -c 'http://127.0.0.1/[0-9]*"'); [ "$now" -ge 40 ] || fault "rescue, $room KB free: $now of 40 stars came back"
  rm -rf "$disk/d"; cp -a "$work/kept" "$disk/d"; n refresh -q --force || fault "with room again the refresh failed"
done
exit $bad
