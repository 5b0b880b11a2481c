//! News sitemap and headline page to entries.
