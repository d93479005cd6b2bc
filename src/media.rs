//! Pictures and files that authors bring along: `content/images/`, shown in texts, and `content/files/`, copied to the
//! site's root as they are.

use std::collections::BTreeMap;

use lol_html::{Settings, element, rewrite_str};

use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::html::hash_of;
use crate::output::{Bytes, OutputPath, ROOT};
use crate::source::{FILES, IMAGES, Source, SourcePath, Sources, name_of};

/// A picture or a file.
pub struct Medium {
    /// Where it stands on the site.
    pub path: OutputPath,
    pub source: SourcePath,
    pub bytes: Bytes,
    /// Width and height of a picture, in CSS pixels.
    pub size: Option<(u32, u32)>,
}

impl Medium {
    /// Its address, from the site's root.
    pub fn url(&self) -> String {
        format!("{ROOT}{}", self.path.encoded())
    }
}

/// All of a handbook, by their paths below `content/`, as texts name them: `images/brakes.svg`.
#[derive(Default)]
pub struct Media {
    all: BTreeMap<String, Medium>,
    /// A hash of all that texts show of them: names, addresses and sizes.
    pub hash: u128,
}

impl Media {
    pub fn get(&self, name: &str) -> Option<&Medium> {
        self.all.get(name)
    }

    /// The file that is copied to this path on the site.
    pub fn file(&self, path: &str) -> Option<&Medium> {
        self.get(&format!("{FILES}{path}"))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Medium)> {
        self.all.iter().map(|(name, one)| (name.as_str(), one))
    }
}

/// Takes in all pictures and files. With `fingerprints`, the names of pictures carry a part of their content's hash, so
/// that they can be cached for ever. Reports `unusable-image` and `unsafe-image`.
pub fn media(sources: &Sources, fingerprints: bool) -> Checked<Media> {
    let mut media = Media::default();
    let mut found = Vec::new();
    for folder in [IMAGES, FILES] {
        for (path, source) in sources.below(&format!("content/{folder}")) {
            let Some(name) = name_of(path) else { continue };
            let medium = if folder == IMAGES {
                picture(name, path, source, fingerprints)
            } else {
                Ok(Medium {
                    path: OutputPath::new(&name[FILES.len()..]),
                    source: path.clone(),
                    bytes: Bytes::from_owner(source.bytes.clone()),
                    size: None,
                })
            };
            match medium {
                Ok(medium) => drop(media.all.insert(name.to_owned(), medium)),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
    }
    let all = media.all.iter();
    let told: Vec<_> = all.map(|(name, one)| (name, &one.path, one.size)).collect();
    media.hash = hash_of(&told);
    Checked::new(media, found)
}

/// The most pixels of a picture's side.
const MOST_PIXELS: u32 = 100_000;

fn picture(
    name: &str,
    path: &SourcePath,
    source: &Source,
    fingerprints: bool,
) -> Result<Medium, Box<Diagnostic>> {
    let extension = path.extension().to_ascii_lowercase();
    let size = match extension.as_str() {
        "svg" => size_of_drawing(path, source)?,
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => {
            let size = imagesize::blob_size(&source.bytes).ok();
            let most = MOST_PIXELS as usize;
            if size.is_some_and(|size| size.width > most || size.height > most) {
                let message = format!("a side of this picture has more than {MOST_PIXELS} pixels");
                let help = "scale it down, or save it anew: what it says of itself may be wrong";
                return Err(Box::new(
                    Diagnostic::new(Code::UnusableImage, Place::file(path), message).help(help),
                ));
            }
            size.and_then(|size| Some((size.width.try_into().ok()?, size.height.try_into().ok()?)))
        }
        _ => None,
    };
    let Some(size) = size.filter(|(width, height)| *width > 0 && *height > 0) else {
        let message = "this is no picture that a page can show, or it does not say how large it is";
        return Err(Box::new(
            Diagnostic::new(Code::UnusableImage, Place::file(path), message).help(
                "pictures are SVG with a `viewBox`, PNG, JPEG, GIF, WebP or AVIF; other files belong into content/files/",
            ),
        ));
    };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hash = format!("{:032x}", source.hash);
    let on_site = if fingerprints {
        format!("assets/{stem}.{}.{extension}", &hash[..8])
    } else {
        format!("assets/{name}")
    };
    Ok(Medium {
        path: OutputPath::new(on_site),
        source: path.clone(),
        bytes: Bytes::from_owner(source.bytes.clone()),
        size: Some(size),
    })
}

/// Width and height that an SVG says it has, or those of its `viewBox`; `None` where it says neither.
///
/// Pages show pictures as `img`, in which no script runs; opened at its own address a drawing is a page, so one that could
/// run something is refused: `unsafe-image`.
fn size_of_drawing(
    path: &SourcePath,
    source: &Source,
) -> Result<Option<(u32, u32)>, Box<Diagnostic>> {
    let mut size = None;
    let mut is_first = true;
    let mut active = None;
    let look = element!("*", |element| {
        if std::mem::take(&mut is_first) && element.tag_name() == "svg" {
            let attribute = |name| element.get_attribute(name);
            let width = attribute("width").as_deref().and_then(pixels);
            let height = attribute("height").as_deref().and_then(pixels);
            let view = attribute("viewbox").as_deref().and_then(view_box);
            size = width.zip(height).or(view);
        }
        let runs = |name: String, value: String| {
            name.starts_with("on")
                || value
                    .trim_start()
                    .to_ascii_lowercase()
                    .starts_with("javascript:")
        };
        let mut attributes = element.attributes().iter();
        if matches!(
            element.tag_name().as_str(),
            "script" | "foreignobject" | "iframe"
        ) {
            active.get_or_insert(element.tag_name());
        } else if let Some(one) = attributes.find(|one| runs(one.name(), one.value())) {
            active.get_or_insert(one.name());
        }
        Ok(())
    });
    let settings = Settings::new()
        .with_strict(false)
        .append_element_content_handler(look);
    let read = rewrite_str(source.text(), settings);
    match active {
        Some(what) => {
            let message = format!("this picture holds `{what}`, which could run something");
            let help = "save it as a plain SVG, without scripts and other documents in it";
            Err(Box::new(
                Diagnostic::new(Code::UnsafeImage, Place::file(path), message).help(help),
            ))
        }
        None => Ok(read.ok().and(size)),
    }
}

/// A length in CSS pixels, rounded: `24`, `24px`.
fn pixels(text: &str) -> Option<u32> {
    rounded(text.trim().trim_end_matches("px").parse().ok()?)
}

/// Width and height of `0 0 24 16`.
fn view_box(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text
        .split([' ', ',', '\n', '\t'])
        .filter(|one| !one.is_empty());
    let width = numbers.nth(2)?.parse().ok()?;
    let height = numbers.next()?.parse().ok()?;
    rounded(width).zip(rounded(height))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between 1 and 100,000"
)]
fn rounded(number: f64) -> Option<u32> {
    let number = number.round();
    (1.0..=f64::from(MOST_PIXELS))
        .contains(&number)
        .then_some(number as u32)
}
