//! Remote string to safe string: no control, bidi or invisible characters.
