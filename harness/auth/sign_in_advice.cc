#include "auth/sign_in_advice.h"

namespace conform {

const std::array<AadstsAdvice, 58> kAadstsAdvice = {{
    {16000, "the account takes part in several tenants: name the tenant in the profile"},
    {50001,
     "the service that the token is for is not known in this tenant: check the audience "
     "and scopes, and that the profile is of the right cloud"},
    {50005,
     "a Conditional Access policy wants a device that it knows: let an administrator "
     "except this application"},
    {50013, "the assertion was not accepted: check certificate, clock and client id"},
    {50020,
     "the account is of another tenant: sign in with an account of this one, or invite it "
     "as a guest"},
    {50034,
     "there is no such account in this tenant: check the tenant, and sign in with an "
     "account of it"},
    {50053, "the account is locked after wrong sign-ins: wait, or let an administrator unlock it"},
    {50055,
     "the account's password has expired: change it in a browser, then sign in again with "
     "conform login"},
    {50057, "the account is disabled: use another, or let an administrator enable it"},
    {50058, "no session stands: sign in again with conform login"},
    {50059, "the tenant is not told: name it in the profile"},
    {50076,
     "multi-factor authentication is demanded: sign in again with conform login and answer "
     "it"},
    {50078, "the multi-factor authentication has expired: sign in again with conform login"},
    {50079,
     "the account must set up multi-factor authentication: do so in a browser, then sign "
     "in again with conform login"},
    {50105,
     "the account is not assigned to the application: assign it under Enterprise "
     "applications, Users and groups"},
    {50126, "user name or password is wrong: sign in again with conform login"},
    {50128,
     "there is no such tenant: check the tenant in the profile, and that the profile is of "
     "the right cloud"},
    {50132, "the session was revoked: sign in again with conform login"},
    {50133, "the session was ended by a change of password: sign in again with conform login"},
    {50158, "a Conditional Access policy wants a further proof: sign in again with conform login"},
    {50173,
     "the sign-in was revoked, for one by a change of password: sign in again with conform "
     "login"},
    {50194,
     "the application is of one tenant alone: name that tenant in the profile, not common "
     "or organizations"},
    {53000,
     "a Conditional Access policy wants a device that keeps its rules: use another "
     "account, or let an administrator except this application"},
    {53001,
     "a Conditional Access policy wants a device that has joined the domain: use another "
     "account, or let an administrator except this application"},
    {53003,
     "a Conditional Access policy blocks this sign-in: ask an administrator, who finds the "
     "reason in the sign-in log"},
    {65001,
     "consent is missing: sign in again with conform login and grant it, or let an "
     "administrator grant it to the application"},
    {65004, "consent was declined: sign in again with conform login and grant it"},
    {70000, "the refresh token is no good any more: sign in again with conform login"},
    {70008, "the refresh token has expired: sign in again with conform login"},
    {70011,
     "a scope is wrong: check the scopes in the profile; an application alone asks for "
     ".default"},
    {70016, "nobody has signed in yet"},
    {70019, "the code has expired: start conform login again"},
    {70020, "the code has expired: start conform login again"},
    {70021,
     "no federated credential of the application fits the assertion: compare its issuer, "
     "subject and audience with the credential's"},
    {70043, "the tenant asks for a new sign-in after a while: sign in again with conform login"},
    {90002,
     "there is no such tenant: check the tenant in the profile, and that the profile is of "
     "the right cloud"},
    {90033, "the service is out of order for the moment: try again later"},
    {90094, "an administrator's consent is needed: let one grant it to the application"},
    {500011,
     "the service that the token is for is not known in this tenant: check the audience "
     "and scopes, and that the profile is of the right cloud"},
    {500133, "the assertion has expired or is of the future: check this machine's clock"},
    {530003,
     "a Conditional Access policy wants a device that is managed: use another account, or "
     "let an administrator except this application"},
    {700003, "the device is not known any more: sign in again with conform login"},
    {700016,
     "the application is not known in this tenant: check client id and tenant, and that "
     "the profile is of the right cloud"},
    {700021,
     "the assertion's key is not the application's: upload the certificate to the "
     "application's registration"},
    {700024, "the assertion has expired or is of the future: check this machine's clock"},
    {700027,
     "the certificate is not the application's: upload it to the application's "
     "registration, and check that it has not expired"},
    {700030,
     "the certificate is not valid: check its dates, and upload a good one to the "
     "application's registration"},
    {700082, "the refresh token was not used for too long: sign in again with conform login"},
    {700084,
     "the refresh token is a web page's and lasts a day: register the application as a "
     "public client, and sign in again with conform login"},
    {700211,
     "no federated credential of the application fits the assertion's issuer: correct the "
     "credential in the application's registration"},
    {700212,
     "no federated credential of the application fits the assertion's audience: correct "
     "the credential, or the audience in the profile"},
    {700213,
     "no federated credential of the application fits the assertion's subject, which tells "
     "repository, branch or environment: correct the credential"},
    {900023, "the tenant is neither an id nor a domain's name: check the tenant in the profile"},
    {1002012,
     "an application alone asks for the one scope .default: leave scopes out of the profile"},
    {7000112,
     "the application is disabled: let an administrator enable it under Enterprise "
     "applications"},
    {7000215,
     "the client secret is wrong: check the variable that holds it, and that it is the "
     "secret's value, not its id"},
    {7000218,
     "the application is no public client: switch on 'Allow public client flows' in its "
     "registration"},
    {7000222, "the client secret has expired: make a new one in the application's registration"},
}};

const std::array<OAuthAdvice, 13> kOAuthAdvice = {{
    {"invalid_request", "check the profile's sign_in and this identity's source"},
    {"invalid_client", "check the client id, and the secret or certificate that it signs in with"},
    {"invalid_grant", "sign in again with conform login"},
    {"unauthorized_client",
     "the application may not sign in this way: allow it in its registration"},
    {"unsupported_grant_type",
     "the server does not know this way of signing in: use another source for this identity"},
    {"invalid_scope", "check the scopes in the profile"},
    {"invalid_target", "check the resource in the profile"},
    {"access_denied", "the sign-in was declined: start conform login again"},
    {"authorization_declined", "the sign-in was declined: start conform login again"},
    {"expired_token", "the code has expired: start conform login again"},
    {"bad_verification_code", "the device code was not taken: start conform login again"},
    {"interaction_required", "sign in again with conform login"},
    {"temporarily_unavailable", "try again later"},
}};

}  // namespace conform
