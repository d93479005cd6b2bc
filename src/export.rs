//! Files for programs rather than readers.

pub mod headers;
pub mod robots;
pub mod search;
pub mod sitemap;
