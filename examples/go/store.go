package main

import (
	"bytes"
	"errors"
	"fmt"
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
	values map[string]any // string, []string, or map[string]bool for a set
	expiry map[string]time.Time
}

type getResponse struct {
	Value  string `msgpack:"value"`
	Exists bool   `msgpack:"exists"`
}

var errOtherKind = errors.New("the key holds another kind of value")

func newStore() *store {
	return &store{values: map[string]any{}, expiry: map[string]time.Time{}}
}

func (s *store) invoke(operation string, argument []byte) ([]byte, error) {
	service, method := "_", operation
	if dot := strings.LastIndex(operation, "."); dot >= 0 {
		service, method = operation[:dot], operation[dot+1:]
	}
	run, known := operations[method]
	if service != "KeyValue" {
		return nil, fmt.Errorf("method not handled %s.%s - unknown method", service, method)
	}
	if !known {
		return nil, fmt.Errorf("method not handled KeyValue::%s", method)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	result, err := run(s, argument)
	if err != nil || result == nil {
		return nil, err
	}
	var encoded bytes.Buffer
	encoder := msgpack.NewEncoder(&encoded)
	encoder.UseCompactInts(true)
	err = encoder.Encode(result)
	return encoded.Bytes(), err
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

// find gives the value of a key if it is of a kind, and the zero value if there is none.
func find[T any](s *store, key string) (T, bool, error) {
	var none T
	value, there := s.values[key]
	if end, expires := s.expiry[key]; there && expires && !time.Now().Before(end) {
		s.drop(key)
		there = false
	}
	if !there {
		return none, false, nil
	}
	kind, right := value.(T)
	if !right {
		return none, true, errOtherKind
	}
	return kind, true, nil
}

func (s *store) drop(key string) bool {
	_, there := s.values[key]
	delete(s.values, key)
	delete(s.expiry, key)
	return there
}

func (s *store) sets(names []string) ([]map[string]bool, error) {
	if len(names) == 0 {
		return nil, errors.New("invalid parameter: no sets were named")
	}
	var all []map[string]bool
	for _, name := range names {
		set, _, err := find[map[string]bool](s, name)
		if err != nil {
			return nil, err
		}
		all = append(all, set)
	}
	return all, nil
}

func members(set map[string]bool) []string {
	all := []string{}
	for member := range set {
		all = append(all, member)
	}
	return all
}

func contains(s *store, key string) (any, error) {
	_, there, err := find[any](s, key)
	return there, err
}

func remove(s *store, key string) (any, error) {
	_, there, err := find[any](s, key)
	s.drop(key)
	return there, err
}

func get(s *store, key string) (any, error) {
	value, there, err := find[string](s, key)
	return getResponse{value, there}, err
}

func set(s *store, a struct {
	Key     string `msgpack:"key"`
	Value   string `msgpack:"value"`
	Expires uint32 `msgpack:"expires"`
}) (any, error) {
	s.drop(a.Key)
	s.values[a.Key] = a.Value
	if a.Expires > 0 {
		s.expiry[a.Key] = time.Now().Add(time.Duration(a.Expires) * time.Second)
	}
	return nil, nil
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
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, errors.New("the value is no number")
	}
	if number += int64(a.Value); number < math.MinInt32 || number > math.MaxInt32 {
		return nil, errors.New("the counter would leave its range of 32 bits")
	}
	s.values[a.Key] = strconv.FormatInt(number, 10)
	return int32(number), nil
}

type listArgument struct {
	ListName string `msgpack:"listName"`
	Value    string `msgpack:"value"`
	Start    int32  `msgpack:"start"`
	Stop     int32  `msgpack:"stop"`
}

func listAdd(s *store, a listArgument) (any, error) {
	list, _, err := find[[]string](s, a.ListName)
	if err != nil {
		return nil, err
	}
	s.values[a.ListName] = append(slices.Clone(list), a.Value)
	return len(list) + 1, nil
}

func listDel(s *store, a listArgument) (any, error) {
	list, _, err := find[[]string](s, a.ListName)
	at := slices.Index(list, a.Value)
	if err != nil || at < 0 {
		return false, err
	}
	if list = slices.Delete(slices.Clone(list), at, at+1); len(list) == 0 {
		s.drop(a.ListName)
	} else {
		s.values[a.ListName] = list
	}
	return true, nil
}

func listRange(s *store, a listArgument) (any, error) {
	list, _, err := find[[]string](s, a.ListName)
	start, stop := int(a.Start), int(a.Stop)
	if start < 0 {
		start += len(list)
	}
	if stop < 0 {
		stop += len(list)
	}
	start, stop = max(0, start), min(len(list)-1, stop)
	if err != nil || start > stop {
		return []string{}, err
	}
	return list[start : stop+1], nil
}

type setArgument struct {
	SetName string `msgpack:"setName"`
	Value   string `msgpack:"value"`
}

func setAdd(s *store, a setArgument) (any, error) {
	set, there, err := find[map[string]bool](s, a.SetName)
	if err != nil || set[a.Value] {
		return 0, err
	}
	if !there {
		set = map[string]bool{}
		s.values[a.SetName] = set
	}
	set[a.Value] = true
	return 1, nil
}

func setDel(s *store, a setArgument) (any, error) {
	set, _, err := find[map[string]bool](s, a.SetName)
	if err != nil || !set[a.Value] {
		return 0, err
	}
	if delete(set, a.Value); len(set) == 0 {
		s.drop(a.SetName)
	}
	return 1, nil
}

func setQuery(s *store, name string) (any, error) {
	set, _, err := find[map[string]bool](s, name)
	return members(set), err
}

func setUnion(s *store, names []string) (any, error) {
	sets, err := s.sets(names)
	union := map[string]bool{}
	for _, set := range sets {
		for member := range set {
			union[member] = true
		}
	}
	return members(union), err
}

func setIntersection(s *store, names []string) (any, error) {
	sets, err := s.sets(names)
	if err != nil {
		return nil, err
	}
	common := []string{}
	for member := range sets[0] {
		if !slices.ContainsFunc(sets, func(set map[string]bool) bool { return !set[member] }) {
			common = append(common, member)
		}
	}
	return common, nil
}

var operations = map[string]func(*store, []byte) (any, error){
	"Increment": with(increment), "Contains": with(contains), "Del": with(remove), "Get": with(get), "Set": with(set),
	"ListAdd": with(listAdd), "ListClear": with(remove), "ListDel": with(listDel), "ListRange": with(listRange),
	"SetAdd": with(setAdd), "SetDel": with(setDel), "SetQuery": with(setQuery), "SetClear": with(remove),
	"SetUnion": with(setUnion), "SetIntersection": with(setIntersection),
}
