//! A side of a comparison, sorted by name and handed out name by name.

use std::cmp::Ordering;

/// How many bytes of a name are compared without looking at the text.
const FIRST: usize = 16;

/// A name with its first bytes at hand: most names differ in those, or end within them, and
/// what need not be fetched from all over memory is what makes a hundred thousand of them quick
/// to sort. Ordered as the text is.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    first: u128,
    pub text: &'a str,
}

impl Ord for Name<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let (length, others) = (self.text.len(), other.text.len());
        self.first.cmp(&other.first).then_with(|| {
            if length.max(others) <= FIRST {
                // Alike but for zeros at the end of the longer one.
                length.cmp(&others)
            } else {
                self.text.cmp(other.text)
            }
        })
    }
}

impl PartialOrd for Name<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Name<'_> {}

impl<'a> Name<'a> {
    fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let first = bytes.first_chunk().copied().unwrap_or_else(|| {
            let mut padded = [0; FIRST];
            for (to, byte) in padded.iter_mut().zip(bytes) {
                *to = *byte;
            }
            padded
        });
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
        // Room for all at once: what grows is copied, each time into memory not touched before.
        let most = all.size_hint().1.unwrap_or_default();
        let mut named: Vec<(Name<'a>, T)> = Vec::with_capacity(most);
        named.extend(all.map(|(text, one)| (Name::of(text), one)));
        named.sort_by_key(|(name, _)| *name);
        Self { all: named, at: 0 }
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
