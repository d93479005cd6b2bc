//! Words as outlines: the fonts of the site theme, their kerning, and lines of them.

use std::sync::LazyLock;

use tiny_skia::{Path, PathBuilder};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Words of the handbook.
pub(super) static SANS: LazyLock<Font> =
    LazyLock::new(|| Font::new(include_bytes!("fonts/prepbook-sans-600.ttf")));
/// Words said aloud in an interview.
pub(super) static SERIF: LazyLock<Font> =
    LazyLock::new(|| Font::new(include_bytes!("fonts/prepbook-serif-500.ttf")));

pub(super) struct Font {
    face: Face<'static>,
}

impl Font {
    fn new(bytes: &'static [u8]) -> Self {
        let face = Face::parse(bytes, 0).expect("the font stands in the program itself");
        Self { face }
    }

    /// Whether it has all letters of a text.
    pub(super) fn has(&self, text: &str) -> bool {
        let mut letters = text.chars().filter(|letter| !letter.is_whitespace());
        letters.all(|letter| self.face.glyph_index(letter).is_some())
    }

    /// The glyphs of a text, each with its distance from the beginning, and the width of all, in units of the font.
    fn set(&self, text: &str) -> (Vec<(GlyphId, i32)>, i32) {
        let mut at = 0;
        let mut before = None;
        let mut glyphs = Vec::new();
        for letter in text.chars() {
            let glyph = self.face.glyph_index(letter).unwrap_or_default();
            if let Some(before) = before {
                at += self.kerning(before, glyph);
            }
            glyphs.push((glyph, at));
            at += i32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default());
            before = Some(glyph);
        }
        (glyphs, at)
    }

    /// How much nearer two letters stand than their widths say.
    fn kerning(&self, left: GlyphId, right: GlyphId) -> i32 {
        let Some(table) = self.face.tables().gpos else {
            return 0;
        };
        let lookups = table.lookups.into_iter();
        let pairs =
            lookups.flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
        let mut moves = pairs.filter_map(|table| match table {
            PositioningSubtable::Pair(PairAdjustment::Format2 {
                coverage,
                classes: (lefts, rights),
                matrix,
            }) if coverage.contains(left) => {
                let (change, _) = matrix.get((lefts.get(left), rights.get(right)))?;
                Some(i32::from(change.x_advance))
            }
            _ => None,
        });
        moves.next().unwrap_or(0)
    }

    /// How many pixels a unit of the font is at a size.
    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.face.units_per_em())
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "lines are some thousand units long"
    )]
    fn width(&self, text: &str, size: f32) -> f32 {
        self.set(text).1 as f32 * self.scale(size)
    }

    /// The outlines of a text on a baseline that begins at a place; `None` where there is nothing to see.
    #[expect(
        clippy::cast_precision_loss,
        reason = "lines are some thousand units long"
    )]
    pub(super) fn outlines(
        &self,
        text: &str,
        size: f32,
        (left, baseline): (f32, f32),
    ) -> Option<Path> {
        let scale = self.scale(size);
        let mut pen = Pen {
            path: PathBuilder::new(),
            left,
            baseline,
            scale,
        };
        for (glyph, at) in self.set(text).0 {
            pen.left = left + at as f32 * scale;
            self.face.outline_glyph(glyph, &mut pen);
        }
        pen.path.finish()
    }

    /// A text in lines that fit into a width.
    pub(super) fn lines(&self, text: &str, size: f32, room: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer.filter(|line| self.width(line, size) <= room) {
                Some(line) => *lines.last_mut().expect("it has become longer") = line,
                None => lines.push(word.to_owned()),
            }
        }
        // A word alone may be too wide.
        for line in &mut lines {
            *line = self.cut(line, size, room);
        }
        lines
    }

    /// The same in so many lines of about the same length: the narrowest in which it takes no more.
    pub(super) fn balanced(&self, text: &str, size: f32, room: f32, count: usize) -> Vec<String> {
        let mut width = room;
        let mut lines = self.lines(text, size, room);
        loop {
            width -= size / 4.0;
            let narrower = self.lines(text, size, width);
            let is_whole = narrower
                .iter()
                .all(|line| !line.ends_with('…') || text.ends_with(line));
            if width < room / 3.0 || narrower.len() > count || !is_whole {
                return lines;
            }
            lines = narrower;
        }
    }

    /// A line, cut where it is too long.
    pub(super) fn cut(&self, line: &str, size: f32, room: f32) -> String {
        if self.width(line, size) <= room {
            return line.to_owned();
        }
        let mut kept = line.trim_end_matches(['…', ' ']).to_owned();
        while !kept.is_empty() && self.width(&format!("{kept}…"), size) > room {
            kept.pop();
        }
        format!("{}…", kept.trim_end())
    }
}

/// Draws outlines of glyphs, whose height grows upwards, on a canvas, whose height grows downwards.
struct Pen {
    path: PathBuilder,
    left: f32,
    baseline: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.left + x * self.scale, self.baseline - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}
