//! RSS, Atom, RDF and JSON Feed to Feed.
