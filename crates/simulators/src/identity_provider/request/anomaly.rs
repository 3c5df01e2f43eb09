//! What can be wrong with a request: number and words of the official table («tabella anomalie»).

use std::fmt;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// Number in the table.
    pub number: u8,
    /// What exactly was seen, for whoever has to mend it.
    pub detail: String,
}

impl Anomaly {
    /// An anomaly with what was seen.
    pub fn new(number: u8, detail: impl Into<String>) -> Self {
        Self { number, detail: detail.into() }
    }

    /// Title in the table.
    pub const fn title(&self) -> &'static str {
        match self.number {
            4 => "Formato binding non corretto",
            5 => "Verifica della firma fallita",
            6 => "Binding su metodo HTTP errato",
            7 => "Errore sulla verifica della firma della richiesta",
            8 => "Formato della richiesta non conforme alle specifiche SAML",
            9 => "Parametro version non presente, malformato o diverso da 2.0",
            10 => {
                "Issuer non presente, malformato o non corrispondente all'entità che sottoscrive la richiesta"
            }
            11 => "ID non presente, malformato o non conforme",
            12 => "RequestAuthnContext non presente, malformato o non previsto da SPID",
            13 => {
                "IssueInstant non presente, malformato o non coerente con l'orario di arrivo della richiesta"
            }
            14 => {
                "Destination non presente, malformata o non coincidente con il Gestore delle identità"
            }
            15 => "Attributo IsPassive presente e attualizzato al valore true",
            16 => "AssertionConsumerService non correttamente valorizzato",
            17 => {
                "Attributo Format dell'elemento NameIDPolicy assente o non valorizzato secondo specifica"
            }
            18 => {
                "AttributeConsumerServiceIndex malformato o che riferisce a un valore non registrato nei metadati"
            }
            _ => "Errore di sistema",
        }
    }
}

impl fmt::Display for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "anomalia {}: {} ({})", self.number, self.title(), self.detail)
    }
}
