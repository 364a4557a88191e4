//! Types for reading what vendors write loosely: text that may be null or a number,
//! truth values in quotes, amounts as number or text, dates with and without a zone.
