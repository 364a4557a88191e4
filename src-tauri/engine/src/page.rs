//! Pages made to be printed: one file, no script that runs, nothing loaded from anywhere.
//! What such pages have in common; what they say is made elsewhere.

use std::fmt::Write as _;

use crate::escape::html;

const STYLE: &str = include_str!("page.css");

/// The page's beginning, with its title and what it shows.
pub(crate) fn begin(page: &mut String, title: &str, lead: &str) {
    let (title, lead) = (html(title), html(lead));
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p class=\"lead\">{lead}</p>\n"
    );
}

/// A name and its value, inside a list of such; the value is markup.
pub(crate) fn pair(page: &mut String, name: &str, value: &str) {
    let _ = writeln!(page, "<dt>{name}</dt><dd>{value}</dd>");
}

/// A table's beginning; a title that begins with `>` stands to the right.
pub(crate) fn table(page: &mut String, class: &str, caption: &str, titles: &[&str]) {
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    };
    let _ = write!(
        page,
        "<table{class}>\n<caption>{caption}</caption>\n<thead><tr>"
    );
    for title in titles {
        let _ = match title.strip_prefix('>') {
            Some(title) => write!(page, "<th scope=\"col\" class=\"number\">{title}</th>"),
            None => write!(page, "<th scope=\"col\">{title}</th>"),
        };
    }
    page.push_str("</tr></thead>\n<tbody>\n");
}

pub(crate) fn table_end(page: &mut String) {
    page.push_str("</tbody>\n</table>\n");
}
