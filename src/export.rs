//! Files for programs rather than readers.

pub mod headers;
pub mod robots;
pub mod sitemap;
