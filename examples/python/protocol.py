"""What travels between a host and a provider: the envelope of a call, and the signed claims in it.

Everything is in docs/how-a-provider-works.md.
"""

import base64
import hashlib
import json
import time

import msgpack
import nacl.exceptions
import nacl.signing

LARGEST_INLINE = 900 * 1024


class Refused(Exception):
    """Why an invocation is not served; the text is the 'error' of the reply."""


# --- claims --------------------------------------------------------------------------------------------------------


def url(entity):
    if entity["public_key"][:1] in ("M", "m"):
        return "wasmbus://" + entity["public_key"]
    contract = entity["contract_id"].replace(":", "/").replace(" ", "_").lower()
    link = entity["link_name"].replace(" ", "_").lower()
    return f"wasmbus://{contract}/{link}/{entity['public_key']}"


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_key(nkey):
    """The 32 bytes of Ed25519 in an nkey: one byte of type, the key, two bytes of CRC."""
    raw = base64.b32decode(nkey + "=" * (-len(nkey) % 8))
    if len(raw) != 35:
        raise ValueError("no nkey")
    return raw[1:33]


def check_claims(token, call, argument, issuers):
    parts = token.split(".")
    if len(parts) != 3:
        raise Refused(f"JWT error: invalid token format, expected 3 segments, found {len(parts)}")
    try:
        header, claims = (json.loads(unpadded(part)) for part in parts[:2])
        signature = unpadded(parts[2])
        verifier = nacl.signing.VerifyKey(public_key(claims["iss"]))
    except (ValueError, KeyError, TypeError):
        raise Refused("JWT error: the token cannot be read") from None
    if header != {"typ": "jwt", "alg": "Ed25519"}:
        raise Refused("Invalid JWT algorithm. WASCAP only supports Ed25519")
    if not claims.get("sub"):
        raise Refused("Invalid JWT. WASCAP requires a sub claim to be present")
    if claims.get("exp") is not None and claims["exp"] < time.time():
        raise Refused("Invocation claims token expired")
    try:
        verifier.verify(f"{parts[0]}.{parts[1]}".encode(), signature)
    except (nacl.exceptions.BadSignatureError, ValueError):
        raise Refused("Invocation claims signature invalid") from None
    if claims.get("nbf") is not None and claims["nbf"] > time.time():
        raise Refused("Attempt to use invocation before claims token allows")
    wascap = claims.get("wascap")
    if not isinstance(wascap, dict):
        raise Refused("No wascap metadata found on claims")
    operation = call["operation"]
    origin, target = url(call["origin"]), url(call["target"]) + "/" + operation
    digest = hashlib.sha256(origin.encode() + target.encode() + operation.encode() + argument).hexdigest().upper()
    if wascap.get("hash") != digest:
        raise Refused("Invocation hash does not match signed claims hash")
    if len(call["host_id"]) != 56:
        raise Refused(f"Invalid host ID on invocation: '{call['host_id']}'")
    if wascap.get("target_url") != target:
        raise Refused("Invocation claims and invocation target URL do not match")
    if wascap.get("origin_url") != origin:
        raise Refused("Invocation claims and invocation origin URL do not match")
    if claims["iss"] not in issuers:
        raise Refused("Issuer of this invocation is not in list of cluster issuers")


# --- envelope ------------------------------------------------------------------------------------------------------


def decode_invocation(message):
    call = msgpack.unpackb(message, max_str_len=LARGEST_INLINE * 2, max_bin_len=LARGEST_INLINE * 2)
    for key in ("origin", "target"):
        if not all(isinstance(call[key][name], str) for name in ("public_key", "link_name", "contract_id")):
            raise ValueError(f"'{key}' is no entity")
    for key in ("operation", "id", "encoded_claims", "host_id"):
        if not isinstance(call[key], str):
            raise ValueError(f"'{key}' is no text")
    if isinstance(call["msg"], str):
        call["msg"] = call["msg"].encode()
    if not isinstance(call["msg"], bytes):
        raise ValueError("'msg' is no bytes")
    length = call.get("content_length")
    if length is not None and not (isinstance(length, int) and length >= 0):
        raise ValueError("'content_length' is no length")
    return call


def reply(call_id, result=b"", error=None, length=None):
    fields = {"msg": result, "invocation_id": call_id}
    if error is not None:
        fields["error"] = error
    fields["content_length"] = len(result) if length is None else length
    return msgpack.packb(fields)
