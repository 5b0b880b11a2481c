//! Page to candidate sources.
