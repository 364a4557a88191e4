//! How Cin7 says no.
