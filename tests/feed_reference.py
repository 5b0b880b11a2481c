#!/usr/bin/env python3
"""Writes what feedparser reads of a folder of feeds as a reference for `cargo run --release --example feeds -- DIR`.

    pip install feedparser
    pip download feedparser --no-deps --no-binary :all:     # its own suite is within: some 2,000 documents
    python3 tests/feed_reference.py DIR                     # writes DIR/reference.jsonl

One object a line: the file, its Content-Type (null), and its entries with title, link, published, tags and files.
"""
import calendar
import json
import pathlib
import sys

import feedparser

ENDINGS = {".xml", ".rss", ".atom", ".rdf", ".cdf"}


def entry(read):
    times = read.get("published_parsed")
    tags = [tag.get("label") or tag.get("term") or "" for tag in read.get("tags", [])]
    return {
        "title": read.get("title"),
        "link": read.get("link"),
        "published": calendar.timegm(times) if times else None,
        "tags": [tag for tag in tags if tag.strip()],
        "files": [file["href"] for file in read.get("enclosures", []) if file.get("href")],
    }


def main():
    folder = pathlib.Path(sys.argv[1])
    with open(folder / "reference.jsonl", "w") as out:
        for path in sorted(folder.rglob("*")):
            if path.suffix in ENDINGS:
                read = feedparser.parse(path.read_bytes())
                line = {
                    "file": str(path.relative_to(folder)),
                    "content_type": None,
                    "entries": [entry(one) for one in read.entries],
                }
                out.write(json.dumps(line) + "\n")


if len(sys.argv) != 2:
    sys.exit(__doc__)
main()
