//! HTML and a width to marked lines.
