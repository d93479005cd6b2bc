//! What the rows of a list are called. In texts, different questions can have the same words: `What's the output?`

use std::collections::{BTreeMap, BTreeSet};

use super::column::Column;
use super::{Cells, Request, asked, words};

/// A title a row; none where a row asks nothing. Questions of the same words that are answered otherwise are told apart by
/// their numbers in the list, or else are counted.
pub(super) fn of(request: &Request<'_>) -> Vec<Option<String>> {
    let cells = |row| Cells {
        names: &request.list.columns,
        columns: request.columns,
        row,
    };
    let rows = &request.list.rows;
    let mut titles: Vec<Option<String>> = rows
        .iter()
        .map(|row| cells(row).first(Column::Title))
        .collect();
    if !request.list.is_text {
        return titles;
    }
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (nth, title) in titles.iter().enumerate() {
        if let Some(title) = title {
            same.entry(asked(title)).or_default().push(nth);
        }
    }
    for rows_of_one in same.values().filter(|of_one| of_one.len() > 1) {
        let variants = variants(rows_of_one, |nth| {
            let mut answers = cells(&rows[nth]).of(Column::Answer);
            answers.next().unwrap_or_default()
        });
        if variants.len() < 2 {
            continue;
        }
        let number = |variant: &Vec<usize>| {
            let mut written = cells(&rows[variant[0]]).of(Column::Title);
            written.next().and_then(words::number)
        };
        let numbers: Option<Vec<&str>> = variants.iter().map(number).collect();
        let numbers = numbers.filter(|all| all.iter().collect::<BTreeSet<_>>().len() == all.len());
        for (count, variant) in variants.iter().enumerate() {
            let own = match &numbers {
                Some(numbers) => numbers[count].to_owned(),
                None if count == 0 => continue,
                None => (count + 1).to_string(),
            };
            for nth in variant {
                if let Some(title) = &mut titles[*nth] {
                    *title += &format!(" ({own})");
                }
            }
        }
    }
    titles
}

/// Rows by their answers; those without one belong to the first.
fn variants<'a>(rows: &[usize], answer: impl Fn(usize) -> &'a str) -> Vec<Vec<usize>> {
    let (bare, answered): (Vec<usize>, Vec<usize>) =
        rows.iter().partition(|nth| answer(**nth).is_empty());
    let mut variants: Vec<Vec<usize>> = Vec::new();
    let mut by_answer: BTreeMap<&str, usize> = BTreeMap::new();
    for nth in answered {
        let next = variants.len();
        let variant = *by_answer.entry(answer(nth)).or_insert(next);
        if variant == next {
            variants.push(Vec::new());
        }
        variants[variant].push(nth);
    }
    if let Some(first) = variants.first_mut() {
        first.extend(bare);
    }
    variants
}
