//! As much of HTTP/1.1 as a server needs that shall be able to break it.

use std::io::{self, Read, Write};

use serde_json::Value;

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    head: String,
}

impl Request {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// The value of a parameter of the query, as it stands there.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let query = self.path.split_once('?')?.1;
        query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// Whether a read only took longer than we look away.
pub(crate) fn is_only_late(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// The next request of a connection; none when the client has gone or the server is to stop.
pub(crate) fn read(connection: &mut impl Read, going_on: &dyn Fn() -> bool) -> io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    let mut more = |bytes: &mut Vec<u8>| -> io::Result<bool> {
        let mut part = [0; 4096];
        while going_on() {
            match connection.read(&mut part) {
                Ok(0) => return Ok(false),
                Ok(count) => {
                    bytes.extend(part.iter().take(count));
                    return Ok(true);
                }
                Err(error) if is_only_late(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    };
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if !more(&mut bytes)? {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned();
    let mut body = bytes.split_off(end);
    let length = header(&head, "content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    while body.len() < length {
        if !more(&mut body)? {
            return Ok(None);
        }
    }
    let mut words = head.split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, path) = (word(), word());
    Ok(Some(Request { method, path, body, head }))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut headers = head.lines().filter_map(|line| line.split_once(':'));
    headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// An answer.
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// The length that is promised, when it is not the real one.
    promised: Option<usize>,
}

impl Answer {
    /// Bytes of some type.
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self { status, headers, body: body.into(), promised: None }
    }

    /// A JSON document.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    /// With another header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Ends after this share of the body, which was promised in whole.
    pub(crate) fn cut(mut self, keep: usize) -> Self {
        self.promised = Some(self.body.len());
        self.body.truncate(keep);
        self
    }

    /// Sends it.
    pub(crate) fn write(&self, connection: &mut impl Write) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} Because\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", self.promised.unwrap_or(self.body.len())));
        connection.write_all(head.as_bytes())?;
        connection.write_all(&self.body)?;
        connection.flush()
    }
}
