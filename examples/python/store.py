"""The operations of wasmcloud:keyvalue on a dictionary; nothing in here knows the protocol."""

import time

import msgpack

I32 = range(-(2**31), 2**31)


class Store:
    def __init__(self):
        self.values = {}
        self.expiry = {}

    def invoke(self, operation, argument):
        """Runs an operation on an encoded argument and gives its encoded result; fails with any exception."""
        service, _, method = operation.rpartition(".")
        if service != "KeyValue" or method not in OPERATIONS:
            known = service == "KeyValue"
            raise LookupError(f"method not handled {service}::{method}" if known else f"method not handled {operation} - unknown method")
        run, needed = OPERATIONS[method]
        try:
            decoded = msgpack.unpackb(argument)
            if needed is str or needed is list:
                arguments = (decoded,)
                fits = isinstance(decoded, needed)
            else:
                arguments = tuple(decoded[field] for field in needed)
                fits = all(isinstance(value, kind) for value, kind in zip(arguments, needed.values()))
        except Exception as problem:
            raise ValueError(f"deserialization: {problem!r}") from None
        if not fits:
            raise ValueError("deserialization: an argument of another type")
        result = run(self, *arguments)
        return b"" if result is None else msgpack.packb(result)

    def find(self, key, kind, default):
        """The value of a key if it is of a kind, the default if there is none."""
        if key in self.expiry and self.expiry[key] <= time.monotonic():
            self.drop(key)
        value = self.values.get(key, default)
        if not isinstance(value, kind):
            raise TypeError(f"the key holds another kind of value, not a {kind.__name__}")
        return value

    def drop(self, key):
        self.expiry.pop(key, None)
        return self.values.pop(key, None) is not None

    def keep(self, key, value):
        """Stores a list or a set, which is not there when it is empty."""
        if value:
            self.values[key] = value
        else:
            self.drop(key)

    # strings and counters

    def get(self, key):
        value = self.find(key, (str, type(None)), None)
        return {"value": value or "", "exists": value is not None}

    def set(self, key, value, expires):
        self.drop(key)
        self.values[key] = value
        if expires:
            self.expiry[key] = time.monotonic() + expires

    def contains(self, key):
        self.find(key, object, None)
        return key in self.values

    def delete(self, key):
        return self.contains(key) and self.drop(key)

    def increment(self, key, by):
        number = int(self.find(key, str, "0")) + by
        if number not in I32:
            raise OverflowError("the counter would leave its range of 32 bits")
        self.values[key] = str(number)
        return number

    # lists

    def list_add(self, key, value):
        self.keep(key, self.find(key, list, []) + [value])
        return len(self.values[key])

    def list_del(self, key, value):
        values = list(self.find(key, list, []))
        if value not in values:
            return False
        values.remove(value)
        self.keep(key, values)
        return True

    def list_range(self, key, start, stop):
        values = self.find(key, list, [])
        first = max(0, start + len(values) if start < 0 else start)
        last = stop + len(values) if stop < 0 else stop
        return values[first : last + 1] if last >= first else []

    # sets

    def set_add(self, key, value):
        before = self.find(key, set, set())
        self.keep(key, before | {value})
        return len(self.values[key]) - len(before)

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


PAIR = {"listName": str, "value": str}
MEMBER = {"setName": str, "value": str}
OPERATIONS = {
    "Increment": (Store.increment, {"key": str, "value": int}),
    "Contains": (Store.contains, str),
    "Del": (Store.delete, str),
    "Get": (Store.get, str),
    "ListAdd": (Store.list_add, PAIR),
    "ListClear": (Store.delete, str),
    "ListDel": (Store.list_del, PAIR),
    "ListRange": (Store.list_range, {"listName": str, "start": int, "stop": int}),
    "Set": (Store.set, {"key": str, "value": str, "expires": int}),
    "SetAdd": (Store.set_add, MEMBER),
    "SetDel": (Store.set_del, MEMBER),
    "SetIntersection": (Store.set_intersection, list),
    "SetQuery": (Store.set_query, str),
    "SetUnion": (Store.set_union, list),
    "SetClear": (Store.delete, str),
}
