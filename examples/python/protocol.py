"""What travels between a host and a provider: host data, the envelope of a call, and the signed claims in it."""

import base64
import hashlib
import json

import jwt
import msgpack
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LARGEST_INLINE = 900 * 1024
ENTITY = ("public_key", "link_name", "contract_id")

jwt.register_algorithm("Ed25519", jwt.algorithms.OKPAlgorithm())  # the standard's name is EdDSA


def read_host_data(line):
    """Host data: base64, with or without padding, of JSON. An error never quotes it, for it holds secrets."""
    text = line.strip().rstrip("=")
    if not text:
        raise ValueError("stdin is empty - expecting host data")
    try:
        data = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), validate=True))
    except ValueError:
        raise ValueError("the host data is not base64 of JSON") from None
    for key in ("provider_key", "lattice_rpc_prefix", "link_name", "cluster_issuers", "link_definitions"):
        if key not in data:
            raise ValueError(f"the host data has no '{key}'")
    return data


def decode_invocation(message):
    call = msgpack.unpackb(message)
    texts = [call[key] for key in ("operation", "id", "encoded_claims", "host_id")]
    texts += [call[entity][key] for entity in ("origin", "target") for key in ENTITY]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("a field that is no text")
    msg, length = call["msg"], call.get("content_length") or 0
    if not isinstance(msg, (bytes, str, list)) or not isinstance(length, int) or length < 0:
        raise ValueError("a payload or a length that is none")
    return call | {"msg": msg.encode() if isinstance(msg, str) else bytes(msg), "content_length": length}


def encode_reply(call_id, result=b"", error=None, length=None):
    reply = {"msg": result, "invocation_id": call_id}
    if error is not None:
        reply["error"] = error
    return msgpack.packb(reply | {"content_length": len(result) if length is None else length})


def url(entity):
    """An actor or a provider, as claims name it."""
    if entity["public_key"][:1] in ("M", "m"):
        return "wasmbus://" + entity["public_key"]
    contract, link = (entity[key].replace(" ", "_").lower() for key in ("contract_id", "link_name"))
    return f"wasmbus://{contract.replace(':', '/')}/{link}/{entity['public_key']}"


def check_claims(call, argument, issuers):
    """Fails unless the token is signed by an issuer, is valid now, and is for this call with this argument."""
    token = call["encoded_claims"]
    issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
    if issuer not in issuers:
        raise ValueError("Issuer of this invocation is not in list of cluster issuers")
    if jwt.get_unverified_header(token).get("typ") != "jwt":
        raise ValueError("Invalid JWT algorithm. WASCAP only supports Ed25519")
    nkey = base64.b32decode(issuer)  # one byte of type, the key, two bytes of CRC
    claims = jwt.decode(
        token,
        Ed25519PublicKey.from_public_bytes(nkey[1:33]),
        algorithms=["Ed25519"],
        options={"require": ["sub"], "verify_iat": False},  # clocks differ
    )
    operation = call["operation"]
    origin, target = url(call["origin"]), url(call["target"]) + "/" + operation
    digest = hashlib.sha256((origin + target + operation).encode() + argument).hexdigest().upper()
    signed = claims.get("wascap") or {}
    for key, value in {"hash": digest, "target_url": target, "origin_url": origin}.items():
        if signed.get(key) != value:
            raise ValueError(f"the claims are for another call: {key} does not match")
    if len(call["host_id"]) != 56:
        raise ValueError(f"Invalid host ID on invocation: '{call['host_id']}'")
