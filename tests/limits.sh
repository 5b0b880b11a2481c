#!/usr/bin/env bash
# Refreshes a made-up outlet under few threads, few files, small files and little memory: each run must end within a
# minute with success or a sentence, leave no lock, and the next run without limits must work. Prints what went wrong and
# exits 1 then. Usage: tests/limits.sh target/debug/newsprint (needs python3 for
# the outlet's server; root has no limit of threads).
np=$1; work=$(mktemp -d); bad=0
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
run() { timeout 60 "$np" --config "$work/c.toml" --data-dir "$work/d" refresh --force -q 2>&1; }
try() { # NAME, LIMIT: in a new store
  rm -rf "$work/d"
  said=$( (eval "$2"; run) ); code=$?
  case $code in
    0|1|3|4|5) [ $code = 0 ] || [ -n "$said" ] || { bad=1; echo "$1: ended with $code without a sentence"; } ;;
    *) bad=1; echo "$1: ended with $code: $said" ;;
  esac
  again=$(run) || { bad=1; echo "$1: the next run without limits failed: $again"; }
  echo "$1: $code $(printf %s "$said" | head -c 150 | tr '\n' ' ')"
}
for n in 1 2 4 8 16; do try "threads $n" "ulimit -u $n"; done
for n in 8 10 12 16 24 32 48 64; do try "files $n" "ulimit -n $n"; done
for n in 4 16 64 256 1024; do try "file size $n KB" "ulimit -f $n"; done
for n in 64 96 128 192 256; do try "memory $n MB" "ulimit -v $((n * 1024))"; done
exit $bad
