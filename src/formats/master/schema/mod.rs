//! The master's configuration as tables: every struct of release 0.38.1 with its keys, types and
//! decoders (facts §2, §1.5).
//!
//! The tables are data for [`crate::decode`]; what the values mean is the business of `lift`.

mod compute;
pub(in crate::formats) mod pod;
mod pools;
mod provider;
mod resource_managers;
mod root;
mod storage;
mod task_container_defaults;

pub(in crate::formats) use root::CONFIG;

use crate::decode::schema::{Special, Type};

const TEXT: Type = Type::Text { go: "string" };
const BOOL: Type = Type::Bool;
const INT: Type = Type::Int { bits: 64, go: "int" };
const INT32: Type = Type::Int { bits: 32, go: "int32" };
const INT64: Type = Type::Int { bits: 64, go: "int64" };
const FLOAT32: Type = Type::Float { bits: 32, go: "float32" };
const DURATION: Type = Type::Special(Special::Duration);
const TEXT_LIST: Type = Type::List { item: &TEXT, go: "[]string" };
const TEXT_MAP: Type = Type::Map { value: &TEXT, go: "map[string]string" };
const DEVICE_TYPE: Type = Type::Text { go: "device.Type" };
const TEXT_POINTER: Type = Type::Pointer(&TEXT);
const INT_POINTER: Type = Type::Pointer(&INT);
const BOOL_POINTER: Type = Type::Pointer(&BOOL);
