//! `log_policies` of `task_container_defaults`, in the form of each release (`expconf/log_pattern_config.go`; facts §4.4).

use super::decoded::Decoded;
use super::go_json::Decoder;
use super::problem::ProblemKind;
use super::run::{Fault, Run};
use super::schema::{Field, Special, Struct, Type, Union, Variant};
use super::special::{fits, unreadable};
use crate::release::{Behaviour, keys};
use crate::source::Span;
use crate::value::{Value, go_text, json_text};

static LOG_ACTION: Type = Type::Special(Special::LogAction);
static LOG_ACTION_POINTER: Type = Type::Pointer(&LOG_ACTION);
static STRING: Type = Type::Text { go: "string" };
static STRING_POINTER: Type = Type::Pointer(&STRING);
static LOG_POLICY: Struct = Struct {
    name: "LogPolicyV0",
    go: "expconf.LogPolicyV0",
    fields: &[
        Field::plain("name", "RawName", &STRING_POINTER).dated(keys::LOG_POLICY_NAME),
        Field::plain("pattern", "RawPattern", &STRING_POINTER),
        Field::plain("action", "RawAction", &LOG_ACTION_POINTER),
    ],
};
static LOG_POLICY_TYPE: Type = Type::Struct(&LOG_POLICY);
pub(super) static LIST: Type = Type::List { item: &LOG_POLICY_TYPE, go: "expconf.DefaultParser" };

static OLD_POLICY: Struct = Struct {
    name: "LogPolicyV0",
    go: "expconf.LogPolicyV0",
    fields: &[Field::plain("pattern", "RawPattern", &STRING), Field::plain("action", "RawAction", &OLD_ACTION_TYPE)],
};
static OLD_POLICY_TYPE: Type = Type::Struct(&OLD_POLICY);
static OLD_LIST: Type = Type::List { item: &OLD_POLICY_TYPE, go: "expconf.LogPoliciesConfigV0" };
static OLD_ACTION_TYPE: Type = Type::Union(&OLD_ACTION);
static OLD_ACTION: Union = Union {
    tag: "type",
    common: &Struct { name: "LogActionV0", go: "expconf.LogActionV0", fields: &[] },
    variants: &[
        Variant { tag: "cancel_retries", go: "RawCancelRetries", ty: &CANCEL_RETRIES, period: None },
        Variant { tag: "exclude_node", go: "RawExcludeNode", ty: &EXCLUDE_NODE, period: None },
    ],
    wrap: Some("failed to parse searcher config"),
};
static CANCEL_RETRIES: Type =
    Type::Struct(&Struct { name: "LogActionCancelRetriesV0", go: "expconf.LogActionCancelRetriesV0", fields: &[] });
static EXCLUDE_NODE: Type =
    Type::Struct(&Struct { name: "LogActionExcludeNodeV0", go: "expconf.LogActionExcludeNodeV0", fields: &[] });

pub(super) fn policies(decoder: &mut Decoder, outer: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    if !decoder.release.has(Behaviour::LogActionAsText) {
        return decoder.value(outer, value, key, &OLD_LIST);
    }
    let mut run = Run::lenient();
    let decoded = decoder.value(&mut run, value, key, &LIST);
    let failed = run.failed();
    decoder.finish(outer, run, Some("failed to parse runtime items"));
    if let (Decoded::List(items), false) = (&decoded, failed) {
        let mut seen: Vec<&str> = Vec::new();
        for item in items {
            let Some(name) = item.as_record().and_then(|policy| policy.text("name")) else {
                continue;
            };
            if seen.contains(&name) {
                let problem =
                    decoder.problem(ProblemKind::Unreadable { what: "a policy name used once" }, item.span, None);
                let text = format!("log_policies have duplicated names {}", go_text::quoted(name));
                outer.stop(Fault::fixed(problem, text));
                break;
            }
            seen.push(name);
        }
    }
    decoded
}

static LEGACY_ACTION: Struct =
    Struct { name: "LegacyAction", go: "expconf.LegacyAction", fields: &[Field::plain("type", "Type", &ACTION_TEXT)] };
pub(super) static ACTION_TEXT: Type = Type::Text { go: "expconf.LogActionType" };
pub(super) static LEGACY_TYPE: Type = Type::Struct(&LEGACY_ACTION);

pub(super) fn action(decoder: &mut Decoder, outer: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    const WHAT: &str = "a log action: cancel_retries or exclude_node";
    let data = go_text::quoted(&json_text(value));
    let known = |text: &str| matches!(text, "cancel_retries" | "exclude_node");
    let legacy = fits(decoder.release, value, key, &LEGACY_TYPE);
    if let Ok(Decoded::Record(action)) = &legacy {
        let text = action.text("type").unwrap_or("").to_owned();
        if known(&text) {
            return Decoded::Text(text.into());
        }
        let error = format!("unrecognized legacy action type: {text}, data: {data}");
        return unreadable(decoder, outer, value, key, WHAT, error);
    }
    if let Some(text) = value.as_str() {
        if known(text) {
            return Decoded::Text(text.into());
        }
        let error = format!("unrecognized action type: {text}, data: {data}");
        return unreadable(decoder, outer, value, key, WHAT, error);
    }
    let error = legacy.err().unwrap_or_default();
    let error = format!("failed to unmarshal log action: {error}, data: {data}");
    unreadable(decoder, outer, value, key, WHAT, error)
}
