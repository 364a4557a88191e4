//! Connections: how each vendor is reached, and what a test of them found.
