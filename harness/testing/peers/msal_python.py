"""Signs in at the mock of Entra with Microsoft's MSAL for Python, and prints what became of it.

Usage: msal_python.py ORDER, a JSON object as that of msal.cjs.
"""
import base64
import json
import re
import sys

import msal
import requests

order = json.loads(sys.argv[1])
authority = f"{order['origin']}/{order['tenant']}"
scopes = [order["scope"]]


def tell(what, result):
    if "access_token" not in result:
        number = re.search(r"AADSTS\d+", result.get("error_description", ""))
        print(f"refused: {result['error']} {number.group() if number else ''}")
        sys.exit(1)
    part = result["access_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    granted = claims.get("scp") or ("roles" if "roles" in claims else "no roles")
    print(f"{what}: {claims['idtyp']} {granted} for {claims['aud']} in {claims['tid']}")
    return result["access_token"]


def sign_in_by_device():
    client = msal.PublicClientApplication(
        order["client"], authority=authority, instance_discovery=False)
    flow = client.initiate_device_flow(scopes=scopes)
    form = {"user_code": flow["user_code"], "as": order["person"], "do": order["decide"]}
    print(f"page: {requests.post(flow['verification_uri'], data=form, timeout=20).status_code}")
    first = tell("signed in", client.acquire_token_by_device_flow(flow))
    account = client.get_accounts()[0]
    print(f"account: {account['username']} of {account['realm']}")
    same = tell("silent", client.acquire_token_silent(scopes, account=account))
    assert same == first, "it was cached and came anew"
    for what in ("renewed", "renewed again"):
        renewed = client.acquire_token_silent(scopes, account=account, force_refresh=True)
        assert tell(what, renewed) != first, "the same token came again"


def sign_in_as_application():
    credential = order.get("secret")
    if "key" in order:
        with open(order["key"], encoding="ascii") as key:
            credential = {"private_key": key.read(), "thumbprint": order["thumbprint"]}
    for what in ("signed in", "anew"):
        client = msal.ConfidentialClientApplication(
            order["client"], client_credential=credential, authority=authority,
            instance_discovery=False)
        tell(what, client.acquire_token_for_client(scopes))


try:
    sign_in_by_device() if order["do"] == "device" else sign_in_as_application()
except requests.exceptions.SSLError as error:
    print(f"refused: {type(error).__name__} {'certificate' if 'CERTIFICATE' in str(error) else ''}")
    sys.exit(1)
