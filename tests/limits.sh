#!/usr/bin/env bash
# Refreshes a made-up outlet and opens the reader under few threads, few files, small files and little memory: each run
# must end within a minute with success or a sentence, leave no lock and the terminal as it was, and the next run without
# limits must work. Prints what went wrong and exits 1 then. Usage: tests/limits.sh target/debug/newsprint (needs python3
# for the outlet's server, and `script`; root has no limit of threads, so for root all runs are somebody else's).
np=$(readlink -f "$1"); work=$(mktemp -d); bad=0
if [ "$(id -u)" = 0 ]; then
  cp "$np" "$work/newsprint"; np=$work/newsprint; chmod -R 777 "$work"
  as="setpriv --reuid=64999 --regid=64999 --clear-groups env HOME=$work"
else as="env HOME=$work"; fi
printf '<rss version="2.0"><channel><title>Limits</title><link>http://127.0.0.1/</link>' > "$work/feed.xml"
for n in $(seq 1 40); do
  printf '<item><title>Story %s</title><link>http://127.0.0.1/%s</link><description>%s</description></item>' \
    "$n" "$n" "$(printf 'Some words of the story number %s. ' $n $n $n $n)" >> "$work/feed.xml"
done
printf '</channel></rss>' >> "$work/feed.xml"
(cd "$work" && exec python3 -u -m http.server --bind 127.0.0.1 0 > "$work/server" 2>/dev/null) & server=$!
trap 'kill $server; rm -rf "$work"' EXIT
port=; while [ -z "$port" ]; do sleep 0.1; port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$work/server"); done
feed=http://127.0.0.1:$port/feed.xml
printf '[refresh]\nhost_gap = "0s"\nfull_text = "never"\n[[outlet]]\nname = "x"\nurl = "%s"\nfeed = "%s"\n' "$feed" "$feed" > "$work/c.toml"
export NO_PROXY='*'
options="--config $work/c.toml --data-dir $work/d"
limited() { timeout -k 1 60 $as bash -c "$1; exec $np $options refresh --force -q" 2>&1; }
try() { # NAME, LIMIT: in a new store
  rm -rf "$work/d"
  said=$(limited "$2"); code=$?
  case $code in
    0|1|3|4|5) [ $code = 0 ] || [ -n "$said" ] || { bad=1; echo "$1: ended with $code without a sentence"; } ;;
    *) bad=1; echo "$1: ended with $code: $said" ;;
  esac
  again=$(limited true) || { bad=1; echo "$1: the next run without limits failed: $again"; }
  # The reader, in a terminal of its own, on what is there now.
  rm -f "$work/before" "$work/after" "$work/ended"
  (sleep 1.5; printf q; sleep 0.3; printf q; sleep 0.3) | timeout -k 1 60 script -qec \
    "stty -g > $work/before; timeout --foreground -k 1 50 $as bash -c '$2; exec $np $options' 2>$work/said; echo \$? > $work/ended; stty -g > $work/after" \
    "$work/screen" > /dev/null 2>&1
  ended=$(cat "$work/ended" 2>/dev/null); shown=$(cat "$work/said" 2>/dev/null)
  case $ended in
    0|1|3|4|5) ;;
    *) bad=1; echo "$1: the reader ended with $ended: $shown" ;;
  esac
  cmp -s "$work/before" "$work/after" || { bad=1; echo "$1: the terminal is not as it was"; }
  # Whoever entered the alternate screen left it again.
  [ "$(grep -ao $'\e\[?1049h' "$work/screen" | wc -l)" = "$(grep -ao $'\e\[?1049l' "$work/screen" | wc -l)" ] ||
    { bad=1; echo "$1: the alternate screen is left on"; }
  limited true > /dev/null || { bad=1; echo "$1: the run after the reader failed"; }
  echo "$1: refresh $code $(printf %s "$said" | head -c 150 | tr '\n' ' '); reader $ended $(printf %s "$shown" | head -c 150 | tr '\n' ' ')"
}
for n in 1 2 4 8 16; do try "threads $n" "ulimit -u $n"; done
for n in 8 10 12 16 24 32 48 64; do try "files $n" "ulimit -n $n"; done
for n in 4 16 64 256 1024; do try "file size $n KB" "ulimit -f $n"; done
for n in 64 96 128 192 256; do try "memory $n MB" "ulimit -v $((n * 1024))"; done
exit $bad
