//! The templates of a site theme: compiled, bounded, and what is wrong with them in an author's words.

mod contexts;
mod endless;
mod expression;
mod fault;
mod laid;
mod names;
mod open;
mod recursion;
mod tags;
mod unused;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use self::laid::Laid;
use self::recursion::Texts;
use crate::diagnostic::{Checked, Code, Diagnostic, Place, nearest};
use crate::html::{Html, hash_of};
use crate::memo::Cache;
use crate::model::Settings;
use crate::model::handbook::PATH;
use crate::output::{Bytes, ROOT, replace_root};
use crate::source::{Source, SourcePath, Sources};
use crate::words::Words;

/// Compiled templates by the hash of their texts.
pub type Memo = Cache<Arc<Templates>>;

/// The templates of a site theme, compiled; each file in the project replaces the built-in one of its path.
pub struct Templates {
    tera: Tera,
    hash: u128,
    /// Where each template came from, and its text.
    files: BTreeMap<String, (SourcePath, String)>,
    /// By template, where words were laid into it.
    laid: Laid,
}

impl Templates {
    /// Reports `template` where a template cannot be read or names an asset that is not there, `unknown-word` and
    /// `word-places` where it names a word wrongly, `unknown-site-theme` where there is no such theme, `unknown-file` where
    /// nothing uses a template.
    pub fn compile(
        sources: &Sources,
        settings: &Settings,
        words: &Arc<Checked<Words>>,
        assets: &[&str],
        memo: &Memo,
    ) -> Checked<Arc<Self>> {
        let mut found = Vec::new();
        let site_theme = settings.site_theme();
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
            let at = settings
                .site_theme
                .as_ref()
                .map(|name| name.at)
                .unwrap_or_default();
            let place = Place::new(&SourcePath::new(PATH), at);
            let message = format!("there is no site theme `{site_theme}`");
            let folders = sources.below("themes/");
            let folders = folders.filter_map(|(path, _)| path.as_str().split('/').nth(1));
            let help = match nearest(site_theme, folders) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `default`, or the name of a folder in `themes/`".to_owned(),
            };
            found.push(Diagnostic::new(Code::UnknownSiteTheme, place, message).help(help));
        }
        let is_built_in =
            |path: &SourcePath| sources.get(path).is_some_and(|source| source.built_in);
        let told = texts.iter().map(|(name, (path, text))| (name, path, text));
        let hash = hash_of(&(told.collect::<Vec<_>>(), words.value.hash()));
        found.extend(unused::unused(&texts, &is_built_in));
        // The built-in ones are right; to look through them takes a moment. Which assets there are matters to no other.
        let are_ours = texts.values().all(|(path, _)| is_built_in(path));
        let key = if are_ours {
            hash
        } else {
            hash_of(&(hash, assets))
        };
        let compiled = memo.try_get(key, || {
            let checked = (!are_ours).then_some(assets);
            compiled(&texts, words, hash, checked)
        });
        let templates = compiled.unwrap_or_else(|(templates, faults)| {
            // What is not text is reported already, and empty here.
            let is_text = |path| sources.get(path).is_some_and(Source::is_text);
            if texts.values().all(|(path, _)| is_text(path)) {
                found.extend(faults);
            }
            templates
        });
        Checked::new(templates, found)
    }

    /// Of all templates' texts: a part of every page's key.
    pub fn hash(&self) -> u128 {
        self.hash
    }

    /// Fills a template that makes a piece of pages; the way to the root stays open.
    pub fn piece<C: Serialize>(
        &self,
        name: &'static str,
        context: &C,
    ) -> Result<Html, Box<Diagnostic>> {
        let bytes = self.fill(name, ROOT.encode_utf8(&mut [0; 1]), context)?;
        Ok(Html::new(
            std::str::from_utf8(&bytes).unwrap_or_default().trim_end(),
        ))
    }

    /// Fills a template; `root` is the way from the page to the site's root.
    pub fn fill<C: Serialize>(
        &self,
        name: &'static str,
        root: &str,
        context: &C,
    ) -> Result<Bytes, Box<Diagnostic>> {
        let failed = |error| {
            let values = serde_json::to_value(context).unwrap_or_default();
            let fault = fault::of_filling(&error, &self.files, &self.laid, name, &values);
            Box::new(fault)
        };
        let mut page = endless::Page::new();
        let values = Context::from_serialize(context).map_err(failed)?;
        self.tera
            .render_to(name, &values, &mut page)
            .map_err(failed)?;
        Ok(Bytes::from(replace_root(page.bytes(), root.as_bytes())))
    }
}

/// Compiles templates; with what is wrong with them where something is. Names are looked at where the names of assets are
/// given.
fn compiled(
    texts: &Texts<'_>,
    words: &Arc<Checked<Words>>,
    hash: u128,
    assets: Option<&[&str]>,
) -> Result<Arc<Templates>, (Arc<Templates>, Vec<Diagnostic>)> {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![""]);
    tera.register_function("range", endless::range);
    let filling = words.clone();
    tera.register_function("word", move |arguments: Kwargs, _: &State<'_>| {
        laid::filled(&filling.value, &arguments)
    });
    let files = texts
        .iter()
        .map(|(name, (path, text))| (name.clone(), (path.clone(), (*text).to_owned())))
        .collect();
    if let Some(fault) = texts.values().find_map(fault::of_branches) {
        let laid = Laid::new();
        let templates = Templates {
            tera,
            hash,
            files,
            laid,
        };
        return Err((Arc::new(templates), vec![fault]));
    }
    let mut laid = Laid::new();
    let mut unknown_words = Vec::new();
    let mut raw = Vec::new();
    for (name, (path, text)) in texts {
        let (text, moved) = laid::laid_in(path, text, &words.value, &mut unknown_words);
        raw.push((name.clone(), text));
        laid.insert(name.clone(), moved);
    }
    let added = tera.add_raw_templates(raw);
    let faults = added.map_err(|error| fault::of_compiling(&error, texts, &laid));
    let templates = Arc::new(Templates {
        tera,
        hash,
        files,
        laid,
    });
    match faults {
        _ if !unknown_words.is_empty() => Err((templates, unknown_words)),
        Ok(()) => match assets.map(|assets| names::unknown(texts, assets)) {
            Some(unknown) if !unknown.is_empty() => Err((templates, unknown)),
            _ => Ok(templates),
        },
        Err(faults) => Err((templates, faults)),
    }
}
