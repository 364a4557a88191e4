//! A side of a comparison, sorted by name and handed out name by name.

/// How many bytes of a name are compared without looking at the text.
const FIRST: usize = 16;

/// A name with its first bytes at hand: most names differ in those, and what need not be
/// fetched from all over memory is what makes a hundred thousand of them quick to sort.
/// Ordered as the text is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name<'a> {
    first: u128,
    pub text: &'a str,
}

impl<'a> Name<'a> {
    fn of(text: &'a str) -> Self {
        let mut first = [0; FIRST];
        for (to, byte) in first.iter_mut().zip(text.bytes()) {
            *to = byte;
        }
        Self {
            first: u128::from_be_bytes(first),
            text,
        }
    }
}

/// All of one side.
pub(super) struct Sorted<'a, T> {
    all: Vec<(Name<'a>, T)>,
    at: usize,
}

impl<'a, T> Sorted<'a, T> {
    /// Sorts them by name; what comes sorted costs one pass.
    pub(super) fn of(all: impl Iterator<Item = (&'a str, T)>) -> Self {
        let mut all: Vec<(Name<'a>, T)> = all.map(|(text, one)| (Name::of(text), one)).collect();
        all.sort_by_key(|(name, _)| *name);
        Self { all, at: 0 }
    }

    /// The next name.
    pub(super) fn next_name(&self) -> Option<Name<'a>> {
        self.all.get(self.at).map(|(name, _)| *name)
    }

    /// All that bear that name; what comes before it is passed over.
    pub(super) fn take(&mut self, name: Name<'_>) -> &[(Name<'a>, T)] {
        let rest = self.all.get(self.at..).unwrap_or_default();
        let before = rest.iter().take_while(|(each, _)| *each < name).count();
        let from = self.at + before;
        let rest = self.all.get(from..).unwrap_or_default();
        let some = rest.iter().take_while(|(each, _)| *each == name).count();
        self.at = from + some;
        self.all.get(from..self.at).unwrap_or_default()
    }
}
