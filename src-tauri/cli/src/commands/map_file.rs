//! The CSV form of the maps: columns kind, from, to, in any order, others ignored.

use store::MapKind;

use crate::exit::Exit;

/// One row with its line number.
pub(super) struct Row {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) line: u64,
}

/// Reads the file; rows of one map together.
pub(super) fn read(text: &str) -> Result<Vec<(MapKind, Vec<Row>)>, Exit> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| bad_line(1, &error.to_string()))?
        .clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|h| h.trim().eq_ignore_ascii_case(name))
            .ok_or_else(|| {
                bad_line(
                    1,
                    &format!("the column “{name}” is missing; the columns are kind, from, to"),
                )
            })
    };
    let (kind_at, from_at, to_at) = (column("kind")?, column("from")?, column("to")?);
    let mut groups: Vec<(MapKind, Vec<Row>)> = MapKind::ALL
        .into_iter()
        .map(|kind| (kind, Vec::new()))
        .collect();
    for record in reader.records() {
        let record = record.map_err(|error| {
            bad_line(
                error.position().map_or(0, csv::Position::line),
                &error.to_string(),
            )
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let word = cell(kind_at).trim().to_lowercase();
        let group = groups
            .iter_mut()
            .find(|(kind, _)| kind.word() == word)
            .ok_or_else(|| {
                bad_line(
                    line,
                    &format!("“{word}” is no map; maps are sku, service, carrier, reason"),
                )
            })?;
        let (from, to) = (cell(from_at).to_owned(), cell(to_at).trim().to_owned());
        if from.is_empty() || to.is_empty() {
            return Err(bad_line(line, "neither “from” nor “to” may be empty"));
        }
        group.1.push(Row { from, to, line });
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    Ok(groups)
}

fn bad_line(line: u64, why: &str) -> Exit {
    Exit::field("file_invalid", "file", format!("Line {line}: {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_line_numbers_and_their_map() {
        let groups =
            read("kind,from,to\nsku,ITEM-01,ITEM01\nservice,DPD Next Day,WHI_EXP\n").unwrap();
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].1[0].line, 2);
        assert_eq!(groups[1].1[0].from, "DPD Next Day");
    }

    #[test]
    fn a_bad_line_is_named() {
        let fault = read("kind,from,to\nsku,ITEM-01,ITEM01\nskew,A,B\n")
            .map(|_| ())
            .unwrap_err();
        assert!(fault.message.contains("Line 3"), "{}", fault.message);
    }
}
