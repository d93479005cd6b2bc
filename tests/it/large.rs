//! Sites that are too large to be in memory at once: their files are written aside as they are made.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Mutex;

use prepbook::output::{Aside, Bytes, OutputPath};
use prepbook::source::SourcePath;
use prepbook::{Memo, Options};

use crate::project::{on_disk, tree, write};

/// Enough questions for more bytes than a site may have to be kept whole.
const QUESTIONS: usize = 1000;

/// The starter handbook with many questions.
fn large() -> tempfile::TempDir {
    let project = on_disk();
    let path = project
        .path()
        .join("content/questions/creaking-bicycle.yaml");
    let text = std::fs::read_to_string(path).expect("a question");
    let (_, rest) = text
        .split_once("evaluates:")
        .expect("a question with criteria");
    for nth in 0..QUESTIONS {
        let question =
            format!("title: What creaks in part {nth}?\ntheme: at-the-stand\nevaluates:{rest}");
        let path = format!("content/questions/part-{nth}.yaml");
        write(project.path(), &path, question);
    }
    project
}

fn start(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
    command.args(["build", "-q", "--adopt", "--root"]).arg(root);
    command
}

fn build(root: &Path) -> Output {
    start(root).output().expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files of an output folder that are the site's.
fn published(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = tree(out).into_iter();
    files
        .filter(|(path, _)| !path.starts_with(".prepbook-"))
        .collect()
}

#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl Aside for Shelf {
    fn standing(&self, _: &OutputPath, _: u128) -> Option<Bytes> {
        None
    }

    fn take(&self, path: &OutputPath, bytes: &Bytes) {
        let earlier = self
            .0
            .lock()
            .expect("whole")
            .insert(path.to_string(), bytes.to_vec());
        assert_eq!(earlier, None, "{path} came twice");
    }

    fn is_over(&self) -> bool {
        false
    }
}

#[test]
fn what_goes_aside_and_what_stays_are_the_site() {
    let project = large();
    let sources = prepbook::load::load(project.path()).expect("sources");
    let (options, memo) = (Options::default(), Memo::none());
    let whole = prepbook::build(&sources, &options, &memo, |_| {}).value;
    let shelf = Shelf::default();
    let rest = prepbook::build_aside(&sources, &options, &memo, Some(&shelf), |_| {}).value;
    let mut files = shelf.0.into_inner().expect("whole");
    assert!(files.len() > QUESTIONS / 10, "only {} files", files.len());
    assert_eq!(
        (rest.len(), rest.pages(), rest.bytes()),
        (whole.len(), whole.pages(), whole.bytes())
    );
    let texts = |(path, bytes): (&OutputPath, &Bytes)| (path.to_string(), bytes.to_vec());
    files.extend(rest.iter().map(texts));
    let whole: BTreeMap<_, _> = whole.iter().map(texts).collect();
    assert!(files == whole);

    assert!(build(project.path()).status.success());
    assert!(published(&project.path().join("output")) == whole);
}

#[test]
fn a_large_build_that_fails_leaves_nothing_behind() {
    let project = large();
    let output = project.path().join("output");
    let last = format!("part-{}", QUESTIONS - 1);
    let template = "themes/default/templates/question.html";
    let text = prepbook::load::built_in()
        .text(&SourcePath::new(template))
        .to_owned();
    let fault = format!("{{% if id == \"{last}\" %}}{{{{ 1 / id }}}}{{% endif %}}");
    write(
        project.path(),
        template,
        text.replacen("<h1", &format!("{fault}<h1"), 1),
    );
    let failed = build(project.path());
    assert_eq!(failed.status.code(), Some(1), "{}", told(&failed));
    assert!(!output.exists());

    std::fs::remove_file(project.path().join(template)).expect("removed");
    // Found only when the page comes, when others are aside already.
    write(
        &output,
        &format!("questions/{last}/index.html/mine"),
        "mine",
    );
    let before = tree(&output);
    let refused = build(project.path());
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(
        told(&refused).contains(&last) && told(&refused).contains("the site there is unchanged"),
        "{}",
        told(&refused)
    );
    assert_eq!(tree(&output), before);
}

#[cfg(unix)]
#[test]
fn a_large_build_that_is_asked_to_end_tidies_up() {
    let project = large();
    let output = project.path().join("output");
    let asked = || {
        let mut child = start(project.path()).spawn().expect("the program runs");
        let staging = output.join(".prepbook-staging");
        while !staging.exists() && child.try_wait().expect("known").is_none() {}
        let kill = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .output();
        kill.expect("kill runs");
        let code = child.wait().expect("it ends").code();
        assert!(!staging.exists());
        assert!(!output.exists() || output.join("index.html").exists());
        let has_ended = code == Some(130) && !output.exists();
        drop(std::fs::remove_dir_all(&output));
        has_ended
    };
    // Who asks late gets the whole site.
    assert!(
        (0..10).any(|_| asked()),
        "no build ended before it published"
    );
}
