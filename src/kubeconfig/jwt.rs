//! What a service account token says of itself. Its signature is the API server's business.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Secret;

/// The claims that matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Whom it stands for: `system:serviceaccount:NAMESPACE:NAME`.
    pub subject: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Until when it holds, in seconds since 1970; a token of a Secret never ends.
    pub expires: Option<i64>,
    /// From when on it holds, in seconds since 1970.
    pub issued: Option<i64>,
    /// The number of this one token.
    pub id: Option<String>,
}

/// Reads the claims of a token, if it is a JSON web token at all.
#[must_use]
pub fn claims(token: &Secret) -> Option<Claims> {
    let text = token.expose_text()?.trim();
    let mut parts = text.split('.');
    let (_, body, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let body = URL_SAFE_NO_PAD.decode(body.trim_end_matches('=')).ok()?;
    let body: serde_json::Value = serde_json::from_slice(&body).ok()?;
    let text = |key: &str| body.get(key)?.as_str().map(str::to_owned);
    // RFC 7519 allows fractions of a second.
    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 stay far below 2^53")]
    let seconds = |key: &str| body.get(key)?.as_f64().map(|seconds| seconds as i64);
    body.is_object().then(|| Claims {
        subject: text("sub"),
        issuer: text("iss"),
        expires: seconds("exp"),
        issued: seconds("iat"),
        id: text("jti"),
    })
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::{Secret, URL_SAFE_NO_PAD, claims};

    #[test]
    fn claims_are_read_and_anything_else_is_no_token() {
        let body = URL_SAFE_NO_PAD.encode(r#"{"sub":"system:serviceaccount:a:b","exp":1700000000,"jti":"x"}"#);
        let found = claims(&Secret::new(format!("aGk.{body}.sig\n"))).unwrap();
        assert_eq!(found.subject.as_deref(), Some("system:serviceaccount:a:b"));
        assert_eq!(found.expires, Some(1_700_000_000));
        for text in ["", "a.b", "a.b.c", "a.b.c.d", "\u{0}.\u{0}.\u{0}"] {
            assert_eq!(claims(&Secret::new(text)), None, "{text}");
        }
    }
}
