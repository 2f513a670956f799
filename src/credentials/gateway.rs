//! What an internal task gateway needs on a cluster, held against what is there.

use super::checks;
use super::judge::{Outcome, State};
use super::survey::GatewaySeen;

/// Whether everything for an internal task gateway is there; nothing if none is configured. `ports` are the first and
/// last of its range.
#[must_use]
pub fn outcome(seen: Option<&GatewaySeen>, (name, ports): (&str, (i64, i64))) -> Option<Outcome> {
    let check = &checks::GATEWAY;
    let seen = seen?;
    let failed = |words: String| Some(Outcome::new(check, State::Failed, words));
    if let Some(why) = &seen.unseen {
        return Some(Outcome::new(check, State::Unknown, why.clone()));
    }
    if !seen.has_gateways {
        return failed("the cluster has no gateway.networking.k8s.io/v1".to_owned());
    }
    if !seen.has_routes {
        return failed(
            "the cluster has no TCPRoute of gateway.networking.k8s.io/v1alpha2, which is in the experimental channel"
                .to_owned(),
        );
    }
    let Some(listeners) = &seen.listeners else {
        return failed(format!("there is no Gateway {name}; the master makes none"));
    };
    if listeners.is_empty() {
        return failed(format!("the Gateway {name} has no listener, and needs one from the start"));
    }
    // The chart's own marks start with `det-`; what the master adds comes beside the others, 64 in all.
    let others = listeners.iter().filter(|(name, _)| !name.starts_with("det-")).count();
    let room = 64_usize.saturating_sub(others);
    let wanted = usize::try_from(ports.1 - ports.0 + 1).unwrap_or(0);
    let taken: Vec<i64> = listeners
        .iter()
        .filter(|(name, port)| !name.starts_with("det-") && (ports.0..=ports.1).contains(port))
        .map(|(_, port)| *port)
        .collect();
    if !taken.is_empty() {
        let shown = taken.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        return Some(Outcome::new(
            check,
            State::Warned,
            format!("listeners of others lie in the range of ports: {shown}"),
        ));
    }
    if wanted > room {
        let words = format!("the range has {wanted} ports, and a Gateway has 64 listeners, of which {room} are free");
        return Some(Outcome::new(check, State::Warned, words));
    }
    Some(Outcome::new(check, State::Passed, format!("the Gateway {name} has {} listeners", listeners.len())))
}
