//! Set-up's review: what the first look found, and what going live would do.
