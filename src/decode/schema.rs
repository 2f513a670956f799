//! The vocabulary in which the tables of `formats` describe Go types.

use crate::release::{Period, Release};

/// What a place in a configuration takes.
#[derive(Debug)]
pub enum Type {
    /// `bool`
    Bool,
    /// A whole number of so many bits.
    Int {
        /// Width in bits.
        bits: u8,
        /// The name in messages: `int`, `int32` …
        go: &'static str,
    },
    /// A floating point number.
    Float {
        /// Width in bits.
        bits: u8,
        /// The name in messages.
        go: &'static str,
    },
    /// Text.
    Text {
        /// The name in messages: `string`, `device.Type` …
        go: &'static str,
    },
    /// A list.
    List {
        /// What its items are.
        item: &'static Type,
        /// The name in messages.
        go: &'static str,
    },
    /// A mapping with free keys.
    Map {
        /// What its values are.
        value: &'static Type,
        /// The name in messages.
        go: &'static str,
    },
    /// A struct that the surrounding decoder reads itself: strict where that one is.
    Struct(&'static Struct),
    /// A type behind a pointer: null means absent.
    Pointer(&'static Type),
    /// A struct with an `UnmarshalJSON` of its own: a fresh decoder, lenient to unknown keys, whose
    /// first error ends the surrounding decoder at once.
    Own(&'static Own),
    /// A struct whose keys depend on a tag (`union` in the master): strict for its own keys, spelling
    /// exact, and like [`Type::Own`] a decoder of its own.
    Union(&'static Union),
    /// A type with an `UnmarshalJSON` that is none of the above.
    Special(Special),
    /// Anything.
    Any,
}

/// A Go struct.
#[derive(Debug)]
pub struct Struct {
    /// The bare name, as in `Go struct field Config.port`.
    pub name: &'static str,
    /// The qualified name, as in `of type config.Config`.
    pub go: &'static str,
    /// The fields in Go's order.
    pub fields: &'static [Field],
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field {
    /// The key in JSON; for fields without a tag the Go name.
    pub key: &'static str,
    /// The Go name, as in validation paths; with the embedded struct before it where there is one.
    pub go: &'static str,
    /// What it takes.
    pub ty: &'static Type,
    /// How a value of it may be shown.
    pub trait_: Trait,
    /// The releases that know it; `None` for all.
    pub period: Option<Period>,
}

impl Field {
    /// A field without specials.
    #[must_use]
    pub const fn plain(key: &'static str, go: &'static str, ty: &'static Type) -> Self {
        Self { key, go, ty, trait_: Trait::Plain, period: None }
    }

    /// A field whose value is never shown.
    #[must_use]
    pub const fn secret(key: &'static str, go: &'static str, ty: &'static Type) -> Self {
        Self { key, go, ty, trait_: Trait::Secret, period: None }
    }

    /// A field of an embedded struct.
    #[must_use]
    pub const fn embedded(key: &'static str, go: &'static str, ty: &'static Type) -> Self {
        Self { key, go, ty, trait_: Trait::Embedded, period: None }
    }

    /// A field that Go leaves out when it is empty.
    #[must_use]
    pub const fn omitted(key: &'static str, go: &'static str, ty: &'static Type) -> Self {
        Self { key, go, ty, trait_: Trait::OmitEmpty, period: None }
    }

    /// The same field, known to some releases only.
    #[must_use]
    pub const fn dated(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Whether a release knows it.
    #[must_use]
    pub fn is_known_to(&self, release: Release) -> bool {
        self.period.is_none_or(|period| period.contains(release))
    }
}

/// What is special about a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// Nothing.
    Plain,
    /// Its value must never be shown.
    Secret,
    /// It sits in an embedded struct, where ghodss/yaml does not find it: numbers are not turned into text
    /// below it (§1.1).
    Embedded,
    /// Go leaves it out of what it prints when it is empty.
    OmitEmpty,
}

/// A struct with a decoder of its own.
#[derive(Debug)]
pub struct Own {
    /// The struct.
    pub of: &'static Struct,
    /// The prefix that its `UnmarshalJSON` puts before an error.
    pub wrap: Option<&'static str>,
    /// Whether the wrapped value is a string in a short form too (`host:container` of a device).
    pub short_form: Option<ShortForm>,
}

/// Structs that may be written as one string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortForm {
    /// `host:container[:mode]`
    Device,
}

/// A tagged struct.
#[derive(Debug)]
pub struct Union {
    /// The key of the tag.
    pub tag: &'static str,
    /// The struct that holds the common fields; its name appears in messages.
    pub common: &'static Struct,
    /// Tag value, Go name of the field, and type of each variant; the types are structs, plain or own.
    pub variants: &'static [Variant],
    /// The prefix before errors in the common fields.
    pub wrap: Option<&'static str>,
}

/// One choice of a [`Union`].
#[derive(Debug)]
pub struct Variant {
    /// The value of the tag.
    pub tag: &'static str,
    /// The Go name of the field that holds it, as in validation paths.
    pub go: &'static str,
    /// What it is.
    pub ty: &'static Type,
    /// The releases that know it; `None` for all.
    pub period: Option<Period>,
}

/// Types with peculiar decoders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// `model.Duration`: a string such as `5m`.
    Duration,
    /// One image for all slot types, or one each (`model.RuntimeItem`).
    RuntimeItem,
    /// One list of variables for all slot types, or one each (`model.RuntimeItems`).
    RuntimeItems,
    /// A list of devices.
    Devices,
    /// A list of bind mounts.
    BindMounts,
    /// A list of log policies.
    LogPolicies,
    /// What a log policy does.
    LogAction,
    /// `resource.Quantity`
    Quantity,
    /// `intstr.IntOrString`
    IntOrString,
    /// `metav1.Time`
    Time,
    /// `metav1.FieldsV1`
    RawObject,
    /// An `int64` that must stand in quotes.
    QuotedInt,
    /// `[]byte` in base64.
    Bytes,
}

impl Type {
    /// The name in messages.
    #[must_use]
    pub fn go(&self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int { go, .. }
            | Self::Float { go, .. }
            | Self::Text { go }
            | Self::List { go, .. }
            | Self::Map { go, .. } => go,
            Self::Struct(of) => of.go,
            Self::Pointer(to) => to.go(),
            Self::Own(own) => own.of.go,
            Self::Union(union) => union.common.go,
            Self::Special(_) | Self::Any => "interface {}",
        }
    }

    /// The struct whose keys are written at this place, for a union the common part.
    #[must_use]
    pub fn fields_of(&self) -> Option<&'static Struct> {
        match self {
            Self::Struct(of) => Some(of),
            Self::Own(own) => Some(own.of),
            Self::Union(union) => Some(union.common),
            Self::Pointer(to) => to.fields_of(),
            _ => None,
        }
    }
}

impl Struct {
    /// The field that encoding/json picks for a key: the exact spelling first, else the first that is
    /// equal but for case.
    #[must_use]
    pub fn field(&self, key: &str, release: Release) -> Option<&'static Field> {
        let known = || self.fields.iter().filter(|field| field.is_known_to(release));
        known().find(|field| field.key == key).or_else(|| known().find(|field| folds_to(field.key, key)))
    }
}

/// Go's simple case folding, as far as keys of ASCII letters can meet it: the long s and the Kelvin
/// sign fold to `s` and `k`.
fn folds_to(field: &str, key: &str) -> bool {
    let fold = |c: char| match c {
        'ſ' => 's',
        '\u{212a}' => 'k',
        c => c.to_ascii_lowercase(),
    };
    field.chars().map(fold).eq(key.chars().map(fold))
}
