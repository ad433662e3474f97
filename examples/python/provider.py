#!/usr/bin/env python3
"""wasmcloud:keyvalue in memory: a capability provider of wasmCloud 0.x in Python.

Everything is in docs/how-a-provider-works.md; the comments name its sections.
"""

import asyncio
import base64
import hashlib
import json
import signal
import sys
import time
import uuid

import msgpack
import nats

from protocol import LARGEST_INLINE, Refused, check_claims, decode_invocation, reply
from store import Store

LARGEST_PAYLOAD = 64 * 1024 * 1024
CHUNK = 128 * 1024
CALLS_AT_ONCE = 1024


# --- start and host data -------------------------------------------------------------------------------------------


def read_host_data():
    line = sys.stdin.readline().strip()
    if not line:
        raise ValueError("stdin is empty - expecting host data")
    try:
        text = base64.b64decode(line.rstrip("=") + "=" * (-len(line.rstrip("=")) % 4), validate=True)
    except ValueError:
        raise ValueError("the host data is not base64") from None
    try:
        data = json.loads(text)
    except ValueError:
        raise ValueError("the host data is not valid JSON") from None  # without the text, which holds secrets
    for key in ("provider_key", "lattice_rpc_prefix", "link_name", "cluster_issuers", "link_definitions"):
        if key not in data:
            raise ValueError(f"the host data has no '{key}'")
    return data


# --- the provider --------------------------------------------------------------------------------------------------


class Provider:
    def __init__(self, data):
        self.data = data
        self.store = Store()
        self.links = {}
        self.stopped = asyncio.Event()
        self.tasks = set()
        self.subject = "wasmbus.rpc.{lattice_rpc_prefix}.{provider_key}.{link_name}".format(**data)

    async def run(self):
        for link in self.data["link_definitions"]:
            self.links[link["actor_id"]] = link["values"]
        server = self.data.get("lattice_rpc_url") or "nats://127.0.0.1:4222"
        self.nats = await nats.connect(
            server if "://" in server else "nats://" + server,
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.2,
            reconnected_cb=self.on_reconnect,
        )
        self.jetstream = self.nats.jetstream()
        await self.nats.subscribe(self.subject, "rpc", cb=self.on_call)
        await self.nats.subscribe(self.subject + ".linkdefs.put", cb=self.on_put)
        await self.nats.subscribe(self.subject + ".linkdefs.del", cb=self.on_delete)
        await self.nats.subscribe(self.subject + ".shutdown", cb=self.on_shutdown)
        await self.nats.subscribe(self.subject + ".health", cb=self.on_health)
        await self.nats.flush()
        self.start(self.sync_links())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.stopped.set)
        await self.stopped.wait()
        await self.nats.close()

    def start(self, coroutine):
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)  # the event loop alone does not keep it
        task.add_done_callback(self.tasks.discard)

    # links: puts come many times, and those from before this process listened have to be asked for

    async def on_put(self, message):
        try:
            link = msgpack.unpackb(message.data)
            self.links[str(link["actor_id"])] = dict(link["values"])
        except Exception as problem:
            print(f"WARN ignoring a link message: {problem!r}", file=sys.stderr)

    async def on_delete(self, message):
        try:
            self.links.pop(str(msgpack.unpackb(message.data)["actor_id"]), None)
        except Exception as problem:
            print(f"WARN ignoring a link message: {problem!r}", file=sys.stderr)

    async def on_reconnect(self):
        self.start(self.sync_links())

    async def sync_links(self):
        """Asks for all links until two answers have come; a link is dropped only if both leave it out."""
        subject = f"wasmbus.ctl.{self.data['lattice_rpc_prefix']}.get.links"
        left_out = None
        for _ in range(10):
            try:
                answer = await self.nats.request(subject, b"", timeout=2)
                links = {
                    link["actor_id"]: link["values"]
                    for link in json.loads(answer.data)["links"]
                    if link["provider_id"] == self.data["provider_key"] and link["link_name"] == self.data["link_name"]
                }
            except Exception:  # nobody there yet, or nothing of use: what is linked stays linked
                await asyncio.sleep(1)
                continue
            self.links.update(links)
            gone = set(self.links) - set(links)
            if left_out is not None:
                for actor in gone & left_out:
                    self.links.pop(actor, None)
                return
            left_out = gone
            await asyncio.sleep(2)

    # health and shutdown

    async def on_health(self, message):
        if message.reply:
            await message.respond(msgpack.packb({"healthy": True}))

    async def on_shutdown(self, message):
        try:
            host = json.loads(message.data).get("host_id", "")
        except (ValueError, AttributeError):
            host = ""
        if message.reply and host in ("", self.data.get("host_id")):
            await message.respond(b"shutting down")
            await self.nats.flush()
            self.stopped.set()

    # calls

    async def on_call(self, message):
        try:
            call = decode_invocation(message.data)
        except Exception as problem:
            await self.respond(message, reply("", error=f"deser error: {problem!r}"))
            return
        if len(self.tasks) >= CALLS_AT_ONCE:
            await self.respond(message, reply(call["id"], error="overloaded: too many calls at once"))
            return
        self.start(self.serve(message, call))

    async def serve(self, message, call):
        try:
            answer = await self.answer(call)
        except Exception as problem:  # whatever it is, the caller waits for a reply
            answer = reply(call["id"], error=str(problem) or repr(problem))
        await self.respond(message, answer)

    async def answer(self, call):
        argument = call["msg"]
        if (call.get("content_length") or 0) > len(argument):
            argument = await self.fetch(call["id"], call["content_length"])
        check_claims(call["encoded_claims"], call, argument, self.data["cluster_issuers"])
        if call["target"]["public_key"] != self.data["provider_key"]:
            raise Refused(f"target key mismatch: {call['target']['public_key']}")
        actor = call["origin"]["public_key"]
        if actor not in self.links:
            raise Refused(f"unlinked actor: '{actor}'")
        result = self.store.invoke(call["operation"], argument)
        if len(result) <= LARGEST_INLINE:
            return reply(call["id"], result)
        await self.put_away(call["id"] + "-r", result)
        return reply(call["id"], length=len(result))

    @staticmethod
    async def respond(message, answer):
        if message.reply:
            await message.respond(answer)

    # payloads that no message has room for

    async def bucket(self):
        name = self.data["lattice_rpc_prefix"]
        try:
            return await self.jetstream.object_store(name)
        except Exception:
            return await self.jetstream.create_object_store(name)

    async def fetch(self, name, length):
        if length > LARGEST_PAYLOAD:
            raise Refused(f"a payload of {length} bytes is too large")
        bucket = await self.bucket()
        try:
            whole = (await bucket.get(name)).data
            await bucket.delete(name)
        except Exception as problem:
            raise Refused(f"nats: error starting to receive chunked stream for inv {name}: {problem!r}") from None
        if len(whole) != length:
            raise Refused(f"the payload has {len(whole)} bytes and not {length}")
        return whole

    async def put_away(self, name, payload):
        """As the client's put does, and with the time under both of the names that hosts look for."""
        await self.bucket()
        bucket, nuid = self.data["lattice_rpc_prefix"], uuid.uuid4().hex[:22]
        chunks = [payload[start : start + CHUNK] for start in range(0, len(payload), CHUNK)]
        for chunk in chunks:
            await self.jetstream.publish(f"$O.{bucket}.C.{nuid}", chunk)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        digest = "SHA-256=" + base64.urlsafe_b64encode(hashlib.sha256(payload).digest()).decode()
        description = {"name": name, "bucket": bucket, "nuid": nuid, "size": len(payload), "chunks": len(chunks)}
        description |= {"description": None, "link": None, "digest": digest, "deleted": False}
        description |= {"mtime": now, "modified": now}
        subject = f"$O.{bucket}.M.{base64.urlsafe_b64encode(name.encode()).decode()}"
        await self.jetstream.publish(subject, json.dumps(description).encode(), headers={"Nats-Rollup": "sub"})


def main():
    try:
        provider_data = read_host_data()
    except ValueError as problem:
        sys.exit(f"cannot start: {problem}")
    asyncio.run(Provider(provider_data).run())


if __name__ == "__main__":
    main()
