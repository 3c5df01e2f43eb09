//! Routes to handlers, and the layers around them.

use crate::{
    State, app, assets, auth, brand, dispatch,
    dispatch::Routers,
    enrol,
    extract::TypedSlot,
    layers::{self, Context},
    office, platform, site,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::StatusCode,
    middleware,
    response::Response,
    routing::{MethodRouter, get, post},
};
use routes::{
    LimitClass, Route, enrol as e, identity as i, office as o, platform as p, tenant as t,
};
use std::time::Duration;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    request_id::{MakeRequestUuid, SetRequestIdLayer},
    timeout::TimeoutLayer,
};

/// A request that takes longer is answered with 503.
const LONGEST: Duration = Duration::from_secs(30);
/// The same for files: three of the largest over a slow line.
const LONGEST_UPLOAD: Duration = Duration::from_mins(10);
/// Largest ordinary form.
const LARGEST_FORM: usize = 1024 * 1024;
/// Largest step with files, in bytes, that is read to its end: what is too large in it is named beside its question.
const LARGEST_STEP: usize = 128 * 1024 * 1024;

/// The whole web side of the product.
pub fn router(state: State) -> Router {
    let routers = Routers { tenant: tenant_router(&state), platform: platform_router(&state) };
    let hops = state.settings.trusted_proxies;
    let entrance = move |mut request: Request| {
        let (state, routers) = (state.clone(), routers.clone());
        async move {
            let typed = TypedSlot::default();
            request.extensions_mut().insert(typed.clone());
            answer(state, routers, request, typed).await
        }
    };
    let router = Router::new()
        .fallback(entrance)
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new());
    layers::shape(router, hops)
        .layer(middleware::from_fn(layers::security_headers))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

/// Dispatches, and gives a bare refusal its page.
async fn answer(state: State, routers: Routers, request: Request, typed: TypedSlot) -> Response {
    let headers = request.headers().clone();
    let (place, here, response) = dispatch::dispatch(&state, routers, request).await;
    layers::pages(&state, &Context { place, headers, here, typed }, response)
}

fn with_layers(router: Router<State>, state: &State) -> Router {
    // A post from another site is refused before the router looks at anything else of it.
    with_inner_layers(router.layer(CsrfLayer::new()), state)
}

fn with_inner_layers(router: Router<State>, state: &State) -> Router {
    router
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        // Inside the layer that gives a bare refusal its page.
        .layer(CatchPanicLayer::new())
        .route_layer(middleware::from_fn(layers::observe))
        .with_state(state.clone())
}

/// Adds a handler at a route's pattern.
fn at<R: Route>(router: Router<State>, handler: MethodRouter<State>) -> Router<State> {
    let longest = match R::INFO.limit {
        LimitClass::Upload => LONGEST_UPLOAD,
        _ => LONGEST,
    };
    let timeout = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, longest);
    router.route(R::INFO.pattern, handler.layer(timeout))
}

fn platform_router(state: &State) -> Router {
    let router = Router::new();
    let router = at::<p::Chooser>(router, get(platform::chooser));
    let router = at::<p::ChooserLanguage>(router, post(platform::chooser_language));
    let router = at::<p::EntranceStart>(router, get(platform::start));
    let router = at::<p::EntranceChoice>(router, get(platform::choice));
    let router = at::<p::EntranceManifest>(router, get(app::manifest));
    let router = at::<p::EntranceIcon>(router, get(app::icon));
    let router = at::<p::EntranceWorker>(router, get(app::worker));
    let router = at::<p::EntranceOffline>(router, get(app::offline));
    let router = at::<p::StaticFile>(router, get(assets::serve));
    let router = at::<p::Livez>(router, get(platform::livez));
    let router = at::<p::Readyz>(router, get(platform::readyz));
    with_layers(router, state)
}

fn tenant_router(state: &State) -> Router {
    let router = at::<t::Start>(Router::new(), get(enrol::start::get));
    let router = at::<t::Language>(router, post(platform::language));
    let router = at::<t::BrandStylesheet>(router, get(brand::stylesheet));
    let router = at::<t::Logo>(router, get(brand::logo));
    let router = at::<t::AppManifest>(router, get(app::manifest));
    let router = at::<t::AppIcon>(router, get(app::icon));
    let router = at::<t::AppWorker>(router, get(app::worker));
    let router = at::<t::AppOffline>(router, get(app::offline));
    let router = at::<t::DocumentCheck>(
        router,
        get(enrol::document_check::get).post(enrol::document_check::post),
    );
    let router = at::<t::SignOut>(router, post(enrol::sign_out::post));
    let router = at::<t::SessionExpired>(router, get(enrol::sign_out::expired));
    let router = identity_routes(office_routes(enrol_routes(site_routes(router))));
    let router = with_layers(router, state);
    router.merge(with_inner_layers(provider_routes(), state))
}

fn site_routes(router: Router<State>) -> Router<State> {
    use site::{information, rating, service};
    let router = at::<t::Accessibility>(router, get(information::accessibility));
    let router = at::<t::PrivacyNotice>(router, get(information::privacy_notice));
    let router = at::<t::Service>(router, get(service::get));
    let router = at::<t::Rating>(router, get(rating::none).post(rating::give));
    let router = at::<t::RatingThanks>(router, get(rating::thanks));
    at::<t::RatingReason>(router, get(rating::get).post(rating::post))
}

fn identity_routes(router: Router<State>) -> Router<State> {
    use auth::{access, enrolments, logos, spid};
    let router = at::<i::Doors>(router, get(access::get));
    let router = at::<i::ProviderLogo>(router, get(logos::get));
    let router = at::<i::Enrolments>(router, get(enrolments::get).post(enrolments::post));
    let router = at::<i::SpidMetadata>(router, get(spid::metadata::spid));
    let router = at::<i::SpidSignIn>(router, get(spid::login::spid));
    let router = at::<i::CieMetadata>(router, get(spid::metadata::cie));
    at::<i::CieSignIn>(router, get(spid::login::cie))
}

/// Where identity providers post to, from their own sites: what protects the other forms would refuse them.
fn provider_routes() -> Router<State> {
    use auth::spid::{acs, logout};
    let router = at::<i::SpidConsumer>(Router::new(), post(acs::spid));
    let router = at::<i::CieConsumer>(router, post(acs::cie));
    let router = at::<i::SpidSignOut>(router, get(logout::spid_get).post(logout::spid_post));
    at::<i::CieSignOut>(router, get(logout::cie_get).post(logout::cie_post))
}

fn enrol_routes(router: Router<State>) -> Router<State> {
    use enrol::{
        change_password, credential_door, documents, email_address, email_code, forgotten_password,
        new_password, privacy, status, step, submitted, summary,
    };
    let router =
        at::<e::CredentialDoor>(router, get(credential_door::get).post(credential_door::post));
    let router = at::<e::ForgottenPassword>(
        router,
        get(forgotten_password::get).post(forgotten_password::post),
    );
    let router = at::<e::NewPassword>(router, get(new_password::get).post(new_password::post));
    let router = at::<e::EmailAddress>(router, get(email_address::get).post(email_address::post));
    let router = at::<e::EmailCode>(router, get(email_code::get).post(email_code::post));
    let router = at::<e::Privacy>(router, get(privacy::get).post(privacy::post));
    let step = get(step::get).post(step::post).layer(DefaultBodyLimit::max(LARGEST_STEP));
    let router = at::<e::Step>(router, step);
    let router = at::<e::Attachment>(router, get(documents::attachment));
    let router = at::<e::DraftSaved>(router, get(step::saved));
    let router = at::<e::Summary>(router, get(summary::get).post(summary::post));
    let router = at::<e::Submitted>(router, get(submitted::get));
    let router = at::<e::Status>(router, get(status::get));
    let router = at::<e::Document>(router, get(documents::document));
    at::<e::ChangePassword>(router, get(change_password::get).post(change_password::post))
}

fn office_routes(router: Router<State>) -> Router<State> {
    use office::{application, applications, confirm, ratings, refuse, sign_in};
    let router = at::<o::OfficeSignIn>(router, get(sign_in::get).post(sign_in::post));
    let router = at::<o::OfficeHome>(router, get(applications::home));
    let router =
        at::<o::OfficeApplications>(router, get(applications::get).post(applications::post));
    let router = at::<o::OfficeApplication>(router, get(application::get));
    let router = at::<o::OfficeConfirm>(router, get(confirm::get).post(confirm::post));
    let router = at::<o::OfficeRefuse>(router, get(refuse::get).post(refuse::post));
    let router = at::<o::OfficeAttachment>(router, get(application::attachment));
    let router = at::<o::OfficeRatings>(router, get(ratings::get));
    let router = at::<o::OfficeRatingsFile>(router, get(ratings::file));
    let router = at::<o::OfficeSignOut>(router, post(sign_in::sign_out));
    at::<o::OfficeSignedOut>(router, get(sign_in::signed_out))
}
