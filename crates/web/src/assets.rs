//! The front-end files embedded in the binary, and the handler that serves them under `/static/`.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One embedded file; its name holds a hash of its content, so that browsers may keep it for ever.
#[derive(Debug)]
pub struct Asset {
    /// The name that templates use, such as `site.css`.
    pub logical: &'static str,
    /// Where it is served, such as `/static/site.0123456789abcdef.css`.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its entity tag, quotes included.
    pub etag: &'static str,
    /// The file as it is.
    pub bytes: &'static [u8],
    /// The file compressed with brotli, where that pays.
    pub br: Option<&'static [u8]>,
    /// The file compressed with gzip, where that pays.
    pub gzip: Option<&'static [u8]>,
}

/// Finds a file by its path below `/static/`.
pub fn find(file: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path.strip_prefix("/static/") == Some(file))
}

/// Finds a file by the name that templates use.
pub fn named(logical: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.logical == logical)
}

/// Every file: the name that templates use and the address that they print.
pub fn manifest() -> impl Iterator<Item = (&'static str, &'static str)> {
    ASSETS.iter().map(|asset| (asset.logical, asset.path))
}

/// `GET /static/{file}`: the smallest variant that the browser accepts, cached without end.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = find(&file) else { return StatusCode::NOT_FOUND.into_response() };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag == asset.etag) {
        return (StatusCode::NOT_MODIFIED, common(asset)).into_response();
    }
    let accepts = |coding: &str| accepts(&headers, coding);
    let (coding, bytes) = match (asset.br, asset.gzip) {
        (Some(br), _) if accepts("br") => (Some("br"), br),
        (_, Some(gzip)) if accepts("gzip") => (Some("gzip"), gzip),
        _ => (None, asset.bytes),
    };
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type))];
    let mut response = (common(asset), kind, bytes).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn common(asset: &Asset) -> [(HeaderName, HeaderValue); 4] {
    [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::ETAG, HeaderValue::from_static(asset.etag)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]
}

/// Whether `Accept-Encoding` names the coding and does not refuse it with a weight of zero.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| {
            let (name, weight) = part.split_once(';').unwrap_or((part, ""));
            name.trim().eq_ignore_ascii_case(coding).then_some(weight)
        })
        .any(|weight| !refused(weight))
}

/// `q=0`, `q=0.0` and the like.
fn refused(weight: &str) -> bool {
    weight.split_once('=').is_some_and(|(_, value)| {
        value.trim().starts_with('0') && !value.contains(|c| ('1'..='9').contains(&c))
    })
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, accepts, find, manifest, serve};
    use axum::extract::Path;
    use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

    fn asking(encoding: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(encoding))])
    }

    #[test]
    fn what_templates_need_is_embedded() {
        for logical in ["bootstrap-italia.css", "bootstrap-italia.rtl.css", "fonts.css", "site.css"]
            .into_iter()
            .chain(["eu.svg", "site.js", "sprites.svg", "third-party-licences.txt"])
        {
            let (_, path) = manifest().find(|(name, _)| *name == logical).unwrap();
            assert!(find(path.trim_start_matches("/static/")).is_some(), "{logical}");
        }
    }

    #[test]
    fn style_sheets_name_only_files_that_exist() {
        let mut seen = 0;
        for asset in ASSETS.iter().filter(|asset| asset.content_type.starts_with("text/css")) {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            for url in text.split("url(").skip(1).map(|rest| rest.trim_start_matches('"')) {
                if !url.starts_with("data:") {
                    let end = url.find(['"', ')']).unwrap();
                    assert!(find(&url[..end]).is_some(), "{}: {}", asset.logical, &url[..end]);
                    seen += 1;
                }
            }
        }
        assert!(seen >= 6, "fonts.css names the fonts");
    }

    #[test]
    fn a_coding_is_taken_only_when_it_is_accepted() {
        assert!(accepts(&asking("gzip, deflate, br"), "br"));
        assert!(accepts(&asking("br;q=0.5"), "br"));
        assert!(!accepts(&asking("br;q=0, gzip"), "br"));
        assert!(!accepts(&asking("br;q=0.00"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }

    #[tokio::test]
    async fn the_smallest_accepted_variant_is_served_for_ever() {
        let (_, path) = manifest().find(|(name, _)| *name == "bootstrap-italia.css").unwrap();
        let file = || Path(path.trim_start_matches("/static/").to_owned());
        for (encoding, expected) in
            [("gzip, br", Some("br")), ("gzip", Some("gzip")), ("identity", None)]
        {
            let response = serve(file(), asking(encoding)).await;
            assert_eq!(response.status(), StatusCode::OK);
            let headers = response.headers();
            let coding = headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(coding, expected);
            assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        }
        let unknown = serve(Path("site.css".to_owned()), HeaderMap::new()).await;
        assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    }
}
