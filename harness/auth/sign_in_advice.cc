#include "auth/sign_in_advice.h"

namespace conform {

const std::array<AadstsAdvice, 39> kAadstsAdvice = {{
    {50001,
     "the service that the token is for is not known in this tenant: check the scope, and that the "
     "profile is of the right cloud"},
    {50013, "the assertion was not accepted: check certificate, clock and client id"},
    {50020,
     "the account is of another tenant, or a personal one: sign in with an account of the tenant "
     "that the profile names, or let that tenant invite it as a guest"},
    {50034, "the account is not known in this tenant: sign in with another, or name its tenant"},
    {50057, "the account is disabled: sign in with another"},
    {50059, "the tenant is not told: name it in the profile"},
    {50076, "a second factor is asked for, which cannot be given silently: sign in anew"},
    {50079, "a second factor must be set up or given: sign in anew"},
    {50128,
     "there is no such tenant: check the tenant in the profile, and that the profile is of "
     "the right cloud"},
    {50173, "the password was changed since: sign in anew"},
    {50194,
     "the application is of one tenant alone: name that tenant in the profile, not common "
     "or organizations"},
    {53003,
     "a Conditional Access policy blocks this sign-in: ask an administrator, who finds the "
     "reason in the sign-in log"},
    {65001,
     "nobody consented to the application: sign in anew and consent, or let an administrator grant "
     "it"},
    {65004, "the person declined to consent"},
    {70008, "the sign-in was not used for too long"},
    {70011,
     "a scope is wrong: check the scopes in the profile; an application alone asks for "
     ".default"},
    {70020, "the code expired before anybody had entered it: sign in again"},
    {70021,
     "no federated credential of the application fits the assertion: compare its issuer, "
     "subject and audience with the credential's"},
    {70043, "the sign-in is too old for a Conditional Access policy: sign in anew"},
    {90002,
     "there is no such tenant: check the tenant in the profile, and that the profile is of "
     "the right cloud"},
    {90033, "the service is out of order for the moment: try again later"},
    {90094, "an administrator's consent is needed: let one grant it to the application"},
    {500011,
     "the service that the token is for is not known in this tenant: check the scope, and that the "
     "profile is of the right cloud"},
    {500133, "the assertion has expired or is of the future: check this machine's clock"},
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
    {700082, "the sign-in was not used for too long"},
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

const std::array<OAuthAdvice, 8> kOAuthAdvice = {{
    {"invalid_request", "check the profile's sign_in and this identity's source"},
    {"invalid_client", "check the client id, and the secret or certificate that it signs in with"},
    {"invalid_grant", "what it signed in with is good no more"},
    {"unauthorized_client",
     "the application may not sign in this way: allow it in its registration"},
    {"unsupported_grant_type",
     "the server does not know this way of signing in: use another source for this identity"},
    {"invalid_scope", "check the scopes in the profile"},
    {"invalid_target", "check the scope in the profile"},
    {"temporarily_unavailable", "try again later"},
}};

}  // namespace conform
