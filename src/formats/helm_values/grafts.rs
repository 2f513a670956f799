//! Blocks that are handed on from the values to the master without being written: in the text a word stands for each, and in
//! what is read of the text the block takes the place of its word.

use crate::value::{Member, Object, Value, ValueKind};

/// What a word stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// The whole value.
    Value,
    /// Some of the members of a mapping.
    Members,
}

/// No value that is printed without quotes holds such a word: with a tilde it is not tame.
const WORD: &str = "graft~";

/// The word for a block.
pub(super) fn word(index: usize) -> String {
    format!("{WORD}{index}")
}

/// Puts the blocks in the places of their words; `text` is what was read.
pub fn put_in(value: &mut Value, text: &str, blocks: &mut [Option<Value>]) {
    match &mut value.kind {
        ValueKind::String(written) => {
            let is_plain = text.get(value.span.start as usize..).is_some_and(|rest| rest.starts_with(WORD));
            if let Some(block) = index(written).filter(|_| is_plain).and_then(|at| blocks.get_mut(at)?.take()) {
                *value = block;
            }
        }
        ValueKind::Array(items) => items.iter_mut().for_each(|item| put_in(item, text, blocks)),
        ValueKind::Object(object) => put_in_members(object, text, blocks),
        _ => {}
    }
}

fn put_in_members(object: &mut Object, text: &str, blocks: &mut [Option<Value>]) {
    let mut members = Vec::new();
    for mut member in std::mem::take(object).into_members() {
        match index(&member.key).and_then(|at| blocks.get_mut(at)?.take()).map(|block| block.kind) {
            Some(ValueKind::Object(block)) => members.extend(block.into_members()),
            Some(_) => {}
            None => {
                put_in(&mut member.value, text, blocks);
                members.push(member);
            }
        }
    }
    *object = Object::from_written(members);
}

fn index(word: &str) -> Option<usize> {
    word.strip_prefix(WORD)?.parse().ok()
}

impl Spot {
    /// Whether a block can stand there.
    pub(super) fn takes(self, block: &Value, is_written_after: impl Fn(&Member) -> bool) -> bool {
        match (self, &block.kind) {
            (Self::Value, _) => true,
            (Self::Members, ValueKind::Object(object)) => {
                !object.is_empty() && !object.members().iter().any(is_written_after)
            }
            (Self::Members, _) => false,
        }
    }
}
