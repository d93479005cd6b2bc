//! The index pages of a site: where each stands and what it is called. Their paths and titles stand here alone.

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
    ($($name:ident $folder:literal $title:literal $linked:ident $key:literal, $meaning:literal;)*) => {
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

            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
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
    Questions "questions" "Questions" Bar "q", "All questions, to filter and sort.";
    Themes "themes" "Themes" Bar "t", "What interviewers test.";
    Companies "companies" "Companies" Bar "c", "Employers and their principles.";
    Frameworks "frameworks" "Frameworks" Bar "f", "Shapes for answers.";
    CheatSheet "cheat-sheet" "Cheat sheet" Bar "s", "The tables that are printed, and links to the others.";
    Practice "practice" "Practice" Bar "p", "Exercises.";
    Plan "plan" "Plan" Bar "n", "What to do on which day.";
    Guides "guides" "Guides" Bar "", "Chapters to read.";
    Interviews "interviews" "Interviews" Foot "", "Whole interviews with the interviewer's notes.";
    Tracks "tracks" "Role tracks" Foot "", "What interviews ask for by role.";
    WeakAnswers "weak-answers" "Weak answers" Foot "", "Answers to diagnose; each has a place on the page.";
    RedFlags "red-flags" "Red flags" Foot "", "What costs an offer; each has a place on the page.";
    FollowUps "follow-ups" "Follow-ups" Foot "", "Types of follow-up; each has a place on the page.";
    Sources "sources" "Sources" Foot "", "What the handbook draws on; each has a place on the page.";
    Stories "stories" "Stories" Own "", "The reader's own stories and what they cover.";
    MyData "my-data" "My data" Own "", "What this browser keeps for the reader.";
    AllPages "all" "All pages" Foot "", "Every page, by kind.";
    Print "print" "Print edition" Foot "", "The whole handbook as one document.";
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
