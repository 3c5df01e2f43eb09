//! The officer at the browser: signs in with two factors, reads, confirms.

use crate::browser::visitor::Visitor;
use domain::{Actor, EmailAddress};
use operations::officers::{self, NewOfficer};

const ADDRESS: &str = "ufficio@posta.example";

/// Makes an account, as the operator does, and signs in with it.
pub async fn sign_in(visitor: &mut Visitor<'_>) {
    let app = &visitor.portal.app;
    let ctx = app.ctx(app.tenant(visitor.seat.slug), Actor::Platform);
    let email = EmailAddress::parse(ADDRESS).expect("an address");
    let new = NewOfficer { email, name: "Olga Sportello".to_owned() };
    let created = officers::create(&ctx, &app.platform, &new).await.expect("the database answers");
    let created = created.expect("a new address");
    visitor.open("/ufficio/accesso").await;
    visitor.look("office-sign-in").await;
    visitor.write("email", ADDRESS).await;
    visitor.write("password", &created.password).await;
    visitor.write("code", &created.totp.code_at(ctx.now)).await;
    visitor.press_at("main form .btn-primary").await;
    visitor.arrive("/ufficio/domande").await;
}

/// Opens the only application of the list and confirms it.
pub async fn confirm_the_only_application(visitor: &mut Visitor<'_>) {
    sign_in(visitor).await;
    visitor.look("office-list").await;
    visitor.press_at("main table th a").await;
    visitor.look("office-application").await;
    visitor.press_at("main .buttons .btn-success").await;
    visitor.look("office-confirm").await;
    visitor.write("identity", "in_person").await;
    visitor.press_at("main form .btn-success").await;
    assert_eq!(visitor.count("main .alert-success").await, 1, "{}", visitor.errors().await);
    visitor.look("office-confirmed").await;
}
