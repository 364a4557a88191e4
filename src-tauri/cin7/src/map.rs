//! Turns what Cin7 wrote into the domain's types, once.
