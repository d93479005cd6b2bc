//! prepbook turns YAML into a prep handbook: a cross-linked static site.
//!
//! One line from sources to output, the same for every command; see [`build`].
//!
//! | stage | module | from → to |
//! |---|---|---|
//! | load | [`load`] | disk → [`source::Sources`] |
//! | parse | [`parse`] | sources → typed records, a file at a time |
//! | link | [`link`] | records → [`handbook::Handbook`]: references resolved, checks across records |
//! | plan | [`plan`] | handbook → [`plan::SitePlan`]: the path of every file |
//! | typeset | [`typeset`] | Markdown → HTML fragments |
//! | render | [`render`] | pages and exports → [`output::OutputTree`] |
//! | emit | [`emit`] | tree → disk; [`serve`] answers from it instead |

pub mod by_hash;
pub mod cli;
pub mod diagnostic;
pub mod emit;
pub mod export;
pub mod handbook;
pub mod html;
pub mod link;
pub mod load;
pub mod markdown;
pub mod memo;
pub mod model;
pub mod output;
pub mod page;
pub mod parse;
pub mod plan;
pub mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod starter;
pub mod typeset;
pub mod watch;

use diagnostic::{Checked, Tally};
use memo::Memo;
use model::field::OnByDefault;
use output::OutputTree;
use page::pieces::Pieces;
use site::{Options, Site, Templates};
use source::Sources;

/// The stages of a build between its two disks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    Parse,
    Link,
    Plan,
    Typeset,
    Render,
}

/// Turns the contents of a project into the contents of its site.
///
/// Reads no disk, clock or environment: equal arguments give byte-identical sites, whatever `memo` holds
/// already. Findings are ordered by place. With errors among them the tree is empty: there is no half site.
/// `done` is told after each stage.
pub fn build(
    sources: &Sources,
    options: &Options,
    memo: &Memo,
    mut done: impl FnMut(Stage),
) -> Checked<OutputTree> {
    let mut found = Vec::new();
    let parsed = parse::parse(sources, memo);
    done(Stage::Parse);
    let mut handbook = link::link(parsed, options.drafts).drain_into(&mut found);
    if options.preview {
        handbook.settings.offline = OnByDefault(false);
    }
    done(Stage::Link);
    let base_url = options.base_url.clone().or_else(|| {
        handbook
            .settings
            .base_url
            .as_ref()
            .map(|address| address.text.to_string())
    });
    let base_url = base_url.map(|base| format!("{}/", base.trim_end_matches('/')));
    let plan = plan::plan(&handbook, sources, base_url.is_some()).drain_into(&mut found);
    let templates = Templates::compile(sources, &handbook, memo).drain_into(&mut found);
    done(Stage::Plan);
    if Tally::of(&found).errors > 0 {
        memo.end_build();
        found.sort();
        return Checked::new(OutputTree::default(), found);
    }
    let bodies = typeset::typeset(&handbook, &plan, memo);
    done(Stage::Typeset);
    let pieces = match Pieces::new(&handbook, &plan, &templates) {
        Ok(pieces) => pieces,
        Err(diagnostic) => {
            memo.end_build();
            found.push(*diagnostic);
            found.sort();
            return Checked::new(OutputTree::default(), found);
        }
    };
    let site = Site {
        handbook,
        plan,
        bodies,
        templates,
        base_url,
        pieces,
    };
    let output = render::render(&site, sources, memo).drain_into(&mut found);
    done(Stage::Render);
    drop_later(site, memo);
    memo.end_build();
    found.sort();
    // A fault of a template shows on every page that it makes.
    found.dedup_by(|second, first| {
        second.place == first.place && second.code == first.code && second.message == first.message
    });
    if Tally::of(&found).errors > 0 {
        return Checked::new(OutputTree::default(), found);
    }
    Checked::new(output, found)
}

/// Frees what a build was made from while its result is already used.
fn drop_later(site: Site, memo: &Memo) {
    if memo.remembers() {
        rayon::spawn(move || drop(site));
    } else {
        // A process that builds once ends sooner than it could free this.
        std::mem::forget(site);
    }
}
