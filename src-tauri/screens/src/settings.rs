//! Settings in sections, with their words.
