//! Every code a diagnostic can have, its severity and its meaning: the one list.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    Error,
    Warning,
    /// Tells what was done; nothing need be mended.
    Note,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// With its article: `an error`.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Error => "an error",
            Self::Warning => "a warning",
            Self::Note => "a note",
        }
    }
}

macro_rules! codes {
    ($($severity:ident $name:ident = $word:literal, $meaning:literal;)*) => {
        /// The kind of a finding; printed as words.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $meaning] $name,)* }

        impl Code {
            /// All codes, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As printed: `unknown-theme`.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// One sentence for documentation.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    Error YamlSyntax = "yaml-syntax", "The file is not well-formed YAML.";
    Error UnsupportedYaml = "unsupported-yaml", "YAML that handbooks do not use: merge keys, tags, several documents, keys that are not text.";
    Error DuplicateKey = "duplicate-key", "A mapping names the same field twice.";
    Error TooLarge = "too-large", "A file or its nesting exceeds the limits that keep builds bounded.";
    Error Unreadable = "unreadable", "A file or folder of the project cannot be read.";
    Error NotUtf8 = "not-utf8", "A source file is not UTF-8 text.";
    Error ControlCharacter = "control-character", "A source file holds a control character.";
    Error EmptyFile = "empty-file", "A record's file has nothing in it.";
    Error FrontMatter = "front-matter", "A guide does not start with YAML front matter between two `---` lines.";
    Error UnknownField = "unknown-field", "A record has a field that its kind does not know.";
    Error MissingField = "missing-field", "A record lacks a required field.";
    Error WrongType = "wrong-type", "A value has another type than its field.";
    Error InvalidValue = "invalid-value", "A value is of the right type but not allowed in its field.";
    Error EmptyValue = "empty-value", "A field, a list or an item has nothing in it.";
    Error InvalidId = "invalid-id", "A file's name cannot be an id, or differs from another's in its capitals alone.";
    Error DuplicateId = "duplicate-id", "Two parts of a record have the same id.";
    Error MissingHandbook = "missing-handbook", "There is no content/handbook.yaml.";
    Error UnknownQuestion = "unknown-question", "A reference names a question that does not exist.";
    Error UnknownTheme = "unknown-theme", "A reference names a theme that does not exist.";
    Error UnknownCompany = "unknown-company", "A reference names a company that does not exist.";
    Error UnknownPrinciple = "unknown-principle", "A reference names a principle that its company does not have.";
    Error UnknownFramework = "unknown-framework", "A reference names a framework that does not exist.";
    Error UnknownChecklist = "unknown-checklist", "A reference names a checklist that does not exist.";
    Error UnknownCheatSheet = "unknown-cheat-sheet", "A reference names a cheat sheet that does not exist.";
    Error UnknownExercise = "unknown-exercise", "A reference names an exercise that does not exist.";
    Error UnknownGuide = "unknown-guide", "A reference names a guide that does not exist.";
    Error UnknownInterview = "unknown-interview", "A reference names an interview that does not exist.";
    Error UnknownTrack = "unknown-track", "A reference names a track that does not exist.";
    Error UnknownRedFlag = "unknown-red-flag", "A reference names a red flag that does not exist.";
    Error UnknownFollowUp = "unknown-follow-up", "A reference names a follow-up type that does not exist.";
    Error UnknownSource = "unknown-source", "A reference names a source that does not exist.";
    Error UnknownKind = "unknown-kind", "A typed reference names a kind that does not exist.";
    Error SelfReference = "self-reference", "A record names itself as its neighbour.";
    Error DuplicateNumber = "duplicate-number", "Two questions have the same core number.";
    Error DuplicateDay = "duplicate-day", "Two checklists are for the same day.";
    Error UnreachedQuestion = "unreached-question", "No theme's order reaches a question.";
    Error MissingPart = "missing-part", "An answer lacks a part of its framework.";
    Error UnknownPart = "unknown-part", "An answer has a part that its framework does not know.";
    Error PartOrder = "part-order", "An answer's parts are not in the order of its framework.";
    Error QuoteNotFound = "quote-not-found", "A marked phrase does not stand in its weak answer exactly once.";
    Error RowLength = "row-length", "A row of a cheat sheet has more or fewer cells than there are columns.";
    Error UnknownColumn = "unknown-column", "A cheat sheet drawn from records names a field that they do not have.";
    Error UnknownAllow = "unknown-allow", "A record allows a code that does not exist or cannot be allowed.";
    Error BrokenLink = "broken-link", "A link leads to nothing.";
    Error UnsafeLink = "unsafe-link", "A link has an address scheme that is not allowed.";
    Error UnusableImage = "unusable-image", "A file among the pictures is no picture that a page can show.";
    Error UnsafeImage = "unsafe-image", "A picture could run something when it is opened.";
    Error ImageWithoutText = "image-without-text", "A picture does not say what it shows.";
    Error PageConflict = "page-conflict", "Two pages want the same address.";
    Error Template = "template", "A template of the site theme cannot be read or filled.";
    Error MissingWord = "missing-word", "A file of words lacks one that the English file has.";
    Error UnknownWord = "unknown-word", "A template, a script or a file of words names a word that does not exist.";
    Error PluralForm = "plural-form", "A word has more or fewer plural forms than its language.";
    Error WordPlaces = "word-places", "A word has places for other values than it is given.";
    Error UnknownSiteTheme = "unknown-site-theme", "The handbook names a site theme that does not exist.";
    Error LinkOutside = "link-outside", "A symbolic link leads out of the project, in a circle, or nowhere.";
    Error NotAFile = "not-a-file", "Something that is neither a file nor a folder stands among the sources.";
    Warning UnknownFile = "unknown-file", "A file among the records is of no known kind.";
    Warning MisplacedFile = "misplaced-file", "A file stands where nobody looks for it.";
    Warning UnportableName = "unportable-name", "A file's name cannot stand on every system.";
    Warning HiddenCharacter = "hidden-character", "A character that nobody sees stands in a text.";
    Warning RawHtml = "raw-html", "Raw HTML in Markdown; it is shown as text.";
    Warning CutText = "cut-text", "YAML takes a piece of a text for something else, such as a comment.";
    Warning JoinedItem = "joined-item", "A line that looks like an item of a list is a part of the text above it.";
    Warning JoinedParagraph = "joined-paragraph", "A paragraph goes on with the one above it, although a blank line stands between them.";
    Warning UnmadeLink = "unmade-link", "Something looks like a link and stays text.";
    Warning UnmentionedNote = "unmentioned-note", "A note of a text is one that nothing in it leads to.";
    Warning LostCell = "lost-cell", "A table's row has more cells than the table has columns.";
    Warning ForeignSyntax = "foreign-syntax", "Marks of another tool, which mean nothing here.";
    Warning SkippedLevel = "skipped-level", "A heading is more than one level below the one above it.";
    Warning RepeatedTitle = "repeated-title", "A guide's first heading says its title again.";
    Warning UnknownLanguage = "unknown-language", "A code block names a language that cannot be highlighted.";
    Warning StillASkeleton = "still-a-skeleton", "A record still has text that `prepbook new` or `prepbook import` wrote in an author's place.";
    Warning OrphanPage = "orphan-page", "No other record links to a page.";
    Warning DeadEnd = "dead-end", "A page has fewer than three links out of its content.";
    Warning NoAnswer = "no-answer", "A question has no model answer yet.";
    Warning NoCriteria = "no-criteria", "A question with an answer does not say what interviewers listen for.";
    Warning AnswerTooLong = "answer-too-long", "A model answer takes more than 150 seconds to say.";
    Warning AnswerTooShort = "answer-too-short", "A model answer takes less than 60 seconds to say.";
    Warning SixtySecondTooLong = "sixty-second-too-long", "A sixty-second version takes more than 65 seconds to say.";
    Warning SituationTooLong = "situation-too-long", "The first part takes more than a quarter of its answer.";
    Warning AnswerWithoutFigure = "answer-without-figure", "A model answer has no figure.";
    Warning AnswerSaysWe = "answer-says-we", "A model answer says \"we\" more often than \"I\".";
    Warning SkeletonShape = "skeleton-shape", "A skeleton has fewer than four points or more than six, or a point of more than six words.";
    Warning FewFollowUps = "few-follow-ups", "A question has fewer than three follow-ups.";
    Warning NoTrap = "no-trap", "A question has no trap.";
    Warning FewRelated = "few-related", "A question has fewer than two related questions.";
    Warning TitleTooLong = "title-too-long", "A title has more than 120 characters.";
    Warning MarkdownTitle = "markdown-title", "A title holds Markdown, which titles show as it is written.";
    Warning DuplicateTitle = "duplicate-title", "Two pages have the same title.";
    Warning OpenPolicy = "open-policy", "The handbook lets pages load or send more than a site of its own files does.";
    Warning BlockedByPolicy = "blocked-by-policy", "Pages ask for something that their policy forbids.";
    Warning LowContrast = "low-contrast", "Colours that the handbook sets cannot be read on one another.";
    Warning UnreadableColour = "unreadable-colour", "A style sheet gives a token of a colour what is none.";
    Warning UnknownToken = "unknown-token", "Style sheets draw with a token that has no value.";
    Warning NoWords = "no-words", "The site theme has no words in the language of the handbook.";
    Warning UnusedAllow = "unused-allow", "A record allows a finding that does not occur.";
    Note RestingChecks = "resting-checks", "What is said aloud is not checked for its words in the language of the handbook.";
    Note NoAddress = "no-address", "The handbook asks for something that needs the site's address.";
    Note DraftLink = "draft-link", "Links to drafts are left out for as long as these are drafts.";
}

impl Code {
    /// Whether it tells of what is not yet whole, rather than of what readers would see wrong: those codes stand together.
    pub fn is_unfinished(self) -> bool {
        (Self::StillASkeleton..=Self::FewRelated).contains(&self)
    }

    /// The code for a word; `None` when there is no such code.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.word() == word)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
