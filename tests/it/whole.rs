//! The whole way from a text to its judgement, on texts that nobody would write. More of them by
//! `DETCTL_FUZZ=100000`.

use detctl::diagnostic::Finding;
use detctl::judge::{self, Judgement, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::source::SourceMap;

use crate::yaml::mutations::{is_exact, texts};

fn judged(text: &str) -> (SourceMap, Judgement) {
    let mut sources = SourceMap::new();
    let id = sources.add("master.yaml", text);
    let judgement = judge::judge(&mut sources, id, Some(Kind::Master), &Options::default()).unwrap();
    (sources, judgement)
}

fn spans_are_exact(sources: &SourceMap, finding: &Finding) -> bool {
    let labels = finding.labels.iter().map(|label| label.span);
    let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
    labels.chain(edits).all(|span| is_exact(sources.file(span.source), span))
}

#[test]
fn any_text_is_judged_with_exact_places_and_the_same_way_twice() {
    for text in texts() {
        let (sources, judgement) = judged(&text);
        for finding in &judgement.findings {
            assert!(spans_are_exact(&sources, finding), "{finding:?}\n{text:?}");
            assert!(finding.labels.first().is_some_and(|label| label.primary), "{finding:?}");
            assert!(detctl::rules::find(finding.rule).is_some(), "{} is not registered", finding.rule);
        }
        for secret in &judgement.secrets {
            assert!(is_exact(sources.file(secret.source), *secret), "{secret:?}\n{text:?}");
        }
        let (_, again) = judged(&text);
        assert_eq!(format!("{judgement:?}"), format!("{again:?}"), "{text:?}");
    }
}

#[test]
fn whatever_is_refused_has_a_finding_that_says_so() {
    for text in texts() {
        let (_, judgement) = judged(&text);
        let refused = judgement.configurations.iter().any(|configuration| configuration.verdict != Verdict::Accepts);
        let told = judgement.findings.iter().any(|finding| finding.load.is_some());
        assert_eq!(refused, told, "{text:?}");
    }
}

/// Hostile texts (validation facts §3.3, §7): each is judged, none ends the process.
#[test]
fn hostile_texts_are_judged() {
    let laughs = (1..10).fold("a0: &a0 [x]\n".to_owned(), |text, level| {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        format!("{text}a{level}: &a{level} [{inner}]\n")
    });
    let comments = format!("resource_manager:\n{}  type: kubernetes\n  max_slots_per_pod: 1\n", "  # c\n".repeat(500));
    let nested: String = (0..900).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let cases = [
        (laughs, Verdict::Refuses),
        (comments, Verdict::Accepts),
        (nested, Verdict::Accepts),
        ("a: &a [*a]\n".to_owned(), Verdict::Refuses),
        ("[".repeat(100_000), Verdict::Refuses),
        ("- ".repeat(100_000), Verdict::Refuses),
        (format!("? {}\n: 1\n", "k".repeat(2_000)), Verdict::Refuses),
        ("resource_pools:\n".to_owned() + &"  - {}\n".repeat(33_000), Verdict::Refuses),
        ("a: {{ .Values.x }}\n".to_owned(), Verdict::Refuses),
        ("a: \u{0}\n".to_owned(), Verdict::Refuses),
    ];
    for (text, verdict) in cases {
        let (_, judgement) = judged(&text);
        let got = judgement.configurations[0].verdict;
        assert_eq!(got, verdict, "{:?} {:?}", &text[..60.min(text.len())], judgement.configurations[0].messages);
    }
}
