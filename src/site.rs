//! All that pages and exports may see: the handbook, where everything stands, and the compiled templates.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use crate::diagnostic::{Checked, Code, Diagnostic, Place, Span};
use crate::handbook::{Handbook, RecordAt};
use crate::html::{Html, Shared, hash_of};
use crate::memo::Memo;
use crate::model::Kind;
use crate::model::field::Markdown;
use crate::output::Bytes;
use crate::plan::SitePlan;
use crate::source::{SourcePath, Sources};
use crate::typeset::Bodies;

/// What the command line knows and files do not.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// In place of the handbook's `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts take part.
    pub drafts: bool,
}

/// Everything a page is made from, read-only.
pub struct Site {
    pub handbook: Handbook,
    pub plan: SitePlan,
    pub bodies: Bodies,
    pub templates: Templates,
    /// With a slash at its end; `None` when the handbook does not say where it will stand.
    pub base_url: Option<String>,
    /// By question: its row in lists.
    pub cards: Vec<Shared>,
    /// What every page's frame shows.
    pub frame: Shared,
}

impl Site {
    /// The path of the site's root on its host: `/`, or the folder of `base_url`.
    pub fn base_path(&self) -> String {
        let path = self
            .base_url
            .as_ref()
            .and_then(|base| url::Url::parse(base).ok())
            .map(|url| url.path().to_owned());
        path.unwrap_or_else(|| "/".to_owned())
    }

    pub fn html(&self, markdown: &Markdown) -> Html {
        self.bodies.html(markdown)
    }

    /// For cells and list items: a single paragraph loses its tags.
    pub fn inline(&self, markdown: &Markdown) -> Html {
        self.bodies.inline(markdown)
    }

    pub fn inlines(&self, list: &[Markdown]) -> Vec<Html> {
        list.iter().map(|markdown| self.inline(markdown)).collect()
    }

    pub fn url_of(&self, kind: Kind, nth: usize) -> String {
        self.plan.url_of(&self.handbook, RecordAt { kind, nth })
    }
}

/// The templates of a site theme, compiled; each file in the project replaces the built-in one of its path.
pub struct Templates {
    tera: Tera,
    /// Of all templates' texts: a part of every page's key.
    hash: u128,
    /// Where each template came from.
    files: BTreeMap<String, SourcePath>,
}

impl Templates {
    /// Reports `template` where a template cannot be read, `unknown-site-theme` where there is no such theme.
    pub fn compile(sources: &Sources, handbook: &Handbook) -> Checked<Self> {
        let mut found = Vec::new();
        let site_theme = handbook.settings.site_theme();
        let mut texts: BTreeMap<String, (SourcePath, &str)> = BTreeMap::new();
        for theme in ["default", site_theme] {
            let folder = format!("themes/{theme}/templates/");
            for (path, source) in sources.below(&folder) {
                texts.insert(
                    path.as_str()[folder.len()..].to_owned(),
                    (path.clone(), source.text()),
                );
            }
        }
        if site_theme != "default"
            && sources
                .below(&format!("themes/{site_theme}/"))
                .next()
                .is_none()
        {
            let at = handbook
                .settings
                .site_theme
                .as_ref()
                .map(|name| name.at)
                .unwrap_or_default();
            let place = Place::new(&SourcePath::new(crate::parse::SETTINGS), at);
            let message = format!("there is no site theme `{site_theme}`");
            found.push(
                Diagnostic::new(Code::UnknownSiteTheme, place, message).help(format!(
                    "make the folder `themes/{site_theme}/`, or write `default`"
                )),
            );
        }
        let mut tera = Tera::default();
        tera.autoescape_on(vec![""]);
        let files: BTreeMap<String, SourcePath> = texts
            .iter()
            .map(|(name, (path, _))| (name.clone(), path.clone()))
            .collect();
        if let Err(error) = tera.add_raw_templates(
            texts
                .iter()
                .map(|(name, (_, text))| (name.clone(), (*text).to_owned())),
        ) {
            found.push(diagnose(&error, &files, None));
        }
        let hash = hash_of(
            &texts
                .iter()
                .map(|(name, (_, text))| (name, text))
                .collect::<Vec<_>>(),
        );
        Checked::new(Self { tera, hash, files }, found)
    }

    /// Fills a template; a page whose template and context have not changed since is not made again.
    pub fn render<C: Serialize + std::hash::Hash>(
        &self,
        name: &'static str,
        context: &C,
        memo: &Memo,
    ) -> Result<Bytes, Box<Diagnostic>> {
        let fill = || {
            let mut page = Vec::with_capacity(16 * 1024);
            let values = Context::from_serialize(context)
                .map_err(|error| Box::new(diagnose(&error, &self.files, Some(name))))?;
            self.tera
                .render_to(name, &values, &mut page)
                .map_err(|error| Box::new(diagnose(&error, &self.files, Some(name))))?;
            Ok(Bytes::from(page))
        };
        if !memo.remembers() {
            return fill();
        }
        memo.page(self.hash ^ hash_of(&(name, context)), fill)
    }
}

/// A template's error at its line and column.
fn diagnose(
    error: &tera::Error,
    files: &BTreeMap<String, SourcePath>,
    rendering: Option<&str>,
) -> Diagnostic {
    let file = |name: &str| {
        files
            .get(name)
            .cloned()
            .unwrap_or_else(|| SourcePath::new(format!("themes/default/templates/{name}")))
    };
    let (place, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            (
                Place::new(&file(report.filename()), Span::new(range.start, range.end)),
                report.message().to_owned(),
            )
        }
        ErrorKind::TemplateNotFound(name) => (
            Place::file(&file(name)),
            format!("the template `{name}` does not exist"),
        ),
        ErrorKind::MissingParent { current, parent } => (
            Place::file(&file(current)),
            format!("the template extends `{parent}`, which does not exist"),
        ),
        ErrorKind::CircularExtend { tpl, .. } => (
            Place::file(&file(tpl)),
            "the template extends itself".to_owned(),
        ),
        ErrorKind::CircularInclude { tpl, .. } => (
            Place::file(&file(tpl)),
            "the template includes itself".to_owned(),
        ),
        _ => (
            Place::file(&file(rendering.unwrap_or("layout.html"))),
            error.to_string(),
        ),
    };
    let message = message
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned();
    let mut diagnostic = Diagnostic::new(Code::Template, place, message);
    if let Some(page) = rendering {
        diagnostic.help = Some(format!(
            "found while filling `{page}`; themes/README.md lists what each template sees"
        ));
    }
    diagnostic
}
