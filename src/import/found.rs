//! Questions as they were found in texts.

use super::List;

/// A question with what stands around it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) question: String,
    pub(super) answer: String,
    pub(super) theme: Option<String>,
}

/// A list of them, with the columns that they fill.
pub(super) fn list(title: Option<String>, shape: &'static str, found: Vec<Found>) -> List {
    let has_themes = found.iter().any(|one| one.theme.is_some());
    let has_answers = found.iter().any(|one| !one.answer.is_empty());
    let mut columns = vec!["question".to_owned()];
    columns.extend(has_answers.then(|| "answer".to_owned()));
    columns.extend(has_themes.then(|| "theme".to_owned()));
    let row = |one: Found| {
        let mut row = vec![one.question];
        row.extend(has_answers.then_some(one.answer));
        row.extend(has_themes.then(|| one.theme.unwrap_or_default()));
        row
    };
    List {
        title,
        shape,
        columns,
        rows: found.into_iter().map(row).collect(),
        ..List::default()
    }
}
