//! `schema/state-1.json`: the format of what My data exports, for who reads the file with other programs. It is what
//! `records.js` of the site theme checks; a test holds the two together.

use super::{Export, Kept, Render};
use crate::output::Bytes;
use crate::page::key::Shows;
use crate::plan::Own;

pub(super) const EXPORT: Export = Export {
    path: "schema/state-1.json",
    exists: |_| true,
    kept: Kept::Never,
    own: Own::Refused("rename this file: what readers export names the schema that is made"),
    shows: |_| Shows::Nothing,
    render: Render::FromSite(|_, _| Bytes::from_static(include_bytes!("state-1.json"))),
};
