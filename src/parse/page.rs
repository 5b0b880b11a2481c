//! Article page to title, date, tags, author, image and clean body.
