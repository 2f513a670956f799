//! One call of `json.Unmarshal`: which of its errors is the result.

/// Whether unknown keys are errors in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Strictness {
    Strict,
    #[default]
    Lenient,
}

/// What becomes of a number or truth value where text is wanted (§1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numbers {
    BecomeText,
    #[default]
    AreErrors,
}

/// The state of one `json.Unmarshal`.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) strict: Strictness,
    pub(super) numbers: Numbers,
    pub(super) struct_name: Option<&'static str>,
    pub(super) fields: Vec<&'static str>,
    pub(super) hard: Option<Fault>,
    pub(super) soft: Option<Fault>,
}

/// An error on its way up.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) candidates: Vec<Candidate>,
    /// The struct and field path that a type error names; outer runs replace it by theirs.
    pub(super) place: Option<(&'static str, String)>,
}

/// One error that may be the one reported.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) problem: usize,
    pub(super) words: Words,
}

#[derive(Clone, Debug)]
pub(super) enum Words {
    Type { found: String, wanted: &'static str },
    Fixed(String),
}

impl Candidate {
    pub(super) fn text(&self, fault: &Fault) -> String {
        match (&self.words, &fault.place) {
            (Words::Fixed(text), _) => text.clone(),
            (Words::Type { found, wanted }, Some((name, fields))) => {
                format!("json: cannot unmarshal {found} into Go struct field {name}.{fields} of type {wanted}")
            }
            (Words::Type { found, wanted }, None) => {
                format!("json: cannot unmarshal {found} into Go value of type {wanted}")
            }
        }
    }
}

impl Fault {
    pub(super) fn fixed(problem: usize, text: String) -> Self {
        Self { candidates: vec![Candidate { problem, words: Words::Fixed(text) }], place: None }
    }

    /// One of several texts, chosen at random by the master; `None` without any.
    pub(super) fn any_of(texts: Vec<(usize, String)>) -> Option<Self> {
        let candidates: Vec<Candidate> =
            texts.into_iter().map(|(problem, text)| Candidate { problem, words: Words::Fixed(text) }).collect();
        (!candidates.is_empty()).then_some(Self { candidates, place: None })
    }

    /// `errors.Wrap`: the text is settled now, outer runs no longer add their place.
    pub(super) fn wrap(self, prefix: &str) -> Self {
        let candidates = self
            .candidates
            .iter()
            .map(|candidate| Candidate {
                problem: candidate.problem,
                words: Words::Fixed(format!("{prefix}: {}", candidate.text(&self))),
            })
            .collect();
        Self { candidates, place: None }
    }
}

impl Run {
    pub(super) fn lenient() -> Self {
        Self::default()
    }

    pub(super) fn result(self) -> Option<Fault> {
        self.hard.or(self.soft)
    }

    pub(super) fn failed(&self) -> bool {
        self.hard.is_some() || self.soft.is_some()
    }

    fn place(&self) -> Option<(&'static str, String)> {
        self.struct_name.map(|name| (name, self.fields.join(".")))
    }

    pub(super) fn save(&mut self, mut fault: Fault) {
        if self.hard.is_none() && self.soft.is_none() {
            fault.place = self.place();
            self.soft = Some(fault);
        }
    }

    pub(super) fn stop(&mut self, mut fault: Fault) {
        if self.hard.is_none() {
            if let Some(place) = self.place() {
                fault.place = Some(place);
            }
            self.hard = Some(fault);
        }
    }
}
