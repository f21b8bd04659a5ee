"""Reads [{name, method, bytes in hexadecimal}], writes {name: accept or reject}, by h11."""
import json
import sys

import h11


def judge(method, answer):
    connection = h11.Connection(our_role=h11.CLIENT)
    connection.send(h11.Request(method=method, target="/", headers=[("Host", "a")]))
    connection.send(h11.EndOfMessage())
    try:
        if answer:
            connection.receive_data(answer)
        connection.receive_data(b"")
        while True:
            event = connection.next_event()
            if type(event) is h11.EndOfMessage:
                return "accept"
            if event in (h11.NEED_DATA, h11.PAUSED) or type(event) is h11.ConnectionClosed:
                return "reject"
    except h11.RemoteProtocolError:
        return "reject"


rows = json.load(sys.stdin)
json.dump({row["name"]: judge(row["method"], bytes.fromhex(row["bytes"])) for row in rows}, sys.stdout)
