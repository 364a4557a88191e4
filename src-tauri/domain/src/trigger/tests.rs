//! Stories of the trigger.
