#!/usr/bin/env bash
# Refreshes an outlet while the machine's clock is wrong (ten years behind to the year 9999; before or after a refresh
# under the right one), then under the right clock: the next refresh must ask the outlet, nothing may be pruned though
# articles are kept for 30 days only, and the doctor must say what is wrong with the clock, then or afterwards.
# Prints a line each and exits 1 if one is wrong. Usage: tests/clocks.sh target/debug/newsprint (by hand; needs faketime
# and python3).
np=$(readlink -f "$1"); work=$(mktemp -d); bad=0
export NO_PROXY='*' HOME=$work FAKETIME_DONT_FAKE_MONOTONIC=1
{ printf '<rss version="2.0"><channel><title>Clocks</title><link>http://127.0.0.1/</link>'
  for n in $(seq 1 30); do
    printf '<item><title>Story %s</title><link>http://127.0.0.1/%s</link><pubDate>%s</pubDate><description>Words of it.</description></item>' \
      "$n" "$n" "$(LC_ALL=C date -u -d "-$n hours" '+%a, %d %b %Y %T GMT')"
  done
  printf '</channel></rss>'; } > "$work/feed.xml"
(cd "$work" && exec python3 -u -m http.server --bind 127.0.0.1 0 > "$work/server" 2>/dev/null) & server=$!
trap 'kill $server; rm -rf "$work"' EXIT
port=; while [ -z "$port" ]; do sleep 0.1; port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$work/server"); done
feed=http://127.0.0.1:$port/feed.xml
printf '[refresh]\nhost_gap = "0s"\ninterval = "1h"\nfull_text = "never"\nkeep = { days = 30 }\n[[outlet]]\nname = "x"\nurl = "%s"\nfeed = "%s"\n' "$feed" "$feed" > "$work/c.toml"
run() { timeout 20 "$@"; }
options="--config $work/c.toml --data-dir $work/d"
kept() { "$np" $options list --limit 100 --json | wc -l; }
for wrong in '-10 years' '-1 day' '+2 days' '+1 year' '+12 years' '9999-06-01'; do
  for order in first later; do
    rm -rf "$work/d"
    [ $order = first ] || run "$np" $options refresh -q
    clock=$(date -d "$wrong" '+%F %T')
    run faketime "$clock" "$np" $options refresh -q
    doctor=$(run faketime "$clock" "$np" $options doctor; run "$np" $options doctor)
    then=$(kept)
    next=$(run faketime "$(date -d '+3 hours' '+%F %T')" "$np" $options refresh --json | grep -o '"outcome":"[a-z-]*"')
    now=$(kept)
    case $next in *updated*|*unchanged*) ;; *) bad=1; echo "WRONG: not asked: $next" ;; esac
    [ "$then $now" = '30 30' ] || { bad=1; echo "WRONG: $then, then $now articles of 30"; }
    # A day may be a wrong zone; certificates and schedules bear it.
    [ "$wrong" = '-1 day' ] || grep -q '^error *clock' <<< "$doctor" || { bad=1; echo "WRONG: the doctor says nothing"; }
    echo "$wrong, $order: $next, $then and $now articles; $(grep -m1 '^error *clock' <<< "$doctor")"
  done
done
exit $bad
