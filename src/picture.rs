//! Pictures that other programs show beside a link: a title in the type of the site theme. Draws; knows nothing of handbooks.

mod lettering;

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Encoder, Filter};
use tiny_skia::{Color, FillRule, Paint, Pixmap, Rect, Transform};

use self::lettering::{Font, SANS, SERIF};
use crate::model::field::Rgb;

/// The width and the height of a picture in pixels, as previews of links show it whole.
pub const SIZE: (u16, u16) = (1200, 630);

/// From the left and the right edge, in pixels.
const MARGIN: f32 = 88.0;
/// Where the lines of a title may stand, from the top.
const TITLE: std::ops::Range<f32> = 150.0..480.0;
/// The sizes that a title is tried in, the largest first.
const TITLE_SIZES: [f32; 6] = [88.0, 80.0, 72.0, 64.0, 56.0, 48.0];
/// The size of the other words.
const SMALL: f32 = 32.0;
/// Where the bar stands, from the top, and how high it is.
const BAR: (f32, f32) = (512.0, 14.0);
/// How an answer divides its time, as the bar shows it: the widths of its parts.
const PARTS: [f32; 5] = [1.0, 1.0, 4.0, 1.0, 1.0];

/// What is drawn.
#[derive(Hash)]
pub struct Card<'a> {
    /// What the page is: `Question 17`.
    pub kind: &'a str,
    pub title: &'a str,
    /// Whether the title is said aloud in an interview: such words are set in serif.
    pub is_said: bool,
    /// The handbook's title.
    pub handbook: &'a str,
    pub colours: Colours,
}

/// The colours of a site theme in light surroundings.
#[derive(Clone, Copy, Default, Hash)]
pub struct Colours {
    pub ground: Rgb,
    pub ink: Rgb,
    /// Of words that matter less.
    pub quiet: Rgb,
    pub accent: Rgb,
    /// Of the bar's other parts.
    pub tint: Rgb,
}

fn font(is_said: bool) -> &'static Font {
    if is_said { &SERIF } else { &SANS }
}

/// Whether the fonts have all the letters of a title.
pub fn can_show(title: &str, is_said: bool) -> bool {
    font(is_said).has(title)
}

/// Draws a picture; the bytes of a PNG file, equal for equal cards.
pub fn draw(card: &Card<'_>) -> Vec<u8> {
    let (width, height) = SIZE;
    let mut canvas = Pixmap::new(width.into(), height.into()).expect("it has a size");
    let colours = &card.colours;
    canvas.fill(colour(colours.ground));
    let room = f32::from(width) - 2.0 * MARGIN;
    let mut words = |font: &Font, text: &str, size: f32, top: f32, shade: Rgb| {
        if let Some(path) = font.outlines(text, size, (MARGIN, top)) {
            let still = Transform::identity();
            canvas.fill_path(&path, &paint(shade), FillRule::Winding, still, None);
        }
    };
    words(&SANS, card.kind, SMALL, 96.0, colours.accent);
    let handbook = SANS.cut(card.handbook, SMALL, room);
    words(&SANS, &handbook, SMALL, 584.0, colours.quiet);
    let font = font(card.is_said);
    let (size, lines) = title(font, card.title, room);
    for (nth, line) in (0u8..).zip(&lines) {
        let baseline = TITLE.start + size * (0.86 + 1.16 * f32::from(nth));
        words(font, line, size, baseline, colours.ink);
    }
    bar(&mut canvas, room, colours);
    encoded(&canvas)
}

/// A title in the largest size in which it fits, in lines of about the same length; cut where it fits in none.
fn title(font: &Font, text: &str, room: f32) -> (f32, Vec<String>) {
    let most = |size: f32| {
        let lines = (1u8..=9)
            .take_while(|lines| f32::from(*lines) * size * 1.16 <= TITLE.end - TITLE.start);
        lines.last().unwrap_or(1)
    };
    for size in TITLE_SIZES {
        let lines = font.lines(text, size, room);
        if lines.len() <= usize::from(most(size)) {
            return (size, font.balanced(text, size, room, lines.len()));
        }
    }
    let size = TITLE_SIZES[TITLE_SIZES.len() - 1];
    let mut lines = font.lines(text, size, room);
    lines.truncate(usize::from(most(size)));
    if let Some(last) = lines.last_mut() {
        *last = font.cut(&format!("{last} …"), size, room);
    }
    (size, lines)
}

/// How an answer divides its time: the sign that the home page begins with.
fn bar(canvas: &mut Pixmap, room: f32, colours: &Colours) {
    let gap = 6.0;
    let count: f32 = PARTS.iter().sum();
    let unit = (room - gap * 4.0) / count;
    let mut left = MARGIN;
    for part in PARTS {
        let width = unit * part;
        let is_main = part > 1.0;
        let shade = if is_main {
            colours.accent
        } else {
            colours.tint
        };
        if let Some(rect) = Rect::from_xywh(left, BAR.0, width, BAR.1) {
            canvas.fill_rect(rect, &paint(shade), Transform::identity(), None);
        }
        left += width + gap;
    }
}

fn colour(shade: Rgb) -> Color {
    let [red, green, blue] = shade.0;
    Color::from_rgba8(red, green, blue, u8::MAX)
}

fn paint(shade: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour(shade));
    paint
}

/// As a PNG file without transparency, since nothing shines through; its few colours are named once.
fn encoded(canvas: &Pixmap) -> Vec<u8> {
    let pixels = canvas.data().chunks_exact(4);
    let pixels: Vec<[u8; 3]> = pixels.map(|one| [one[0], one[1], one[2]]).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, canvas.width(), canvas.height());
    encoder.set_depth(BitDepth::Eight);
    let data = if let Some((palette, data)) = indexed(&pixels) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette);
        encoder.set_filter(Filter::NoFilter);
        data
    } else {
        encoder.set_color(ColorType::Rgb);
        pixels.concat()
    };
    let written = encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&data));
    written.expect("memory takes any write, and the pixels are as many as was said");
    file
}

/// The colours of pixels in the order in which they come, and of each pixel its colour's number; `None` where there are
/// more than a byte can number.
fn indexed(pixels: &[[u8; 3]]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut numbers: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let mut palette = Vec::new();
    let mut data = Vec::with_capacity(pixels.len());
    // Most pixels are of the colour of the one before.
    let mut last = None;
    for pixel in pixels {
        let number = match last {
            Some((colour, number)) if colour == pixel => number,
            _ => match numbers.get(pixel) {
                Some(number) => *number,
                None => {
                    let number = u8::try_from(numbers.len()).ok()?;
                    numbers.insert(*pixel, number);
                    palette.extend(pixel);
                    number
                }
            },
        };
        last = Some((pixel, number));
        data.push(number);
    }
    Some((palette, data))
}
