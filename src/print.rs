//! Text, TSV, JSON and Markdown on stdout.
