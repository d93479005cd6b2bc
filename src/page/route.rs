//! Routes: chapters of guides that are plans for few days.

use super::{LinkTo, Site};
use crate::handbook::At;
use crate::model::{Company, Guide};

/// A route and where it stands.
pub struct Route<'a> {
    pub days: u32,
    /// The company it is for.
    pub company: Option<At<Company>>,
    guide: At<Guide>,
    pub title: String,
    pub anchor: &'a str,
}

impl Route<'_> {
    pub fn link(&self, site: &Site) -> LinkTo {
        LinkTo {
            title: self.title.clone(),
            url: format!("{}#{}", site.url_of(self.guide), self.anchor),
            kind: "guide",
        }
    }

    /// Its address for scripts.
    pub fn path(&self, site: &Site) -> String {
        format!("{}#{}", site.path_of(self.guide), self.anchor)
    }
}

/// All routes, the shortest first.
pub fn routes<'a>(site: &'a Site) -> Vec<Route<'a>> {
    let handbook = &site.handbook;
    let of_guide = |guide: At<Guide>| {
        let record = &handbook.guides[guide];
        record.routes.iter().filter_map(move |route| {
            let body = site.bodies.body(&record.body.0);
            let anchor = &*route.heading.id;
            let mut headings = body.contents.iter();
            let heading = headings.find(|heading| heading.anchor == anchor)?;
            Some(Route {
                days: route.days.value,
                company: route.company.as_ref().map(|at| handbook.follow(guide, at)),
                guide,
                title: heading.title.clone(),
                anchor,
            })
        })
    };
    let mut routes: Vec<Route<'a>> = handbook.guides.all().flat_map(of_guide).collect();
    routes.sort_by_key(|route| route.days);
    routes
}

/// Links to those that a condition lets through.
pub fn links(site: &Site, is_one: impl Fn(&Route) -> bool) -> Vec<LinkTo> {
    let routes = routes(site).into_iter().filter(is_one);
    routes.map(|route| route.link(site)).collect()
}
