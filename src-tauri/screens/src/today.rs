//! Today: the figures, what needs someone, the schedule, the calls, how vendors answer.
