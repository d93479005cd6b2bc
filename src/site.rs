//! All that pages and exports may see: the handbook, where everything stands, and the compiled templates.

mod endless;
mod fault;
mod recursion;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::handbook::{Handbook, RecordAt};
use crate::html::{Html, hash_of};
use crate::memo::Memo;
use crate::model::Kind;
use crate::model::field::Markdown;
use crate::output::{Bytes, OutputPath};
use crate::page::pieces::Pieces;
use crate::plan::{ROOT, SitePlan, replace_root};
use crate::source::{Source, SourcePath, Sources};
use crate::typeset::Bodies;

/// What the command line knows and files do not.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// In place of the handbook's `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts take part.
    pub drafts: bool,
    /// Whether only the author sees it: then browsers keep nothing.
    pub preview: bool,
}

/// Everything a page is made from, read-only.
pub struct Site {
    pub handbook: Handbook,
    pub plan: SitePlan,
    pub bodies: Bodies,
    pub templates: Arc<Templates>,
    /// With a slash at its end; `None` when the handbook does not say where it will stand.
    pub base_url: Option<String>,
    /// What many pages show.
    pub pieces: Pieces,
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

    /// The way from a page to the site's root.
    fn root_from(&self, page: &OutputPath) -> String {
        // A missing page can be asked for at any depth: only absolute addresses work from it.
        if page.as_str() == "404.html" {
            self.base_path()
        } else {
            "../".repeat(page.depth())
        }
    }

    /// Fills a template for a page; one whose template and context have not changed since is not made again.
    pub fn fill<C: Serialize + std::hash::Hash>(
        &self,
        name: &'static str,
        page: &OutputPath,
        context: &C,
        memo: &Memo,
    ) -> Result<Bytes, Box<Diagnostic>> {
        let root = self.root_from(page);
        if !memo.remembers() {
            return self.templates.fill(name, &root, context);
        }
        let key = self.templates.hash ^ hash_of(&(name, &root, context));
        memo.page(key, || self.templates.fill(name, &root, context))
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
    /// Where each template came from, and its text.
    files: BTreeMap<String, (SourcePath, String)>,
}

impl Templates {
    /// Reports `template` where a template cannot be read, `unknown-site-theme` where there is no such theme.
    pub fn compile(sources: &Sources, handbook: &Handbook, memo: &Memo) -> Checked<Arc<Self>> {
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
                Diagnostic::new(Code::UnknownSiteTheme, place, message)
                    .help("write `default`, or the name of a folder in `themes/`"),
            );
        }
        let hash = hash_of(
            &texts
                .iter()
                .map(|(name, (path, text))| (name, path, text))
                .collect::<Vec<_>>(),
        );
        if let Some(templates) = memo.templates(hash) {
            return Checked::new(templates, found);
        }
        let mut tera = Tera::default();
        tera.autoescape_on(vec![""]);
        tera.register_function("range", endless::range);
        let files = texts
            .iter()
            .map(|(name, (path, text))| (name.clone(), (path.clone(), (*text).to_owned())))
            .collect();
        if let Some(fault) = texts.values().find_map(fault::of_branches) {
            found.push(fault);
            return Checked::new(Arc::new(Self { tera, hash, files }), found);
        }
        let raw = texts
            .iter()
            .map(|(name, (_, text))| (name.clone(), (*text).to_owned()));
        let added = tera.add_raw_templates(raw);
        let templates = Arc::new(Self { tera, hash, files });
        match added {
            Ok(()) => memo.keep_templates(hash, &templates),
            // What is not text is reported already, and empty here.
            Err(_)
                if texts
                    .values()
                    .any(|(path, _)| !sources.get(path).is_some_and(Source::is_text)) => {}
            Err(error) => found.extend(fault::of_compiling(&error, &texts)),
        }
        Checked::new(templates, found)
    }

    /// Fills a template that makes a piece of pages; the way to the root stays open.
    pub fn piece<C: Serialize>(
        &self,
        name: &'static str,
        context: &C,
    ) -> Result<Html, Box<Diagnostic>> {
        let bytes = self.fill(name, ROOT.encode_utf8(&mut [0; 1]), context)?;
        Ok(Html::new(String::from_utf8_lossy(&bytes).trim_end()))
    }

    fn fill<C: Serialize>(
        &self,
        name: &'static str,
        root: &str,
        context: &C,
    ) -> Result<Bytes, Box<Diagnostic>> {
        let failed = |error| Box::new(fault::of_filling(&error, &self.files, name));
        let mut page = endless::Page::new();
        let values = Context::from_serialize(context).map_err(failed)?;
        self.tera
            .render_to(name, &values, &mut page)
            .map_err(failed)?;
        Ok(Bytes::from(replace_root(page.bytes(), root.as_bytes())))
    }
}
