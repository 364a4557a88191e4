//! Mappings: what each map has, what orders wait for, what fits.
