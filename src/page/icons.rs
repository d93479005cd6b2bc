//! The signs of a handbook in tabs, in lists of marks and on home screens: the author's, which stand among the files that are
//! copied to the site's root under the names that browsers know; else the site theme's.

use serde::Serialize;

use crate::assets::Assets;
use crate::output::ROOT;
use crate::plan::{FAVICON, SitePlan};

/// A sign, as a page's head links it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Icon {
    /// `icon` or `apple-touch-icon`.
    pub rel: &'static str,
    pub url: String,
    /// The type of its file.
    pub kind: &'static str,
    /// `32x32`; `any` of a drawing.
    pub sizes: &'static str,
}

/// A file that is a sign.
#[derive(Clone, Copy)]
struct Sign {
    name: &'static str,
    rel: &'static str,
    kind: &'static str,
    sizes: &'static str,
}

const fn in_tab(name: &'static str, kind: &'static str, sizes: &'static str) -> Sign {
    Sign {
        name,
        rel: "icon",
        kind,
        sizes,
    }
}

const fn at_home(name: &'static str) -> Sign {
    Sign {
        name,
        rel: "apple-touch-icon",
        kind: "image/png",
        sizes: "180x180",
    }
}

/// The author's, in tabs and on home screens. Of several browsers prefer the last.
const OWN: [&[Sign]; 2] = [
    &[
        in_tab(FAVICON, "image/x-icon", "32x32"),
        in_tab("favicon.svg", "image/svg+xml", "any"),
    ],
    &[at_home("apple-touch-icon.png")],
];

/// The site theme's in their place.
const OF_THEME: [&[Sign]; 2] = [
    &[
        in_tab("icon-32.png", "image/png", "32x32"),
        in_tab("icon.svg", "image/svg+xml", "any"),
    ],
    &[at_home("icon-180.png")],
];

impl Sign {
    fn icon(self, url: String) -> Icon {
        Icon {
            rel: self.rel,
            url,
            kind: self.kind,
            sizes: self.sizes,
        }
    }

    /// Where the author brings it.
    fn of_author(self, plan: &SitePlan) -> Option<Icon> {
        plan.brings(self.name)
            .then(|| self.icon(format!("{ROOT}{}", self.name)))
    }

    fn of_theme(self, assets: &Assets) -> Option<Icon> {
        assets.url(self.name).map(|url| self.icon(url))
    }
}

/// The icons of every page.
pub fn icons(plan: &SitePlan, assets: &Assets) -> Vec<Icon> {
    let places = OWN.into_iter().zip(OF_THEME);
    let icons = places.flat_map(|(own, of_theme)| {
        let own: Vec<Icon> = own.iter().filter_map(|one| one.of_author(plan)).collect();
        if own.is_empty() {
            of_theme
                .iter()
                .filter_map(|one| one.of_theme(assets))
                .collect()
        } else {
            own
        }
    });
    icons.collect()
}

/// The author's icons that an installed handbook can show in any size that is asked for, or in a large one.
pub fn of_installed(plan: &SitePlan) -> Vec<Icon> {
    let signs = OWN.into_iter().flatten().filter(|one| one.name != FAVICON);
    signs.filter_map(|one| one.of_author(plan)).collect()
}

/// Whether browsers ask for a file as an icon, by its path on the site.
pub fn is_icon(path: &str) -> bool {
    OWN.into_iter().flatten().any(|one| one.name == path)
}
