//! What a benchmark measured, beside its budget.

/// A line of a report, and whether it is within its budget.
pub struct Line {
    /// What was measured.
    pub what: String,
    /// What came of it.
    pub figure: String,
    /// What it may be.
    pub budget: String,
    /// Whether it is.
    pub kept: bool,
}

impl Line {
    /// One that has no budget.
    pub fn shown(what: impl Into<String>, figure: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            figure: figure.into(),
            budget: "(shown)".into(),
            kept: true,
        }
    }

    /// One that may be no more than so much.
    pub fn at_most(
        what: impl Into<String>,
        figure: impl Into<String>,
        (found, most, unit): (f64, f64, &str),
    ) -> Self {
        Self {
            what: what.into(),
            figure: figure.into(),
            budget: format!("≤ {most} {unit}").trim_end().to_owned(),
            kept: found <= most,
        }
    }
}
