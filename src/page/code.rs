//! A QR code as one path of an SVG, for paper that leads back to the site.

use qrcode::{Color, EcLevel};
use serde::Serialize;

/// The quiet zone around a code, in modules.
const QUIET: usize = 4;

/// A QR code; its modules are squares of one unit.
#[derive(Hash, Serialize)]
pub struct QrCode {
    /// Modules a side, with the quiet zone.
    pub size: usize,
    /// The dark modules, as an SVG path to stroke with a width of one.
    pub path: String,
}

/// The code of an address, a quarter of which may be hidden or torn; `None` for one too long for any code.
///
/// Scheme and host are written in capitals, which mean the same there and take less room in a code; paths keep
/// their letters, since hosts may tell them apart.
pub fn of_address(address: &str) -> Option<QrCode> {
    let host_ends = address
        .match_indices('/')
        .nth(2)
        .map_or(address.len(), |(at, _)| at);
    let (host, path) = address.split_at(host_ends);
    let text = host.to_ascii_uppercase() + path;
    let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let width = code.width();
    let modules = code.to_colors();
    let rows = modules.chunks(width).enumerate();
    Some(QrCode {
        size: width + 2 * QUIET,
        path: rows.map(|(y, row)| row_path(row, y + QUIET)).collect(),
    })
}

/// A line through the middle of a row, drawn where its modules are dark.
fn row_path(row: &[Color], y: usize) -> String {
    let mut path = format!("M{QUIET} {y}.5");
    for run in row.chunk_by(|left, right| left == right) {
        let draw = if run[0] == Color::Dark { "h" } else { "m" };
        let down = if run[0] == Color::Dark { "" } else { " 0" };
        path.push_str(&format!("{draw}{}{down}", run.len()));
    }
    path
}
