//! What a shell offers to complete an argument with. The argument takes any text: commands say better than the parser
//! what is wrong with one.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};

use crate::diagnostic::Code;
use crate::kind::Kind;
use crate::load::built_in_theme;

/// An argument with a list of what it may well be.
#[derive(Clone)]
pub(super) struct Offered(pub(super) fn() -> Vec<&'static str>);

impl TypedValueParser for Offered {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}

/// The kinds of records.
pub(super) fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.word()).collect()
}

/// The kinds of records that have files: what `new` can write.
pub(super) fn kinds_with_files() -> Vec<&'static str> {
    let kinds = Kind::ALL.iter().filter(|kind| !kind.folder().is_empty());
    kinds.map(|kind| kind.word()).collect()
}

/// What has a schema: kinds with files, and the handbook.
pub(super) fn schemas() -> Vec<&'static str> {
    let mut schemas = kinds_with_files();
    schemas.push("handbook");
    schemas
}

/// The codes of findings.
pub(super) fn codes() -> Vec<&'static str> {
    Code::ALL.iter().map(|code| code.word()).collect()
}

/// The files of the built-in site theme.
pub(super) fn theme_files() -> Vec<&'static str> {
    built_in_theme().map(|(path, _)| path).collect()
}
