//! Logos: simple drawings that cannot run or load anything.

/// Largest logo in bytes.
pub(crate) const LARGEST: usize = 32 * 1024;

/// What a drawing may be made of.
const ELEMENTS: [&str; 17] = [
    "svg",
    "g",
    "path",
    "circle",
    "ellipse",
    "rect",
    "line",
    "polyline",
    "polygon",
    "title",
    "desc",
    "defs",
    "lineargradient",
    "radialgradient",
    "stop",
    "text",
    "tspan",
];

/// What the parts may say.
const ATTRIBUTES: [&str; 41] = [
    "xmlns",
    "viewbox",
    "width",
    "height",
    "role",
    "aria-label",
    "id",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "transform",
    "fill",
    "fill-rule",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "opacity",
    "offset",
    "stop-color",
    "stop-opacity",
    "gradientunits",
    "gradienttransform",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "letter-spacing",
    "dominant-baseline",
];

/// Why a file cannot be a logo; `None` when it can.
pub(crate) fn refused(source: &str) -> Option<String> {
    if source.len() > LARGEST {
        return Some(format!("a logo has at most {LARGEST} bytes"));
    }
    if !source.trim_start().starts_with("<svg ") {
        return Some("a logo is an SVG file that begins with <svg".to_owned());
    }
    if source.contains("<!") || source.contains("<?") || source.contains('&') {
        let message = "comments, processing instructions, entities and declarations are refused";
        return Some(message.to_owned());
    }
    source.split('<').skip(1).find_map(tag_refused)
}

/// Judges what follows a `<`, up to the next one.
fn tag_refused(rest: &str) -> Option<String> {
    let Some((tag, _)) = rest.split_once('>') else {
        return Some("a tag is not closed".to_owned());
    };
    let tag = tag.trim_start_matches('/').trim_end_matches('/').trim();
    let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    if !ELEMENTS.contains(&name.to_ascii_lowercase().as_str()) {
        return Some(format!("<{name}> is refused; allowed are {}", ELEMENTS.join(", ")));
    }
    attributes_refused(attributes)
}

fn attributes_refused(mut rest: &str) -> Option<String> {
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let Some((name, after)) = rest.split_once("=\"") else {
            return Some("attributes are written name=\"value\"".to_owned());
        };
        let Some((value, after)) = after.split_once('"') else {
            return Some("an attribute is not closed".to_owned());
        };
        if !ATTRIBUTES.contains(&name.to_ascii_lowercase().as_str()) {
            return Some(format!("the attribute {name} is refused"));
        }
        let url = value.to_ascii_lowercase().contains("url(");
        if url && !value.starts_with("url(#") {
            return Some(format!("the attribute {name} loads something from outside"));
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::refused;

    fn with(inside: &str) -> Option<String> {
        refused(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>"
        ))
    }

    #[test]
    fn plain_drawings_pass() {
        let drawing = "<title>Prova</title><defs><linearGradient id=\"a\"><stop offset=\"0\" \
                       stop-color=\"#fff\"/></linearGradient></defs><path d=\"M0 0h9\" \
                       fill=\"url(#a)\"/>";
        assert_eq!(with(drawing), None);
    }

    #[test]
    fn whatever_runs_or_loads_is_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<a href=\"https://example.it\"><path d=\"M0 0\"/></a>",
            "<path d=\"M0 0\" onclick=\"alert(1)\"/>",
            "<path d=\"M0 0\" style=\"fill:red\"/>",
            "<path d=\"M0 0\" fill=\"url(https://example.it/x)\"/>",
            "<image href=\"data:image/png;base64,AA\"/>",
            "<foreignObject><p>x</p></foreignObject>",
            "<use xlink:href=\"#a\"/>",
            "<!DOCTYPE svg>",
            "<title>&xxe;</title>",
            "<path d='M0 0'/>",
            "<path d=\"M0 0\"",
        ] {
            assert!(with(inside).is_some(), "{inside}");
        }
        assert!(refused("PNG").is_some());
        assert!(refused(&format!("<svg >{}</svg>", " ".repeat(40_000))).is_some());
    }
}
