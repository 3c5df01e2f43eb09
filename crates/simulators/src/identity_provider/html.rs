//! The pages of the providers: plain, and plainly not real ones.

use super::{
    person::Person,
    provider::Provider,
    request::Anomaly,
    service_provider::{AttributeSet, ServiceProvider},
    signer::Parameter,
    value::escape,
};
use domain::identity::AssuranceLevel;

/// The style sheet of all pages.
pub(super) const STYLE: &str = include_str!("html/stile.css");
/// The script of the page that carries an answer.
pub(super) const SCRIPT: &str = include_str!("html/invio.js");

/// A message on its way to the service provider.
pub(super) struct Carried<'a> {
    pub(super) action: &'a str,
    pub(super) parameter: Parameter,
    /// The message in base64.
    pub(super) message: &'a str,
    pub(super) relay_state: Option<&'a str>,
}

/// One session on the page of sessions.
pub(super) struct Row {
    pub(super) token: String,
    pub(super) person: &'static Person,
    pub(super) service: String,
}

fn page(title: &str, name: &str, content: &str) -> String {
    let (title, name) = (escape(title), escape(name));
    format!(
        "<!doctype html><html lang=\"it\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} - {name}</title>\
         <link rel=\"stylesheet\" href=\"/stile.css\"></head><body><header><strong>{name}</strong> \
         <span>identità inventate, solo per prova</span></header><main><h1>{title}</h1>{content}</main></body></html>"
    )
}

/// The providers of this server.
pub(super) fn list(providers: &[Provider]) -> String {
    let row = |provider: &Provider| {
        let (address, name) = (escape(&provider.address), escape(&provider.display_name));
        format!(
            "<li>{name}: <a href=\"{address}/metadata\">metadati</a>, <a href=\"{address}/sessioni\">sessioni</a></li>"
        )
    };
    let rows: String = providers.iter().map(row).collect();
    let content = format!(
        "<ul>{rows}</ul><p><a href=\"/registry.xml\">Registro</a>, \
         <a href=\"/registry-certificate.pem\">certificato del registro</a></p>"
    );
    page("Gestori di identità", "Gestori di prova", &content)
}

/// Asks the person: who are you, and do you consent?
pub(super) fn consent(
    provider: &Provider,
    sender: &ServiceProvider,
    wanted: &AttributeSet,
    level: AssuranceLevel,
    token: &str,
) -> String {
    let person = |(number, person): (usize, &Person)| {
        let checked = if number == 0 { " checked" } else { "" };
        let note =
            if person.note.is_empty() { String::new() } else { format!(" ({})", person.note) };
        let (key, name) =
            (person.key, escape(&format!("{} {}{note}", person.name, person.surname)));
        format!(
            "<label><input type=\"radio\" name=\"persona\" value=\"{key}\"{checked}> {name}</label>"
        )
    };
    let persons: String = Person::of_scheme(provider.scheme).enumerate().map(person).collect();
    let attribute = |name: &String| format!("<li><code>{}</code></li>", escape(name));
    let attributes: String = wanted.attributes.iter().map(attribute).collect();
    let content = format!(
        "<p><strong>{service}</strong> chiede di riconoscerti con il livello <strong>{level}</strong> \
         e di ricevere questi dati ({set}):</p><ul>{attributes}</ul>\
         <form method=\"post\" action=\"{action}/consenso\"><input type=\"hidden\" name=\"richiesta\" value=\"{token}\">\
         <fieldset><legend>Chi sei</legend>{persons}</fieldset>\
         <label for=\"livello\">Livello dell'autenticazione</label><select id=\"livello\" name=\"livello\">{levels}</select>\
         <p class=\"azioni\"><button name=\"azione\" value=\"acconsento\">Acconsento</button>\
         <button name=\"azione\" value=\"non-acconsento\">Non acconsento</button>\
         <button name=\"azione\" value=\"annulla\">Annulla</button></p>\
         <fieldset><legend>Per prova: rispondi con un'anomalia</legend><label for=\"anomalia\">Anomalia</label>\
         <select id=\"anomalia\" name=\"anomalia\">{ANOMALIES}</select>\
         <button name=\"azione\" value=\"anomalia\">Rispondi con l'anomalia</button></fieldset></form>",
        service = escape(&sender.display_name),
        level = level_name(level),
        set = escape(&wanted.name),
        action = escape(&provider.address),
        token = escape(token),
        levels = levels(level),
    );
    page("Vuoi entrare nel servizio?", &provider.display_name, &content)
}

/// The anomalies that depend on the person.
const ANOMALIES: &str = "<option value=\"19\">19: troppe credenziali errate</option>\
    <option value=\"20\">20: livello non disponibile</option><option value=\"21\">21: tempo scaduto</option>\
    <option value=\"22\">22: consenso negato</option><option value=\"23\">23: identità sospesa o revocata</option>\
    <option value=\"24\">24: riservata</option><option value=\"25\">25: annullato dall'utente</option>\
    <option value=\"30\">30: tipo di identità non ammesso</option>";

fn level_name(level: AssuranceLevel) -> String {
    format!("L{}", level.number())
}

fn levels(asked: AssuranceLevel) -> String {
    let option = |level: AssuranceLevel| {
        let selected = if level == asked { " selected" } else { "" };
        format!("<option value=\"{}\"{selected}>{}</option>", level.number(), level_name(level))
    };
    [AssuranceLevel::L1, AssuranceLevel::L2, AssuranceLevel::L3].map(option).concat()
}

fn form(carried: &Carried<'_>, button: &str) -> String {
    let relay_state = carried.relay_state.map_or_else(String::new, |state| {
        format!("<input type=\"hidden\" name=\"RelayState\" value=\"{}\">", escape(state))
    });
    format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"{}\" value=\"{}\">{relay_state}\
         <button>{button}</button></form>",
        escape(carried.action),
        carried.parameter.name(),
        escape(carried.message),
    )
}

/// The page that carries a message to the service provider: by itself, or with a button where there is no script.
pub(super) fn carry(provider: &Provider, carried: &Carried<'_>) -> String {
    let content = format!("{}<script src=\"/invio.js\"></script>", form(carried, "Continua"));
    page("Torni al servizio", &provider.display_name, &content)
}

/// Why a request is refused, with a way to tell the service provider where there is one.
pub(super) fn refusal(
    provider: &Provider,
    anomaly: &Anomaly,
    back: Option<&Carried<'_>>,
) -> String {
    let content = format!(
        "<p><strong>Anomalia {}</strong>: {}.</p><p><code>{}</code></p><p>Contatta il gestore del servizio.</p>{}",
        anomaly.number,
        escape(anomaly.title()),
        escape(&anomaly.detail),
        back.map_or_else(String::new, |carried| form(carried, "Torna al servizio")),
    );
    page("Accesso non possibile", &provider.display_name, &content)
}

/// The sessions of a provider.
pub(super) fn sessions(provider: &Provider, rows: &[Row]) -> String {
    let row = |row: &Row| {
        format!(
            "<li>{} {} in {}<form method=\"post\" action=\"{}/sessioni/esci\">\
             <button name=\"sessione\" value=\"{}\">Esci dal gestore</button></form></li>",
            escape(row.person.name),
            escape(row.person.surname),
            escape(&row.service),
            escape(&provider.address),
            escape(&row.token),
        )
    };
    let content = if rows.is_empty() {
        "<p>Nessuna sessione: solo il livello L1 ne apre una.</p>".to_owned()
    } else {
        format!("<ul>{}</ul>", rows.iter().map(row).collect::<String>())
    };
    page("Sessioni", &provider.display_name, &content)
}

/// A page that says one thing.
pub(super) fn notice(provider: &Provider, title: &str, text: &str) -> String {
    page(title, &provider.display_name, &format!("<p>{}</p>", escape(text)))
}
