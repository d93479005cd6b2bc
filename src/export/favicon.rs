//! `favicon.ico`: what browsers and other programs ask for that look at no page. The site theme's `icon-32.png` in the
//! container that they expect.

use super::{Export, Kept, Render};
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::{FAVICON, Own};

pub(super) const EXPORT: Export = Export {
    path: FAVICON,
    exists: |_| true,
    kept: Kept::Never,
    own: Own::Replaces,
    shows: |_| Shows::Nothing,
    render: Render::FromSite(|site, _| render(site)),
};

/// The side of the icon in pixels.
const SIDE: u8 = 32;
/// The length of what stands before the icon: the head, and an entry of the list of icons.
const BEFORE: u32 = 6 + 16;

fn render(site: &Site) -> Bytes {
    let icon = site.assets.value.get("icon-32.png");
    let icon = icon.map(|icon| icon.bytes.clone()).unwrap_or_default();
    let length = u32::try_from(icon.len()).unwrap_or_default();
    let mut file = Vec::with_capacity(icon.len() + 22);
    // Reserved, a list of icons, of which there is one.
    file.extend([0, 0, 1, 0, 1, 0]);
    // Its width and height, no palette, reserved, one plane of 32 bits a pixel.
    file.extend([SIDE, SIDE, 0, 0, 1, 0, 32, 0]);
    file.extend(length.to_le_bytes());
    file.extend(BEFORE.to_le_bytes());
    file.extend_from_slice(&icon);
    Bytes::from(file)
}
