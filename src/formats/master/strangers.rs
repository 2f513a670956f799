//! Keys that vanish before the decoder could refuse them (facts §1.2, §13).

use super::schema;
use crate::decode::schema::{Struct, Type};
use crate::model::load::{Stranger, Vanished};
use crate::release::Release;

/// Keys that are converted before anything is decoded (facts §1.4).
const CONVERTED: [&str; 4] =
    ["scheduler", "provisioner", "__internal.preemption_timeout", "resource_manager.determined_master_ip"];

/// Those that a release does not know in their place. Below a key that is unknown itself, nothing is said.
pub(super) fn among(vanished: &[Vanished], release: Release) -> Vec<Stranger> {
    let stranger = |vanished: &Vanished| {
        let (parents, key) = vanished.path.rsplit_once('.').unwrap_or(("", &vanished.path));
        let known = keys_at(parents, release)?;
        let is_known =
            CONVERTED.contains(&&*vanished.path) || known.iter().any(|known| known.eq_ignore_ascii_case(key));
        (!is_known).then(|| Stranger { key: key.to_owned(), span: vanished.key, known })
    };
    vanished.iter().filter_map(stranger).collect()
}

/// The keys that are known at a path; `None` where any may stand, or where the path leads nowhere.
fn keys_at(path: &str, release: Release) -> Option<Vec<&'static str>> {
    let steps = path.split('.').filter(|step| !step.is_empty());
    let below = |structs: Vec<_>, step| structs.iter().flat_map(|of: &&Struct| refusing(of, step)).collect();
    let structs: Vec<&'static Struct> = steps.fold(vec![&schema::CONFIG], below);
    let fields = structs.iter().flat_map(|of| of.fields).filter(|field| field.is_known_to(release));
    (!structs.is_empty()).then(|| fields.map(|field| field.key).collect())
}

/// What a key of a struct may hold that refuses unknown keys; of a union, all that it may be.
fn refusing(of: &Struct, key: &str) -> Vec<&'static Struct> {
    let mut ty = of.fields.iter().find(|field| field.key == key).map(|field| field.ty);
    while let Some(Type::Pointer(to)) = ty {
        ty = Some(to);
    }
    match ty {
        Some(Type::Struct(of)) => vec![of],
        Some(Type::Union(union)) => {
            let variants = union.variants.iter().filter_map(|variant| variant.ty.fields_of());
            std::iter::once(union.common).chain(variants).collect()
        }
        _ => Vec::new(),
    }
}
