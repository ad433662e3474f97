"""The operations of wasmcloud:keyvalue on a dictionary of texts, lists and sets; nothing in here knows the protocol."""

import time

import msgpack

I32 = range(-(2**31), 2**31)


class Store:
    def __init__(self):
        self.values, self.expiry = {}, {}

    def invoke(self, operation, argument):
        """Runs an operation on an encoded argument and gives its encoded result; fails with any exception."""
        service, _, method = operation.rpartition(".")
        if service != "KeyValue":
            raise LookupError(f"method not handled {operation} - unknown method")
        if method not in OPERATIONS:
            raise LookupError(f"method not handled {service}::{method}")
        run, fields = OPERATIONS[method]
        try:
            decoded = msgpack.unpackb(argument)
            arguments = [decoded[field] for field in fields] if isinstance(fields, dict) else [decoded]
            kinds = fields.values() if isinstance(fields, dict) else [fields]
            if not all(isinstance(value, kind) for value, kind in zip(arguments, kinds)):
                raise TypeError("a value of another type")
        except Exception as problem:
            raise ValueError(f"deserialization: {problem!r}") from None
        result = run(self, *arguments)
        return b"" if result is None else msgpack.packb(result)

    def find(self, key, kind, default=None):
        """The value of a key, which has to be of a kind; the default if there is none."""
        if self.expiry.get(key, float("inf")) <= time.monotonic():
            self.drop(key)
        value = self.values.get(key, default)
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"the key holds another kind of value, not a {kind.__name__}")
        return value

    def drop(self, key):
        self.expiry.pop(key, None)
        self.values.pop(key, None)

    def keep(self, key, value):
        """Stores a list or a set, which is not there when it is empty."""
        self.values[key] = value
        if not value:
            self.drop(key)

    def get(self, key):
        value = self.find(key, str)
        return {"value": value or "", "exists": value is not None}

    def set(self, key, value, expires):
        self.drop(key)
        self.values[key] = value
        if expires:
            self.expiry[key] = time.monotonic() + expires

    def contains(self, key):
        return self.find(key, object) is not None

    def delete(self, key):
        there = self.contains(key)
        self.drop(key)
        return there

    def increment(self, key, by):
        number = int(self.find(key, str, "0")) + by
        if number not in I32:
            raise OverflowError("the counter would leave its range of 32 bits")
        self.values[key] = str(number)
        return number

    def list_add(self, key, value):
        self.keep(key, self.find(key, list, []) + [value])
        return len(self.values[key])

    def list_del(self, key, value):
        values = list(self.find(key, list, []))
        there = value in values
        if there:
            values.remove(value)
            self.keep(key, values)
        return there

    def list_range(self, key, start, stop):
        values = self.find(key, list, [])
        first, last = (at + len(values) if at < 0 else at for at in (start, stop))
        return values[max(0, first) : max(0, last + 1)]

    def set_add(self, key, value):
        before = self.find(key, set, set())
        self.keep(key, before | {value})
        return int(value not in before)

    def set_del(self, key, value):
        before = self.find(key, set, set())
        self.keep(key, before - {value})
        return int(value in before)

    def set_query(self, key):
        return list(self.find(key, set, set()))

    def set_union(self, keys):
        return list(set.union(*self.sets(keys)))

    def set_intersection(self, keys):
        return list(set.intersection(*self.sets(keys)))

    def sets(self, keys):
        if not keys:
            raise ValueError("invalid parameter: no sets were named")
        return [self.find(key, set, set()) for key in keys]


MEMBER = {"setName": str, "value": str}
OPERATIONS = {
    "Get": (Store.get, str),
    "Set": (Store.set, {"key": str, "value": str, "expires": int}),
    "Contains": (Store.contains, str),
    "Del": (Store.delete, str),
    "Increment": (Store.increment, {"key": str, "value": int}),
    "ListAdd": (Store.list_add, {"listName": str, "value": str}),
    "ListDel": (Store.list_del, {"listName": str, "value": str}),
    "ListRange": (Store.list_range, {"listName": str, "start": int, "stop": int}),
    "ListClear": (Store.delete, str),
    "SetAdd": (Store.set_add, MEMBER),
    "SetDel": (Store.set_del, MEMBER),
    "SetQuery": (Store.set_query, str),
    "SetUnion": (Store.set_union, list),
    "SetIntersection": (Store.set_intersection, list),
    "SetClear": (Store.delete, str),
}
