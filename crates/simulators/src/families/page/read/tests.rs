//! A page with one of everything.

use super::{Kind, read};

const PAGE: &str = r##"<!doctype html><html><body><header><h1>No</h1><form action="/esci"><button>Esci</button></form></header>
<main><h1>Prova &amp; <bdi>n. 7</bdi></h1>
<div class="alert" role="alert"><ul><li><a href="#giorni">Giorni: scegli</a></li></ul></div>
<ul><li>no error</li></ul>
<form method="post" action="/passo" enctype="multipart/form-data">
<input type="hidden" name="_revision" value="3">
<div class="question"><label for="nome">Nome<span aria-hidden="true">*</span></label><input id="nome" name="nome" value="Anna &quot;A&quot;" readonly></div>
<div class="question"><fieldset class="field-wrong"><legend>Giorni<span>*</span></legend>
<input type="hidden" name="giorni" value=""><input type="checkbox" id="g1" name="giorni" value="lun"><label for="g1">Lunedì</label></fieldset></div>
<div class="question"><fieldset><legend>Facoltativo</legend><input type="radio" id="f1" name="f" value="a" checked><label for="f1">A</label></fieldset></div>
<div class="question" data-shown-when="f" data-shown-is="a b"><label for="c">Classe*</label><select id="c" name="c"><option value="">-</option>
<optgroup label="Primaria"><option value="1A" selected>1A</option></optgroup></select></div>
<div class="question"><textarea id="t" name="t">
 uno
due</textarea></div>
<div class="question"><button name="_remove" value="x">via</button><input type="file" id="file" name="file" accept="application/pdf"></div>
<button type="button" name="toggle">no</button><button name="_action" value="next">Avanti</button></form>
<a class="btn btn-success" href="/avanti">Avanti</a></main><footer><a class="btn-success" href="/no">x</a></footer></body></html>"##;

#[test]
fn only_what_stands_between_header_and_footer_counts() {
    let page = read(PAGE);
    assert_eq!(
        (page.heading.as_str(), page.numbers.as_slice()),
        ("Prova & n. 7", ["n. 7".to_owned()].as_slice())
    );
    assert_eq!(page.errors, ["Giorni: scegli"]);
    assert_eq!(page.button_link(&["btn-success"]), Some("/avanti"));
    assert_eq!((page.forms.len(), page.links.len()), (1, 2));
    assert!(page.forms[0].multipart && page.forms[0].has_button("_action", "next"));
}

#[test]
fn controls_know_their_labels_groups_and_conditions() {
    let page = read(PAGE);
    let named = |name: &str, kind| {
        page.forms[0].controls.iter().find(|c| c.name == name && c.kind == kind).unwrap()
    };
    let name = named("nome", Kind::Text);
    assert_eq!((name.label.as_str(), name.value.as_str()), ("Nome", "Anna \"A\""));
    assert!(name.required && name.locked && !name.wrong);
    let days = named("giorni", Kind::Box);
    assert!(days.required && days.wrong && !days.checked && days.label == "Lunedì");
    assert!(!named("giorni", Kind::Hidden).required);
    let optional = named("f", Kind::Radio);
    assert!(!optional.required && optional.checked && !optional.wrong);
    let class = named("c", Kind::Select);
    let condition = class.condition.as_ref().unwrap();
    assert_eq!((condition.control.as_str(), condition.values.len()), ("f", 2));
    assert!(
        class.options[1].selected
            && class.options[1].group == "Primaria"
            && class.options[1].label == "1A"
    );
    assert_eq!(named("t", Kind::Area).value, " uno\ndue");
    assert_eq!(
        (named("file", Kind::File).attached, named("file", Kind::File).required),
        (1, false)
    );
}
