//! Stubs at old addresses, and at the short ones that stand on paper: `/17/`, `/c/`.

use super::{Artifact, Planner};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handbook::{Handbook, RecordAt};
use crate::model::Kind;
use crate::model::field::alias_file;
use crate::output::OutputPath;

impl Planner<'_> {
    /// Stubs at old addresses, and at the short ones that stand on paper: `/17/`, `/c/`.
    pub(super) fn redirects(&mut self) {
        let handbook = self.handbook;
        // What stands on paper cannot be changed, so it comes first.
        for at in handbook.questions.all() {
            if let Some(number) = handbook.questions[at].number {
                self.redirect(
                    handbook,
                    format!("{}/index.html", number.value),
                    at.into(),
                    None,
                );
            }
        }
        if let Some(first) = handbook.all(Kind::CheatSheet).next() {
            self.redirect(handbook, "c/index.html".to_owned(), first, None);
        }
        for at in handbook.everything() {
            for alias in handbook.aliases(at) {
                let place = Place::new(handbook.entry(at).path(), alias.0.at);
                match alias_file(alias) {
                    Some(path) if path.len() > LONGEST_ALIAS => {
                        let message = format!("this address has {} bytes", alias.len());
                        let help = format!(
                            "write at most {LONGEST_ALIAS}: not every system takes longer paths"
                        );
                        self.found
                            .push(Diagnostic::new(Code::InvalidValue, place, message).help(help));
                    }
                    Some(path) => {
                        self.found.extend(below_itself(handbook, alias, &place));
                        self.redirect(handbook, path, at, Some(place));
                    }
                    None => {
                        let message = format!("`{}` cannot be an address of this site", &**alias);
                        let help = "write a path from the site's root, of letters, digits and `-_.~`: `/questions/Old_Name/`";
                        self.found
                            .push(Diagnostic::new(Code::InvalidValue, place, message).help(help));
                    }
                }
            }
        }
    }

    fn redirect(&mut self, handbook: &Handbook, path: String, at: RecordAt, place: Option<Place>) {
        let path = OutputPath::new(path);
        // What differs in its capitals alone is one file to some systems; only aliases have any.
        self.has_capitals |= path.as_str().bytes().any(|byte| byte.is_ascii_uppercase());
        let is_alike = |other: &&OutputPath| path.as_str().eq_ignore_ascii_case(other.as_str());
        let alike = self
            .has_capitals
            .then(|| self.plan.paths.keys().find(is_alike));
        let alike = alike.flatten();
        let taken = self.plan.paths.get(alike.unwrap_or(&path));
        if let (Some(taken), Some(place)) = (taken, place) {
            let mut first = None;
            let by = match taken {
                Artifact::Record(other) | Artifact::Redirect(other) => {
                    let other = *other;
                    first = handbook
                        .aliases(other)
                        .iter()
                        .find(|alias| {
                            alias_file(alias)
                                .is_some_and(|file| file.eq_ignore_ascii_case(path.as_str()))
                        })
                        .map(|alias| Place::new(handbook.entry(other).path(), alias.0.at));
                    format!("the {} `{}`", other.kind.name(), handbook.id(other))
                }
                other => self.stands(other).0,
            };
            let message = format!("the address `/{}` is taken by {by}", path.address());
            let mut conflict =
                Diagnostic::new(Code::PageConflict, place, message).help("delete this alias");
            if let Some(first) = first {
                conflict = conflict.note(first, "the first is here");
            }
            self.found.push(conflict);
        } else {
            self.plan
                .paths
                .entry(path)
                .or_insert(Artifact::Redirect(at));
        }
    }
}

/// An alias counts from the site's root: one that begins with the path where the site stands leads below that path once more.
fn below_itself(handbook: &Handbook, alias: &str, place: &Place) -> Option<Diagnostic> {
    let base = handbook.settings.base_url.as_ref()?;
    let base = url::Url::parse(&base.text).ok()?;
    let base = base.path().trim_matches('/');
    let path = alias.trim_start_matches('/').strip_prefix(base)?;
    let rest = path.strip_prefix('/').filter(|_| !base.is_empty())?;
    let message =
        format!("this alias stands at `/{base}/{base}/{rest}`: aliases count from the site's root");
    let help = format!("did you mean `/{rest}`?");
    Some(Diagnostic::new(Code::MisplacedFile, place.clone(), message).help(help))
}

/// The most bytes of an alias's file: some systems take no more in a whole path.
const LONGEST_ALIAS: usize = 1000;
