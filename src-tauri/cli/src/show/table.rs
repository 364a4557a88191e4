//! A table for people: aligned columns, empty ones left out, the last one wrapped on a
//! terminal.

use super::sheet::{Sheet, wrap};
use crate::output::Colour;

/// One cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    text: String,
    colour: Option<Colour>,
}

impl Cell {
    /// A cell in a colour.
    pub(crate) fn painted(colour: Colour, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            colour: Some(colour),
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            colour: None,
        }
    }
}

/// See the module's head.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    head: &'static [&'static str],
    is_bare: bool,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table; a column whose title begins with `>` stands to the right.
    pub(crate) fn new(head: &'static [&'static str]) -> Self {
        Self {
            head,
            is_bare: false,
            rows: Vec::new(),
        }
    }

    /// The same without a line of titles.
    pub(crate) fn bare(head: &'static [&'static str]) -> Self {
        Self {
            is_bare: true,
            ..Self::new(head)
        }
    }

    /// One more row, with a cell for each column.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// The table, each line ended.
    pub(crate) fn text(&self, sheet: &Sheet) -> String {
        let shown: Vec<usize> = (0..self.head.len())
            .filter(|column| self.cells(*column).any(|cell| !cell.text.is_empty()))
            .collect();
        let widths: Vec<usize> = shown.iter().map(|column| self.width(*column)).collect();
        let head: Vec<Cell> = shown
            .iter()
            .map(|column| Cell::painted(Colour::Dim, title(self.head[*column])))
            .collect();
        let mut text = if self.is_bare {
            String::new()
        } else {
            self.line(&head.iter().collect::<Vec<_>>(), &shown, &widths, sheet)
        };
        for row in &self.rows {
            let cells: Vec<&Cell> = shown.iter().filter_map(|column| row.get(*column)).collect();
            text.push_str(&self.line(&cells, &shown, &widths, sheet));
        }
        text
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(column))
    }

    fn width(&self, column: usize) -> usize {
        self.cells(column)
            .map(|cell| cell.text.chars().count())
            .chain([if self.is_bare {
                0
            } else {
                title(self.head[column]).chars().count()
            }])
            .max()
            .unwrap_or_default()
    }

    fn line(&self, cells: &[&Cell], shown: &[usize], widths: &[usize], sheet: &Sheet) -> String {
        let mut text = String::new();
        let mut used = 0;
        for (at, cell) in cells.iter().enumerate() {
            let gap = widths[at].saturating_sub(cell.text.chars().count());
            let is_right = self.head[shown[at]].starts_with('>');
            let is_last = at + 1 == cells.len();
            if is_right {
                text.extend(std::iter::repeat_n(' ', gap));
            }
            let room = sheet.width.saturating_sub(used);
            let inside = if is_last && sheet.is_looked_at() && room >= 24 {
                wrap(&cell.text, room, used)
            } else {
                cell.text.clone()
            };
            text.push_str(&match cell.colour {
                Some(colour) if !inside.is_empty() => sheet.paint(colour, &inside),
                _ => inside,
            });
            if !is_last {
                let pad = if is_right { 2 } else { gap + 2 };
                text.extend(std::iter::repeat_n(' ', pad));
            }
            used += widths[at] + 2;
        }
        text.trim_end().to_owned() + "\n"
    }
}

fn title(head: &'static str) -> &'static str {
    head.trim_start_matches('>')
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::sheet;

    #[test]
    fn columns_line_up_and_empty_ones_are_left_out() {
        let mut table = Table::new(&["Order", "Owner", ">Value", "Why"]);
        table.row(vec![
            "SO-1".into(),
            "".into(),
            "£9.60".into(),
            "no telephone number".into(),
        ]);
        table.row(vec![
            "SO-00002".into(),
            "".into(),
            "£1,106.20".into(),
            Cell::default(),
        ]);
        expect![[r"
            Order         Value  Why
            SO-1          £9.60  no telephone number
            SO-00002  £1,106.20
        "]]
        .assert_eq(&table.text(&sheet()));
    }
}
