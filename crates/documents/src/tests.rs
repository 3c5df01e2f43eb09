//! Every sample, in every language, as a family and a screen reader would find it.

use crate::{
    AcceptedText, ApplicationSummary, Audience, Body, Document, LetterPassword, Renderer,
    SummaryRow, samples,
};
use domain::Locale;
use std::sync::LazyLock;
use typst::layout::{Frame, FrameItem};

static RENDERER: LazyLock<Renderer> = LazyLock::new(|| Renderer::new().unwrap());

fn sample(locale: Locale, wanted: &str) -> Document {
    samples::all(locale).into_iter().find(|(name, _)| *name == wanted).unwrap().1
}

fn summary(document: &mut Document) -> &mut ApplicationSummary {
    match &mut document.body {
        Body::ApplicationSummary(summary) => summary,
        _ => panic!("not a summary"),
    }
}

/// What stands on the pages, with one space for every gap.
fn text(document: &Document) -> String {
    let mut found = String::new();
    for page in RENDERER.typeset(document, None).unwrap().pages() {
        collect(&page.frame, &mut found);
    }
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(frame: &Frame, found: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, found),
            FrameItem::Text(item) => {
                found.push_str(&item.text);
                found.push(' ');
            }
            _ => {}
        }
    }
}

fn holds(pdf: &[u8], bytes: &str) -> bool {
    pdf.windows(bytes.len()).any(|window| window == bytes.as_bytes())
}

#[test]
fn every_sample_is_a_tagged_pdf_of_both_standards_and_no_text_is_missing() {
    let missing = i18n::missing_count();
    for locale in Locale::ALL {
        for (name, document) in samples::all(locale) {
            let pdf = RENDERER.render(&document).unwrap();
            assert!(pdf.starts_with(b"%PDF-1.7"), "{name}");
            for mark in ["/StructTreeRoot", "/MarkInfo", "<pdfuaid:part>1<", "<pdfaid:part>2<"] {
                assert!(holds(&pdf, mark), "{name} lacks {mark}");
            }
            assert!(holds(&pdf, "<pdfaid:conformance>A<"), "{name}");
            assert!(
                holds(
                    &pdf,
                    &format!(
                        "/Lang({})",
                        if locale == Locale::ZhHans { "zh-CN" } else { locale.tag() }
                    )
                ),
                "{name}"
            );
        }
    }
    assert_eq!(i18n::missing_count(), missing);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for name in ["summary_by_hand", "guide_every_door", "letter_temporary"] {
        let document = sample(Locale::It, name);
        let renderer = Renderer::new().unwrap();
        assert_eq!(RENDERER.render(&document).unwrap(), renderer.render(&document).unwrap());
    }
}

#[test]
fn the_summary_says_what_was_sent_and_until_when_the_office_answers() {
    let text = text(&sample(Locale::It, "summary_by_hand"));
    for expected in [
        "Riepilogo della domanda d’iscrizione",
        "Anno scolastico 2026/2027",
        "2026/000123",
        "08/09/2026 17:24:12",
        "08/10/2026",
        "Inviata",
        "Domicilio, se diverso non indicato",
        "Sì, per motivi di salute",
        "28 dicembre 2000, n. 445",
        "Versione del testo: 2026-1",
        "Firma del genitore o tutore",
        "copia di un documento di identità valido",
        "7K3M-Q9TX-2VHB-4RWD",
        "Pagina 1 di 2",
    ] {
        assert!(text.contains(expected), "{expected} is not in: {text}");
    }
}

#[test]
fn a_copy_that_travels_by_mail_holds_no_sensitive_answer() {
    let mut document = sample(Locale::It, "summary_by_hand");
    summary(&mut document).audience = Audience::Mail;
    let mailed = text(&document);
    for sensitive in ["Dieta speciale", "motivi di salute", "certificato.pdf"] {
        assert!(!mailed.contains(sensitive), "{sensitive}");
    }
    assert!(mailed.contains("le risposte riservate non sono riportate"));
    let only_sensitive = SummaryRow { label: "L".into(), value: None, sensitive: true };
    summary(&mut document).sections.retain(|section| section.title == "Refezione scolastica");
    summary(&mut document).sections[0].rows = vec![only_sensitive];
    assert!(!text(&document).contains("Refezione scolastica"));
}

#[test]
fn a_digital_identity_needs_no_signature_box() {
    let text = text(&sample(Locale::It, "summary_by_identity"));
    assert!(text.contains("identità digitale SPID: non serve la firma"));
    assert!(!text.contains("Firma del genitore"));
    assert!(text.contains("Invio numero 2"));
}

#[test]
fn the_letter_carries_code_and_password_only_where_it_may() {
    let letter = text(&sample(Locale::It, "letter_temporary"));
    assert!(letter.contains("Gentile Anna Prova,"));
    assert!(letter.contains("4071 8263"));
    assert!(letter.contains("k7mq-v2xd-9thw-b4rc"));
    assert!(letter.contains("Vale fino a martedì 22 settembre 2026, ore 17:24"));
    let second = text(&sample(Locale::It, "letter_second_child"));
    assert!(second.contains("È il codice che ha già"));
    assert!(second.contains("la password personale che ha scelto"));
    assert!(text(&sample(Locale::It, "letter_expired")).contains("è scaduta"));
    let identity = text(&sample(Locale::It, "letter_identity"));
    assert!(identity.contains("Non serve una password"));
    assert!(!identity.contains("Cambio Password"));
}

#[test]
fn every_letter_fits_on_one_sheet() {
    for locale in Locale::ALL {
        for (name, document) in samples::all(locale) {
            if matches!(document.body, Body::CredentialsLetter(_)) {
                let logo = document.letterhead.logo_svg.as_deref();
                assert_eq!(RENDERER.typeset(&document, logo).unwrap().pages().len(), 1, "{name}");
            }
        }
    }
}

#[test]
fn the_guide_describes_only_the_doors_that_are_open() {
    let open = text(&sample(Locale::It, "guide_every_door"));
    for expected in ["«Nuova Iscrizione»", "«Iscriviti con SPID»", "ore 09:30", "Trasporto"] {
        assert!(open.contains(expected), "{expected}");
    }
    // Closing at the first instant of a day is told as the last minute of the day before.
    assert!(open.contains("non stabilita"));
    let closed = text(&sample(Locale::It, "guide_no_door"));
    assert!(!closed.contains("SPID") && !closed.contains("Password"));
    assert!(closed.contains("chiama l’ufficio"));
}

#[test]
fn a_translation_says_that_the_italian_text_binds() {
    for (name, document) in samples::all(Locale::En) {
        assert!(text(&document).contains("only legally binding"), "{name}");
    }
    assert!(!text(&sample(Locale::It, "letter_temporary")).contains("fa fede"));
}

#[test]
fn typed_text_is_never_template_source() {
    let text = text(&sample(Locale::It, "summary_hostile"));
    for literal in ["#eval(\"1+1\") #panic()", "*bold* _emphasis_ `raw` $x^2$", "{{7*7}} ${7*7}"] {
        assert!(text.contains(literal), "{literal} is not in: {text}");
    }
    for name in ["Đorđević Müller Nicolò", "Nguyễn", "Θεοδώρα", "Оксана"] {
        assert!(name.split(' ').all(|word| text.contains(word)), "{name} is not in: {text}");
    }
    assert!(text.contains("Alcuni caratteri non si possono stampare"));
    assert!(!text.contains("<label> 49"));
}

#[test]
fn no_character_makes_a_document_fail() {
    let shared = crate::fonts::Fonts::embedded().unwrap();
    let every: String =
        ('\u{0}'..='\u{2ffff}').filter(|character| shared.covers(*character)).collect();
    assert!(every.chars().count() > 2000, "the fallback font is a small one");
    let marked: String = every.chars().flat_map(|c| [c, '\u{301}', '\u{323}', ' ']).collect();
    let outside: String = ('\u{0}'..='\u{3200}').flat_map(|c| [c, 'a', '\u{308}']).collect();
    let mut document = sample(Locale::It, "summary_by_hand");
    let row =
        |text: &str| SummaryRow { label: "L".into(), value: Some(text.into()), sensitive: false };
    let section = summary(&mut document).sections.first_mut().unwrap();
    section.rows = vec![row(&every), row(&marked), row(&outside)];
    let pdf = RENDERER.render(&document).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn long_texts_run_over_pages_and_never_off_the_sheet() {
    let mut document = sample(Locale::It, "summary_by_hand");
    let endless = "x".repeat(5_000);
    summary(&mut document).sections[0].rows[0].value = Some(endless.clone());
    summary(&mut document).privacy = AcceptedText { text: endless, version: "1".into() };
    let pages = RENDERER.typeset(&document, None).unwrap();
    for page in pages.pages() {
        assert_inside(&page.frame, 0.0, page.frame.width().to_pt());
    }
    assert!(pages.pages().len() > 2);
}

fn assert_inside(frame: &Frame, left: f64, right: f64) {
    for (place, item) in frame.items() {
        let x = left + place.x.to_pt();
        match item {
            FrameItem::Group(group) => assert_inside(&group.frame, x, right),
            FrameItem::Text(text) => assert!(x + text.width().to_pt() <= right, "{}", text.text),
            _ => {}
        }
    }
}

#[test]
fn a_broken_or_reaching_logo_is_left_out() {
    for svg in [
        "<svg",
        "",
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/data.json" width="9" height="9"/></svg>"#,
    ] {
        let mut document = sample(Locale::It, "letter_temporary");
        document.letterhead.logo_svg = Some(svg.into());
        assert!(RENDERER.render(&document).unwrap().starts_with(b"%PDF"), "{svg}");
    }
}

#[test]
fn debug_output_holds_nothing_personal() {
    let document = sample(Locale::It, "letter_temporary");
    let Body::CredentialsLetter(letter) = &document.body else { panic!("not a letter") };
    assert!(matches!(letter.password, LetterPassword::Temporary { .. }));
    let shown = format!("{document:?}");
    assert!(shown.contains("credentials_letter"));
    for personal in ["Anna", "Luca", "k7mq", "4071"] {
        assert!(!shown.contains(personal));
    }
}

#[test]
fn codes_and_addresses_keep_their_order_in_arabic() {
    let letter = text(&sample(Locale::Ar, "letter_temporary"));
    for own in ["4071 8263", "https://servizi.comune.montesole.example/"] {
        // In one piece: torn apart, the groups would stand the other way round.
        assert!(letter.contains(own), "{own}: {letter}");
    }
}
