//! When a paged list has been read to its end. Pure.

use crate::record::Page;

/// Counts what came and says which page to ask for next.
///
/// The end is where the records received reach Cin7's `Total`, or a page is empty; a
/// short page proves nothing, because Cin7 may lower the page size (rule of ours).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    next: Option<u32>,
    received: u64,
}

impl Paging {
    /// A list with more pages than this is given up: at 1000 records a page it would
    /// hold ten million.
    pub const MOST_PAGES: u32 = 10_000;

    /// Before the first page.
    pub fn new() -> Self {
        Self {
            next: Some(1),
            received: 0,
        }
    }

    /// The page to ask for next, from 1; `None` once the list has been read.
    pub fn next_page(&self) -> Option<u32> {
        self.next
    }

    /// Takes note of a page that came.
    pub fn took<T>(&mut self, page: &Page<T>) {
        self.received += page.received;
        let ended =
            page.received == 0 || self.received >= page.total || page.page >= Self::MOST_PAGES;
        self.next = (!ended).then(|| page.page + 1);
    }
}

impl Default for Paging {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_until_its_total_is_reached_or_a_page_is_empty() {
        let page = |page, total, received| Page::<()> {
            total,
            page,
            received,
            rows: vec![],
        };
        let mut paging = Paging::new();
        assert_eq!(paging.next_page(), Some(1));
        paging.took(&page(1, 2500, 1000));
        assert_eq!(paging.next_page(), Some(2));
        // A short page proves nothing.
        paging.took(&page(2, 2500, 600));
        assert_eq!(paging.next_page(), Some(3));
        paging.took(&page(3, 2500, 900));
        assert_eq!(paging.next_page(), None);
        let mut shrunk = Paging::new();
        shrunk.took(&page(1, 2500, 1000));
        shrunk.took(&page(2, 2500, 0));
        assert_eq!(shrunk.next_page(), None);
    }
}
