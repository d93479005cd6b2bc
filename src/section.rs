//! The index pages of a site: where each stands. Their paths stand here alone, their titles in the words of the interface.

/// Where a section is linked on every page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Linked {
    /// In the bar above.
    Bar,
    /// In the foot below.
    Foot,
    /// There, and below the bar's places in the menu of small screens: what is the reader's own.
    Own,
}
use Linked::{Bar, Foot, Own};

macro_rules! sections {
    ($($name:ident $folder:literal $linked:ident $key:literal, $meaning:literal;)*) => {
        /// An index page, and the part of the site below it.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Section { $(#[doc = $meaning] $name,)* }

        impl Section {
            /// In the order of the navigation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The folders of all.
            pub const FOLDERS: &[&str] = &[$($folder,)*];

            /// The folder of its page; those of its records stand below it.
            pub fn folder(self) -> &'static str {
                match self { $(Self::$name => $folder,)* }
            }

            /// The path of its page.
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => concat!($folder, "/index.html"),)* }
            }

            /// The key that leads there after `g`.
            pub fn key(self) -> Option<&'static str> {
                let key = match self { $(Self::$name => $key,)* };
                (!key.is_empty()).then_some(key)
            }

            fn linked(self) -> Linked {
                match self { $(Self::$name => $linked,)* }
            }
        }
    };
}

sections! {
    Questions "questions" Bar "q", "All questions, to filter and sort.";
    Themes "themes" Bar "t", "What interviewers test.";
    Companies "companies" Bar "c", "Employers and their principles.";
    Frameworks "frameworks" Bar "f", "Shapes for answers.";
    CheatSheet "cheat-sheet" Bar "s", "The tables that are printed, and links to the others.";
    Practice "practice" Bar "p", "Exercises.";
    Plan "plan" Bar "n", "What to do on which day.";
    Guides "guides" Bar "", "Chapters to read.";
    Interviews "interviews" Foot "", "Whole interviews with the interviewer's notes.";
    Tracks "tracks" Foot "", "What interviews ask for by role.";
    WeakAnswers "weak-answers" Foot "", "Answers to diagnose; each has a place on the page.";
    RedFlags "red-flags" Foot "", "What costs an offer; each has a place on the page.";
    FollowUps "follow-ups" Foot "", "Types of follow-up; each has a place on the page.";
    Sources "sources" Foot "", "What the handbook draws on; each has a place on the page.";
    Stories "stories" Own "", "The reader's own stories and what they cover.";
    MyData "my-data" Own "", "What this browser keeps for the reader.";
    AllPages "all" Foot "", "Every page, by kind.";
    Print "print" Foot "", "The whole handbook as one document.";
}

impl Section {
    /// Whether it stands in the bar of every page; the others stand in the foot.
    pub fn is_in_bar(self) -> bool {
        self.linked() == Bar
    }

    /// Whether it is about the reader's own.
    pub fn is_own(self) -> bool {
        self.linked() == Own
    }
}
