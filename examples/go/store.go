package main

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/vmihailenco/msgpack/v5"
)

// store has the operations of wasmcloud:keyvalue on a map; nothing in here knows the protocol.
type store struct {
	mutex  sync.Mutex
	values map[string]any // string, []string, or set
	expiry map[string]time.Time
}

type set map[string]bool

func newStore() *store {
	return &store{values: map[string]any{}, expiry: map[string]time.Time{}}
}

var operations = map[string]func(*store, []byte) (any, error){
	"Get": with(get), "Set": with(put), "Contains": with(contains), "Del": with(remove), "Increment": with(increment),
	"ListAdd": with(listAdd), "ListDel": with(listDel), "ListRange": with(listRange), "ListClear": with(remove),
	"SetAdd": with(setAdd), "SetDel": with(setDel), "SetQuery": with(setQuery), "SetClear": with(remove),
	"SetUnion": with(setUnion), "SetIntersection": with(setIntersection),
}

// invoke runs an operation on an encoded argument and gives its encoded result.
func (s *store) invoke(operation string, argument []byte) ([]byte, error) {
	dot := strings.LastIndex(operation, ".")
	service, method := operation[:max(0, dot)], operation[dot+1:]
	run, known := operations[method]
	if service != "KeyValue" {
		return nil, fmt.Errorf("method not handled %s - unknown method", operation)
	}
	if !known {
		return nil, fmt.Errorf("method not handled %s::%s", service, method)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	result, err := run(s, argument)
	if err != nil || result == nil {
		return []byte{}, err
	}
	return encode(result)
}

// with makes an operation of a function on a decoded argument.
func with[A any](run func(*store, A) (any, error)) func(*store, []byte) (any, error) {
	return func(s *store, argument []byte) (any, error) {
		var decoded A
		if err := msgpack.Unmarshal(argument, &decoded); err != nil {
			return nil, fmt.Errorf("deserialization: %w", err)
		}
		return run(s, decoded)
	}
}

// find gives the value of a key, which has to be of a kind, and the zero value if there is none.
func find[T any](s *store, key string) (value T, there bool, err error) {
	if end, expires := s.expiry[key]; expires && !time.Now().Before(end) {
		s.drop(key)
	}
	found, there := s.values[key]
	value, right := found.(T)
	if there && !right {
		err = errors.New("the key holds another kind of value")
	}
	return value, there, err
}

func (s *store) drop(key string) {
	delete(s.values, key)
	delete(s.expiry, key)
}

// arguments has the fields of all the structures; each operation reads its own.
type arguments struct {
	Key      string `msgpack:"key"`
	Value    string `msgpack:"value"`
	Expires  uint32 `msgpack:"expires"`
	ListName string `msgpack:"listName"`
	SetName  string `msgpack:"setName"`
	Start    int32  `msgpack:"start"`
	Stop     int32  `msgpack:"stop"`
}

func get(s *store, key string) (any, error) {
	value, there, err := find[string](s, key)
	return map[string]any{"value": value, "exists": there}, err
}

func put(s *store, a arguments) (any, error) {
	s.drop(a.Key)
	s.values[a.Key] = a.Value
	if a.Expires > 0 {
		s.expiry[a.Key] = time.Now().Add(time.Duration(a.Expires) * time.Second)
	}
	return nil, nil
}

func contains(s *store, key string) (any, error) {
	_, there, err := find[any](s, key)
	return there, err
}

func remove(s *store, key string) (any, error) {
	defer s.drop(key)
	return contains(s, key)
}

func increment(s *store, a struct {
	Key   string `msgpack:"key"`
	Value int32  `msgpack:"value"`
}) (any, error) {
	text, there, err := find[string](s, a.Key)
	if err != nil {
		return nil, err
	}
	if !there {
		text = "0"
	}
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return nil, errors.New("the value is no number of 32 bits")
	}
	if number += int64(a.Value); number < math.MinInt32 || number > math.MaxInt32 {
		return nil, errors.New("the counter would leave its range of 32 bits")
	}
	s.values[a.Key] = strconv.FormatInt(number, 10)
	return number, nil
}

func listAdd(s *store, a arguments) (any, error) {
	list, _, err := find[[]string](s, a.ListName)
	if err == nil {
		s.values[a.ListName] = append(slices.Clone(list), a.Value)
	}
	return len(list) + 1, err
}

func listDel(s *store, a arguments) (any, error) {
	list, _, err := find[[]string](s, a.ListName)
	at := slices.Index(list, a.Value)
	if err != nil || at < 0 {
		return false, err
	}
	if len(list) == 1 { // an empty list is not there
		s.drop(a.ListName)
	} else {
		s.values[a.ListName] = slices.Delete(slices.Clone(list), at, at+1)
	}
	return true, nil
}

func listRange(s *store, a arguments) (any, error) {
	list, _, err := find[[]string](s, a.ListName)
	start, end := int(a.Start), int(a.Stop)+1
	if a.Start < 0 {
		start += len(list)
	}
	if a.Stop < 0 {
		end += len(list)
	}
	if start, end = max(0, start), min(len(list), end); start >= end {
		return []string{}, err
	}
	return list[start:end], err
}

func setAdd(s *store, a arguments) (any, error) {
	members, there, err := find[set](s, a.SetName)
	if err != nil || members[a.Value] {
		return 0, err
	}
	if !there {
		members = set{}
		s.values[a.SetName] = members
	}
	members[a.Value] = true
	return 1, nil
}

func setDel(s *store, a arguments) (any, error) {
	members, _, err := find[set](s, a.SetName)
	if err != nil || !members[a.Value] {
		return 0, err
	}
	if delete(members, a.Value); len(members) == 0 {
		s.drop(a.SetName)
	}
	return 1, nil
}

func setQuery(s *store, name string) (any, error) {
	return combined(s, []string{name}, func([]set, string) bool { return true })
}

func setUnion(s *store, names []string) (any, error) {
	return combined(s, names, func([]set, string) bool { return true })
}

func setIntersection(s *store, names []string) (any, error) {
	return combined(s, names, func(sets []set, member string) bool {
		return !slices.ContainsFunc(sets, func(one set) bool { return !one[member] })
	})
}

// combined gives those members of some sets that are wanted.
func combined(s *store, names []string, wanted func([]set, string) bool) (any, error) {
	if len(names) == 0 {
		return nil, errors.New("invalid parameter: no sets were named")
	}
	var sets []set
	all := set{}
	for _, name := range names {
		members, _, err := find[set](s, name)
		if err != nil {
			return nil, err
		}
		sets = append(sets, members)
		maps.Copy(all, members)
	}
	maps.DeleteFunc(all, func(member string, _ bool) bool { return !wanted(sets, member) })
	return slices.AppendSeq([]string{}, maps.Keys(all)), nil
}
