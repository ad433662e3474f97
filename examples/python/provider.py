#!/usr/bin/env python3
"""wasmcloud:keyvalue in memory: a capability provider of wasmCloud 0.x in Python.

Everything is explained in docs/how-a-provider-works.md.
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

from protocol import LARGEST_INLINE, check_claims, decode_invocation, encode_reply, read_host_data
from store import Store

LARGEST_PAYLOAD = 64 * 1024 * 1024
CHUNK = 128 * 1024
CALLS_AT_ONCE = 1024


class Provider:
    def __init__(self, data):
        self.key, self.name, self.lattice = data["provider_key"], data["link_name"], data["lattice_rpc_prefix"]
        self.host, self.issuers = data.get("host_id"), data["cluster_issuers"]
        self.server = data.get("lattice_rpc_url") or "127.0.0.1:4222"
        self.links = {link["actor_id"]: link["values"] for link in data["link_definitions"]}
        self.store = Store()
        self.stopped = asyncio.Event()
        self.tasks = set()

    async def run(self):
        self.nats = await nats.connect(
            self.server if "://" in self.server else "nats://" + self.server,
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.2,
            reconnected_cb=self.on_reconnect,
        )
        self.jetstream = self.nats.jetstream()
        subject = f"wasmbus.rpc.{self.lattice}.{self.key}.{self.name}"
        await self.nats.subscribe(subject, "rpc", cb=self.on_call)
        await self.nats.subscribe(subject + ".linkdefs.put", cb=self.on_put)
        await self.nats.subscribe(subject + ".linkdefs.del", cb=self.on_delete)
        await self.nats.subscribe(subject + ".shutdown", cb=self.on_shutdown)
        await self.nats.subscribe(subject + ".health", cb=self.on_health)
        await self.nats.flush()
        self.start(self.ask_for_links())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.stopped.set)
        await self.stopped.wait()
        await self.nats.close()

    def start(self, coroutine):
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)  # the event loop alone does not keep it
        task.add_done_callback(self.tasks.discard)

    # links: puts come many times, and those from before this process listened have to be asked for

    async def on_put(self, message):
        if link := self.decode_link(message):
            self.links[link["actor_id"]] = link["values"]

    async def on_delete(self, message):
        if link := self.decode_link(message):
            self.links.pop(link["actor_id"], None)

    @staticmethod
    def decode_link(message):
        try:
            link = msgpack.unpackb(message.data)
            return {"actor_id": str(link["actor_id"]), "values": dict(link.get("values") or {})}
        except Exception as problem:
            print(f"WARN ignoring a link message: {problem!r}", file=sys.stderr)

    async def on_reconnect(self):
        self.start(self.ask_for_links())

    async def ask_for_links(self):
        """Asks until two answers have come; a link is dropped only if both leave it out."""
        left_out = None
        for _ in range(10):
            try:
                answer = await self.nats.request(f"wasmbus.ctl.{self.lattice}.get.links", b"", timeout=2)
                all_links = json.loads(answer.data)["links"]
                ours = [link for link in all_links if (link["provider_id"], link["link_name"]) == (self.key, self.name)]
                there = {link["actor_id"]: link["values"] for link in ours}
            except Exception:  # nobody there yet, or nothing of use: what is linked stays linked
                await asyncio.sleep(1)
                continue
            self.links |= there
            gone = set(self.links) - set(there)
            if left_out is not None:
                for actor in gone & left_out:
                    del self.links[actor]
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
        if message.reply and host in ("", self.host):
            await message.respond(b"shutting down")
            await self.nats.flush()
            self.stopped.set()

    # calls: whatever happens, the caller waits for a reply

    async def on_call(self, message):
        try:
            call = decode_invocation(message.data)
        except Exception as problem:
            await self.respond(message, encode_reply("", error=f"deser error: {problem!r}"))
            return
        if len(self.tasks) < CALLS_AT_ONCE:
            self.start(self.serve(message, call))
        else:
            await self.respond(message, encode_reply(call["id"], error="overloaded: too many calls at once"))

    async def serve(self, message, call):
        try:
            reply = await self.answer(call)
        except Exception as problem:
            reply = encode_reply(call["id"], error=str(problem) or repr(problem))
        await self.respond(message, reply)

    async def answer(self, call):
        argument = call["msg"]
        if call["content_length"] > len(argument):
            argument = await self.fetch(call["id"], call["content_length"])
        check_claims(call, argument, self.issuers)
        target, actor = call["target"]["public_key"], call["origin"]["public_key"]
        if target != self.key:
            raise ValueError(f"target key mismatch: {target} != {self.key}")
        if actor not in self.links:
            raise ValueError(f"unlinked actor: '{actor}'")
        result = self.store.invoke(call["operation"], argument)
        if len(result) <= LARGEST_INLINE:
            return encode_reply(call["id"], result)
        await self.put_away(call["id"] + "-r", result)
        return encode_reply(call["id"], length=len(result))

    @staticmethod
    async def respond(message, reply):
        if message.reply:
            await message.respond(reply)

    # chunked payloads

    async def bucket(self):
        try:
            return await self.jetstream.object_store(self.lattice)
        except Exception:
            return await self.jetstream.create_object_store(self.lattice)

    async def fetch(self, name, length):
        if length > LARGEST_PAYLOAD:
            raise ValueError(f"a payload of {length} bytes is too large")
        bucket = await self.bucket()
        try:
            whole = (await bucket.get(name)).data
            await bucket.delete(name)
        except Exception as problem:
            raise ValueError(f"nats: cannot fetch the payload of {name}: {problem!r}") from None
        if len(whole) != length:
            raise ValueError(f"the payload has {len(whole)} bytes and not {length}")
        return whole

    async def put_away(self, name, payload):
        """As the client's put does, and with the time under both of the names that hosts look for."""
        await self.bucket()
        chunks = [payload[start : start + CHUNK] for start in range(0, len(payload), CHUNK)]
        now, nuid = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), uuid.uuid4().hex[:22]
        for chunk in chunks:
            await self.jetstream.publish(f"$O.{self.lattice}.C.{nuid}", chunk)
        info = {"name": name, "description": None, "link": None, "bucket": self.lattice, "nuid": nuid}
        info |= {"size": len(payload), "chunks": len(chunks), "mtime": now, "modified": now, "deleted": False}
        info["digest"] = "SHA-256=" + base64.urlsafe_b64encode(hashlib.sha256(payload).digest()).decode()
        subject = f"$O.{self.lattice}.M.{base64.urlsafe_b64encode(name.encode()).decode()}"
        await self.jetstream.publish(subject, json.dumps(info).encode(), headers={"Nats-Rollup": "sub"})


if __name__ == "__main__":
    try:
        host_data = read_host_data(sys.stdin.readline())
    except ValueError as problem:
        sys.exit(f"cannot start: {problem}")
    asyncio.run(Provider(host_data).run())
