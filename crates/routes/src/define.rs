//! What a route is, and the macro that writes one.

/// An HTTP method that a route answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
}

/// Who may reach a route; checked before the handler runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anybody.
    Public,
    /// A person who has signed in with a digital identity.
    Identity,
    /// A family whose session opens the draft named in the URL.
    Draft,
    /// A signed-in person of the school office of this tenant.
    Officer,
    /// Machines and visitors outside any tenant.
    Platform,
}

/// Which budget a request draws from; the sizes are in `limits`. GET requests draw from `Page`
/// unless the class says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitClass {
    /// Ordinary reading.
    Page,
    /// Ordinary writing of a form.
    Form,
    /// A form that may carry files: large bodies are allowed.
    Upload,
    /// Sign-in and password changes.
    SignIn,
    /// Sending and trying codes by e-mail.
    Code,
    /// Making a PDF or reading an attachment.
    Document,
    /// Static files and probes: not limited.
    Free,
}

/// In which router a route lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Behind a tenant's host or path prefix.
    Tenant,
    /// On every host, outside tenants.
    Platform,
    /// On the internal port only.
    Internal,
}

/// The facts of one route.
#[derive(Clone, Copy, Debug)]
pub struct RouteInfo {
    /// Stem of the feature; templates link by it.
    pub name: &'static str,
    /// Pattern in the router's syntax: `/iscrizioni/{draft}/email`.
    pub pattern: &'static str,
    /// Methods that are answered; others get 405.
    pub methods: &'static [Method],
    /// Who may reach it.
    pub audience: Audience,
    /// Budget it draws from.
    pub limit: LimitClass,
    /// Router it lives in.
    pub scope: Scope,
}

/// A URL with its parameters.
pub trait Route {
    /// The facts of this route.
    const INFO: RouteInfo;

    /// Parameters of the pattern with their values.
    fn parameters(&self) -> Vec<(&'static str, String)>;

    /// The path within the tenant.
    fn path(&self) -> String {
        let parameters = self.parameters();
        let pairs: Vec<(&str, &str)> = parameters.iter().map(|(k, v)| (*k, v.as_str())).collect();
        fill(Self::INFO.pattern, &pairs)
    }

    /// The path as the visitor's browser needs it, with the tenant's mount in front.
    fn href(&self, mount: &str) -> String {
        format!("{mount}{}", self.path())
    }
}

/// The route with this name.
pub fn find(name: &str) -> Option<&'static RouteInfo> {
    crate::all().find(|info| info.name == name)
}

/// Puts the parameters into a pattern, percent-encoded. A parameter that is not given stays as it is.
pub fn fill(pattern: &str, parameters: &[(&str, &str)]) -> String {
    let segments = pattern.split('/').map(|segment| {
        let name = segment
            .strip_prefix('{')
            .and_then(|s| s.strip_suffix('}'))
            .map(|s| s.trim_start_matches('*'));
        match name.and_then(|n| parameters.iter().find(|(known, _)| *known == n)) {
            Some((_, value)) if segment.starts_with("{*") => encode(value, true),
            Some((_, value)) => encode(value, false),
            None => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn encode(value: &str, keep_slashes: bool) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or_default();
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (keep_slashes && byte == b'/')
        {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// Writes route types and their list. Each line reads: name, pattern, methods, audience, limit.
macro_rules! routes {
    ($scope:ident; $(
        $(#[$doc:meta])*
        $type:ident $({ $($(#[$field_doc:meta])* $field:ident : $kind:ty),* $(,)? })?
            = $name:literal, $pattern:literal, [$($method:ident),*], $audience:ident, $limit:ident;
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $type {
                $($($(#[$field_doc])* pub $field: $kind,)*)?
            }

            impl $crate::Route for $type {
                const INFO: $crate::RouteInfo = $crate::RouteInfo {
                    name: $name,
                    pattern: $pattern,
                    methods: &[$($crate::Method::$method),*],
                    audience: $crate::Audience::$audience,
                    limit: $crate::LimitClass::$limit,
                    scope: $crate::Scope::$scope,
                };
                fn parameters(&self) -> Vec<(&'static str, String)> {
                    vec![$($((stringify!($field), self.$field.to_string()),)*)?]
                }
            }
        )*
        /// The routes of this group.
        pub const ALL: &[$crate::RouteInfo] = &[$(<$type as $crate::Route>::INFO),*];
    };
}
pub(crate) use routes;
