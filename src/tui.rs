//! The reader: terminal guard and event loop.
