//! kubeconfig files as client-go v0.28.3 reads them, the release that the master is built with (facts §3.5).
//!
//! Pure: bytes in, data out. Files that a kubeconfig names are asked for through [`Files`], as the master's file system is
//! not this one.
//!
//! text ─ [`load`] ─► [`Kubeconfig`], every field with its bytes ─ [`confirm`] ─► what the master's client would be, or
//! the words with which it ends ([`Stop`]). [`mod@worth`] tells of every part what it
//! is worth inside the master.
//!
//! [`search()`], [`merge()`] and [`select()`] are the other way, that of `kubectl`: several files, one context out of them,
//! nothing left that points anywhere else; [`render()`] writes what a master gets.
//!
//! The proof are recorded verdicts of the real library in `fixtures/kubeconfig`.
//!
//! Nothing here shows a secret: tokens, keys, passwords and what plugins are given are [`Secret`]s, and words of the
//! library that would repeat a part of the file end in `…` before it.

pub mod address;
pub mod certificate;
mod client;
mod confirm;
mod convert;
mod fault;
mod go_url;
pub mod jwt;
mod kind;
mod load;
mod material;
mod model;
mod pem;
pub mod provider;
mod render;
mod schema;
mod search;
mod secret;
mod select;
pub mod worth;

pub use client::{Client, Credential, Stop, confirm};
pub use confirm::{FileAnswer, Files, NoFiles};
pub use fault::{Fault, FaultKind};
pub use load::{Loading, load};
pub use model::{AuthProvider, Cluster, Context, Exec, Extra, Kubeconfig, Named, Placed, User};
pub use render::{Output, OutputCredential, render};
pub use search::{Search, merge, search};
pub use secret::Secret;
pub use select::{Access, Impersonation, Login, Refusal, RefusalKind, Remark, Trust, select};
