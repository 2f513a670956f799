//! `--set` and `--set-string` as Helm reads them: `a.b=1,c[0].d=x,e={f,g}`, laid over the values of all files.

use super::given::{Given, GivenKind, Table};
use crate::model::chart::{Reason, Stop};
use crate::source::{SourceId, Span};
use crate::value::go_text::{quoted, quoted_rune};

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Its text.
    pub text: String,
    /// How its values are read.
    pub typing: Typing,
}

/// How values of an argument are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// `--set`: truth values, null and whole numbers are such.
    Guessed,
    /// `--set-string`: everything is text.
    Text,
}

impl Set {
    /// The option's name.
    #[must_use]
    pub fn option(&self) -> &'static str {
        match self.typing {
            Typing::Guessed => "--set",
            Typing::Text => "--set-string",
        }
    }

    /// Changes the values as the argument says; `source` holds its text.
    ///
    /// # Errors
    /// With Helm's words, when the argument is no such list or does not fit the values.
    pub fn apply(&self, source: SourceId, values: &mut Table) -> Result<(), Stop> {
        let mut parser = Parser { text: &self.text, at: 0, source, typing: self.typing };
        loop {
            match parser.key(values, 0) {
                Ok(()) => {}
                Err(Halt::End) => return Ok(()),
                Err(Halt::Words(words, place)) => {
                    let words = format!("failed parsing {} data: {words}", self.option());
                    let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
                    let place = Some(place.unwrap_or(Span::new(source, 0, end)));
                    return Err(Stop { words, place, path: self.text.clone(), reason: Reason::Set });
                }
            }
        }
    }
}

/// The end of the text, or what is wrong with it: the words, and the value that it does not fit.
enum Halt {
    End,
    Words(String, Option<Span>),
}

type Done = Result<(), Halt>;

/// Deepest names and longest lists that Helm takes.
const DEPTH: usize = 30;
const LENGTH: usize = 65_536;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    source: SourceId,
    typing: Typing,
}

impl Parser<'_> {
    fn key(&mut self, data: &mut Table, depth: usize) -> Done {
        let start = self.at;
        let (name, last) = self.until(&['=', '[', ',', '.']);
        let key = Some(self.span(start, start + name.len()));
        match last {
            None if name.is_empty() => Err(Halt::End),
            None => fail(format!("key {} has no value", quoted(&name))),
            Some('[') => {
                let at = self.index().map_err(wrapped)?;
                let mut list = match data.get(&*name) {
                    None => Vec::new(),
                    Some(Given { kind: GivenKind::List(items), .. }) => items.clone(),
                    Some(other) => return misfit(other, "[]interface {}"),
                };
                let done = self.item(&mut list, at, depth);
                set(data, &name, Given { kind: GivenKind::List(list), key, place: key });
                done
            }
            Some('=') => {
                let (value, done) = self.value()?;
                set(data, &name, Given { key, ..value });
                done
            }
            Some(',') => {
                set(data, &name, self.empty(key));
                fail(format!("key {} has no value (cannot end with ,)", quoted(&name)))
            }
            Some(_) => self.nested(data, &name, key, depth + 1),
        }
    }

    fn nested(&mut self, data: &mut Table, name: &str, key: Option<Span>, depth: usize) -> Done {
        if depth > DEPTH {
            return fail(format!("value name nested level is greater than maximum supported nested level of {DEPTH}"));
        }
        let mut inner = match data.get(name) {
            None => Given { kind: GivenKind::Table(Table::new()), key, place: key },
            Some(Given { kind: GivenKind::Table(_), .. }) => data.remove(name).unwrap_or_else(|| self.empty(key)),
            Some(other) => return misfit(other, "map[string]interface {}"),
        };
        let GivenKind::Table(table) = &mut inner.kind else { return Ok(()) };
        let done = self.key(table, depth);
        let is_empty = table.is_empty();
        if !is_empty {
            set(data, name, inner);
        }
        match done {
            Ok(()) if is_empty => fail(format!("key map {} has no value", quoted(name))),
            done => done,
        }
    }

    fn item(&mut self, list: &mut Vec<Given>, at: i64, depth: usize) -> Done {
        if at < 0 {
            return fail(format!("negative {at} index not allowed"));
        }
        let start = self.at;
        let (rest, last) = self.until(&['[', '.', '=']);
        if !rest.is_empty() {
            let shown: Vec<String> = rest.chars().map(quoted_rune).collect();
            return fail(format!("unexpected data at end of array index: [{}]", shown.join(" ")));
        }
        let index = usize::try_from(at).unwrap_or(usize::MAX);
        match last {
            None => Err(Halt::End),
            Some('=') => {
                let (value, _) = self.value()?;
                put(list, index, value)
            }
            Some('[') => {
                let next = self.index().map_err(wrapped)?;
                let mut inner = match list.get(index).map(|item| (&item.kind, item)) {
                    None | Some((GivenKind::Null, _)) => Vec::new(),
                    Some((GivenKind::List(items), _)) => items.clone(),
                    Some((_, other)) => return misfit(other, "[]interface {}"),
                };
                self.item(&mut inner, next, depth)?;
                let place = Some(self.span(start, self.at));
                put(list, index, Given { kind: GivenKind::List(inner), key: None, place })
            }
            Some(_) => {
                let place = Some(self.span(start, self.at));
                let fresh = || Given { kind: GivenKind::Table(Table::new()), key: None, place };
                let old = list.get(index).filter(|item| item.as_table().is_some()).cloned();
                let mut inner = old.unwrap_or_else(fresh);
                let GivenKind::Table(table) = &mut inner.kind else { return Ok(()) };
                let done = self.key(table, depth);
                // Helm takes the end of the text after `a[0].b=` for a fault and leaves the list as it was; an element
                // that was there has changed by then.
                if done.is_ok() || index < list.len() {
                    put(list, index, inner)?;
                }
                done
            }
        }
    }

    fn index(&mut self) -> Result<i64, Halt> {
        let (text, last) = self.until(&[']']);
        if last.is_none() {
            return Err(Halt::Words("EOF".to_owned(), None));
        }
        let wrong = || Halt::Words(format!("strconv.Atoi: parsing {}: invalid syntax", quoted(&text)), None);
        text.parse().map_err(|_| wrong())
    }

    /// A value, and whether the text ends with it.
    fn value(&mut self) -> Result<(Given, Done), Halt> {
        let start = self.at;
        match self.peek() {
            None => Ok((self.empty(Some(self.span(start, start))), Err(Halt::End))),
            Some('{') => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    let from = self.at;
                    let (text, last) = self.until(&[',', '}']);
                    if last.is_none() {
                        return Err(Halt::Words("list must terminate with '}'".to_owned(), None));
                    }
                    items.push(self.typed(&text, from));
                    if last == Some('}') {
                        break;
                    }
                }
                let place = Some(self.span(start, self.at));
                if self.peek() == Some(',') {
                    self.at += 1;
                }
                Ok((Given { kind: GivenKind::List(items), key: None, place }, Ok(())))
            }
            Some(_) => {
                let (text, _) = self.until(&[',']);
                Ok((self.typed(&text, start), Ok(())))
            }
        }
    }

    fn typed(&self, text: &str, start: usize) -> Given {
        let end = start + self.text.get(start..self.at).map_or(0, |read| read.trim_end_matches([',', '}']).len());
        let kind = match self.typing {
            Typing::Text => GivenKind::Text(text.into()),
            Typing::Guessed if text.eq_ignore_ascii_case("true") => GivenKind::Bool(true),
            Typing::Guessed if text.eq_ignore_ascii_case("false") => GivenKind::Bool(false),
            Typing::Guessed if text.eq_ignore_ascii_case("null") => GivenKind::Null,
            Typing::Guessed if text == "0" => GivenKind::Int(0),
            Typing::Guessed => match text.parse().ok().filter(|_| !text.starts_with('0')) {
                Some(number) => GivenKind::Int(number),
                None => GivenKind::Text(text.into()),
            },
        };
        Given { kind, key: None, place: Some(self.span(start, end)) }
    }

    fn empty(&self, place: Option<Span>) -> Given {
        Given { kind: GivenKind::Text("".into()), key: None, place }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// What stands before one of these characters, which is taken too; a backslash takes the next one as it is.
    fn until(&mut self, stop: &[char]) -> (String, Option<char>) {
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            if stop.contains(&c) {
                return (out, Some(c));
            }
            if c != '\\' {
                out.push(c);
            } else if let Some(next) = self.peek() {
                self.at += next.len_utf8();
                out.push(next);
            }
        }
        (out, None)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let place = |byte: usize| u32::try_from(byte.min(self.text.len())).unwrap_or(u32::MAX);
        Span::new(self.source, place(start), place(end.max(start)))
    }
}

fn fail<T>(words: String) -> Result<T, Halt> {
    Err(Halt::Words(words, None))
}

fn wrapped(halt: Halt) -> Halt {
    match halt {
        Halt::Words(words, place) => Halt::Words(format!("error parsing index: {words}"), place),
        Halt::End => Halt::End,
    }
}

fn misfit<T>(given: &Given, wanted: &str) -> Result<T, Halt> {
    let got = if given.is_null() { "nil" } else { given.go_type() };
    let words = format!("unable to parse key: interface conversion: interface {{}} is {got}, not {wanted}");
    Err(Halt::Words(words, given.anchor()))
}

fn set(data: &mut Table, name: &str, value: Given) {
    if !name.is_empty() {
        let _ = data.insert(name.into(), value);
    }
}

fn put(list: &mut Vec<Given>, index: usize, value: Given) -> Done {
    if index > LENGTH {
        return fail(format!("index of {index} is greater than maximum supported index of {LENGTH}"));
    }
    while list.len() <= index {
        list.push(Given { kind: GivenKind::Null, key: None, place: None });
    }
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(sets: &[(&str, Typing)]) -> Result<String, String> {
        let mut values = Table::new();
        for (text, typing) in sets {
            let set = Set { text: (*text).to_owned(), typing: *typing };
            set.apply(SourceId::default(), &mut values).map_err(|stop| stop.words)?;
        }
        Ok(Given { kind: GivenKind::Table(values), key: None, place: None }.printed())
    }

    /// Each answer is Helm's.
    #[test]
    fn arguments_are_read_as_helm_reads_them() {
        use Typing::{Guessed, Text};
        let given = |text| after(&[(text, Guessed)]);
        let fails = |words: &str| Err(format!("failed parsing --set data: {words}"));
        assert_eq!(
            given("a=1,b=1000000,c=007,d=1.50,e=TRUE,f=null,g="),
            Ok("map[a:1 b:1000000 c:007 d:1.50 e:true f:<nil> g:]".into())
        );
        assert_eq!(given("a.b=1,a.c=x\\,y,d\\.e={f,2}"), Ok("map[a:map[b:1 c:x,y] d.e:[f 2]]".into()));
        assert_eq!(given("a[1].b=1,a[0][0]=2"), Ok("map[a:[[2] map[b:1]]]".into()));
        assert_eq!(after(&[("a=1", Guessed), ("a=true", Text)]), Ok("map[a:true]".into()));
        assert_eq!(given("x"), fails("key \"x\" has no value"));
        assert_eq!(given("x,y=1"), fails("key \"x\" has no value (cannot end with ,)"));
        assert_eq!(given("x.=1"), fails("key map \"x\" has no value"));
        assert_eq!(given("x={a,b"), fails("list must terminate with '}'"));
        assert_eq!(given("x[0]y=1"), fails("unexpected data at end of array index: ['y']"));
        assert_eq!(given("x[-1]=1"), fails("negative -1 index not allowed"));
        assert_eq!(given("x[70000]=1"), fails("index of 70000 is greater than maximum supported index of 65536"));
        assert_eq!(given("x[0"), fails("error parsing index: EOF"));
        assert_eq!(
            given("x=1,x.a=1"),
            fails("unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}")
        );
    }
}
