//! The kinds of records: one table, from which the kinds themselves, the records, their tables, schemas and reading are
//! made.

use crate::diagnostic::Code;
use crate::section::Section;

/// Hands the table of kinds to a macro; a row a kind. Questions come first, then the order in which kinds are listed.
///
/// | column | what it says |
/// |---|---|
/// | type, table | the struct of `model` and the field of `Handbook` that holds its records |
/// | file | how a record is written: `yaml`, or `markdown` below YAML; `inside` where it stands in another's file |
/// | word, folder | as in typed references, and below `content/` |
/// | unknown | the code of a reference to nothing |
/// | section | the index page that lists it |
/// | page | whether a record has a page of its own below that index; otherwise it is a place on it |
/// | order | the key that records are read in the order of; those with equal keys by their ids |
macro_rules! with_kinds {
    ($use:ident) => {
        $use! {
            [Question questions yaml "question" "questions" UnknownQuestion Questions |_| true, |question| question.place(), "Something an interviewer asks."]
            [Theme themes yaml "theme" "themes" UnknownTheme Themes |_| true, |theme| theme.order.value, "A family of questions."]
            [Company companies yaml "company" "companies" UnknownCompany Companies |_| true, |company| company.order.value, "An employer and what it listens for."]
            [Principle principles inside "principle" "" UnknownPrinciple Companies |_| true, |_| (), "A value of a company, written `company/principle`."]
            [Framework frameworks yaml "framework" "frameworks" UnknownFramework Frameworks |_| true, |framework| framework.title.to_lowercase(), "A shape for an answer."]
            [Checklist checklists yaml "checklist" "checklists" UnknownChecklist Plan |_| true, |checklist| checklist.place(), "Things to do; with a day, a checkpoint."]
            [CheatSheet cheat_sheets yaml "cheat-sheet" "cheat-sheets" UnknownCheatSheet CheatSheet |sheet| sheet.side.is_none(), |sheet| sheet.place(), "A table for the night before."]
            [Exercise exercises yaml "exercise" "exercises" UnknownExercise Practice |_| true, |exercise| exercise.place(), "A way to practise."]
            [Guide guides markdown "guide" "guides" UnknownGuide Guides |_| true, |guide| guide.order.value, "A chapter to read."]
            [Interview interviews yaml "interview" "interviews" UnknownInterview Interviews |_| true, |interview| interview.order.value, "An interview written down from its first word to its debrief."]
            [Track tracks yaml "track" "tracks" UnknownTrack Tracks |_| true, |track| track.order.value, "A role, and what its interviews ask for."]
            [RedFlag red_flags yaml "red-flag" "red-flags" UnknownRedFlag RedFlags |_| false, |_| (), "Something that costs an offer."]
            [FollowUp follow_ups yaml "follow-up" "follow-ups" UnknownFollowUp FollowUps |_| false, |_| (), "A type of follow-up question."]
            [Source sources yaml "source" "sources" UnknownSource Sources |_| false, |_| (), "A document the handbook draws on."]
        }
    };
}
pub(crate) use with_kinds;

macro_rules! kinds {
    ($([$name:ident $table:ident $file:ident $word:literal $folder:literal $unknown:ident $section:ident $page:expr, $order:expr, $meaning:literal])*) => {
        /// A kind of record.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind { $(#[doc = $meaning] $name,)* }

        impl Kind {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As written in typed references: `cheat-sheet`.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The folder below `content/`; empty for what stands in the file of another record.
            pub fn folder(self) -> &'static str {
                match self { $(Self::$name => $folder,)* }
            }

            /// What a reference to nothing of this kind is called.
            pub fn unknown(self) -> Code {
                match self { $(Self::$name => Code::$unknown,)* }
            }

            /// The index page that lists its records.
            pub fn section(self) -> Section {
                match self { $(Self::$name => Section::$section,)* }
            }

            fn file_form(self) -> &'static str {
                match self { $(Self::$name => stringify!($file),)* }
            }
        }
    };
}
with_kinds!(kinds);

impl Kind {
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    pub fn from_folder(folder: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| !folder.is_empty() && kind.folder() == folder)
    }

    /// The word for prose: `cheat sheet`, `follow-up`.
    pub fn name(self) -> String {
        match self {
            Self::FollowUp => self.word().to_owned(),
            _ => self.word().replace('-', " "),
        }
    }

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self.file_form() {
            "markdown" => "md",
            _ => "yaml",
        }
    }

    /// The page of a record that has one of its own, from the site's root.
    pub fn page(self, id: &str) -> String {
        format!("{}/{id}/index.html", self.section().folder())
    }

    /// The file of a record, below `content/`.
    pub fn file(self, id: &str) -> String {
        format!("{}/{id}.{}", self.folder(), self.extension())
    }
}

impl Section {
    /// The kind that its page lists first; `None` for pages about all kinds.
    pub fn kind(self) -> Option<Kind> {
        Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.section() == self)
    }
}

/// The words of all kinds, as an author reads them.
pub fn kind_words() -> String {
    Kind::ALL
        .iter()
        .map(|kind| kind.word())
        .collect::<Vec<_>>()
        .join(", ")
}
