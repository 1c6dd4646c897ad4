//! A table, each row one line.

use super::super::super::text::{clip, md_cell, sentence};

/// Rows that are shown; what is more is counted.
const ROWS: usize = 500;
/// Characters shown in a cell.
const CELL: usize = 400;

/// A table on its way.
pub(in super::super::super) struct Table {
    text: String,
    rows: usize,
}

impl Table {
    /// A table with these headings; the numbers are of columns that stand to the right.
    pub(in super::super::super) fn new(header: &[&str], right: &[usize]) -> Self {
        let marks = (0..header.len()).map(|column| {
            if right.contains(&column) {
                "--:"
            } else {
                "---"
            }
        });
        let marks = marks.collect::<Vec<_>>().join("|");
        Self {
            text: format!("| {} |\n|{marks}|\n", header.join(" | ")),
            rows: 0,
        }
    }

    /// Adds a row of cells that are Markdown already.
    pub(in super::super::super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows += 1;
        if self.rows <= ROWS {
            let cells: Vec<String> = cells.into_iter().collect();
            self.text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }

    /// The table, with a line on what was left out.
    pub(in super::super::super) fn finish(self) -> String {
        match self.rows.saturating_sub(ROWS) {
            0 => self.text,
            more => format!("{}\n**{more} more in the JSON report.**\n", self.text),
        }
    }
}

/// Text of an account as a cell.
pub(in super::super::super) fn cell(text: &str) -> String {
    md_cell(&clip(&sentence(text), CELL))
}
