//! Files for programs rather than readers.

pub mod headers;
pub mod manifest;
pub mod robots;
pub mod search;
pub mod sitemap;
pub mod worker;
