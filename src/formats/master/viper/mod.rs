//! What viper 1.9 does to the tree between file and decoder (facts §1.2): keys lose their case in
//! mappings but not inside lists, nulls and empty mappings vanish, `..` splits a key, and values of keys
//! that are also flags are cast to the flag's type.

mod flags;
mod paths;

pub(super) use flags::is_flag;

use std::collections::BTreeMap;

use crate::model::load::{CaseCollision, Recast, Vanished};
use crate::source::Span;
use crate::value::{Member, Object, ValueKind};

/// The tree after viper, and what got lost on the way.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) root: Object,
    pub(super) vanished: Vec<Vanished>,
    pub(super) collisions: Vec<CaseCollision>,
    pub(super) recast: Vec<Recast>,
}

/// `AllSettings` after `MergeConfigMap`.
pub(super) fn all_settings(root: Object) -> Settings {
    let mut settings = Settings::default();
    let folded = fold(root, &mut settings.collisions);
    let split = match paths::is_ambiguous(&folded) {
        true => flags::keep_defaults(paths::split_keys(&folded, &mut settings.vanished), &folded),
        false => folded,
    };
    settings.root = without_nulls(split, "", &mut settings.vanished);
    settings.recast = flags::cast(&mut settings.root);
    settings
}

/// Lower-cases keys. Of two spellings of one key the one that is not all lower case wins; of several
/// such the master picks one at random, here the last.
fn fold(object: Object, collisions: &mut Vec<CaseCollision>) -> Object {
    let mut out: Vec<Member> = Vec::new();
    let mut others: Vec<Member> = Vec::new();
    for mut member in object.into_members() {
        if let ValueKind::Object(inner) = member.value.kind {
            member.value.kind = ValueKind::Object(fold(inner, collisions));
        }
        let lower = member.key.to_lowercase();
        if *lower == *member.key {
            out.push(member);
        } else {
            member.key = lower;
            others.push(member);
        }
    }
    if others.is_empty() {
        return Object::from_written(out);
    }
    note_collisions(&out, &others, collisions);
    out.append(&mut others);
    Object::from_written(out)
}

/// Notes every spelling that loses to the last one that is not all lower case.
fn note_collisions(lower: &[Member], others: &[Member], collisions: &mut Vec<CaseCollision>) {
    let winners: BTreeMap<&str, Span> = others.iter().map(|member| (&*member.key, member.key_span)).collect();
    for (rivals, random) in [(lower, false), (others, true)] {
        for rival in rivals {
            if let Some(&winner) = winners.get(&*rival.key).filter(|winner| **winner != rival.key_span) {
                collisions.push(CaseCollision { winner, loser: rival.key_span, random });
            }
        }
    }
}

fn without_nulls(object: Object, prefix: &str, vanished: &mut Vec<Vanished>) -> Object {
    let mut kept = Vec::with_capacity(object.members().len());
    for mut member in object.into_members() {
        let path = if prefix.is_empty() { member.key.to_string() } else { format!("{prefix}.{}", member.key) };
        let keep = match member.value.kind {
            ValueKind::Null => false,
            ValueKind::Object(inner) => {
                let inner = without_nulls(inner, &path, vanished);
                let keep = !inner.is_empty();
                member.value.kind = ValueKind::Object(inner);
                keep
            }
            _ => true,
        };
        if keep {
            kept.push(member);
        } else {
            vanished.push(Vanished { path, key: member.key_span, value: member.value.span });
        }
    }
    Object::from_written(kept)
}
